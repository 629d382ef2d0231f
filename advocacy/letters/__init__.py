"""Letters: gathered from the tables, put into words, and brought on their way. The web never sends one."""
