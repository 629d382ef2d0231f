"""Mail on its way out: what a message looks like, and who carries it."""
