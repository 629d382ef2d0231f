"""A small made-up company, built through the real connectors, to look at and to take pictures of."""
