"""Backups: one file that holds the whole installation as it stood at one moment, made while it works, and read back."""
