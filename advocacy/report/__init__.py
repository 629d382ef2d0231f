"""The quarter of a lead's teams."""
