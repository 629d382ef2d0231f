"""Finding a speaker: the question put to the tables, the answer as a page, a file and JSON show it."""
