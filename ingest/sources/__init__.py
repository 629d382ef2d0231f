"""One small file a platform, blind to its neighbours."""
