"""The public speakers directory as files: for a web server, a repository, or a ZIP."""
