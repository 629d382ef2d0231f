"""How well people are put in order who could speak about something, against people who read what they wrote."""

from benchmarks.ranking.figures import figures

__all__ = ["figures"]
