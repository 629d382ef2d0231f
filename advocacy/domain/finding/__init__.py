"""Finding a speaker: what was asked, how well people answer it, and the arithmetic of it."""
