"""What people log themselves: what may be logged, what words and links are read as, and what is told to the rules."""
