"""Pages: one blueprint for each noun; they never import each other."""
