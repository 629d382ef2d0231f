"""The world outside on this machine: one small server that speaks the platforms' own protocols."""
