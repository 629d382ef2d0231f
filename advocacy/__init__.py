"""The tracker's house: pure domain, tables, pages. It never imports `ingest`; the two meet in the tables."""
