"""What people released to marketing, together: as works, how far they reached, what not to promote."""
