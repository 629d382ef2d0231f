"""Talks that are given again and again, events, and the proposals that bring the one to the other."""
