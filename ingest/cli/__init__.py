"""`advocacy ingest` and `advocacy worker`: they join the console script as entry points."""
