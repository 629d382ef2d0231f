"""Readers of archives, one for each kind of file; they know nothing of each other."""
