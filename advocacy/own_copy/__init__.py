"""All about one person in one file, for that person."""
