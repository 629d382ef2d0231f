"""How well the rules and the tagger judge, against people who have not read them."""

from benchmarks.quality.figures import figures

__all__ = ["figures"]
