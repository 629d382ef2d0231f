"""The review pack: what a person did in a period, in the role page's own order, to be taken into a review."""
