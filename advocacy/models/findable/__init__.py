"""What people confirmed and released, once more, by topic and by word: derived, and able to be dropped at any time."""
