"""What attendees said of a class, as figures: how many were asked, how many answered, and what was done about it."""

from dataclasses import dataclass


class BadFigures(ValueError):
    """Figures that cannot be; the words say why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How many of the asked answered, the mean score out of the best one there was, and the action taken."""

    asked: int
    answered: int
    score: float | None = None
    best: int = 5
    action: str = ""

    @property
    def rate(self) -> int | None:
        """The response rate in per cent; None when nobody was asked."""
        return round(100 * self.answered / self.asked) if self.asked else None

    def words(self) -> str:
        """In a sentence: `8 of 12 answered, a response rate of 67%; score 4.4 out of 5`."""
        rate = f", a response rate of {self.rate}%" if self.rate is not None else ""
        score = f"; score {self.score:g} out of {self.best}" if self.score is not None else ""
        return f"{self.answered} of {self.asked} answered{rate}{score}"


def check(one: Figures) -> None:
    """Raise BadFigures for what cannot be."""
    if one.asked < 1:
        raise BadFigures("say how many were asked, at least one")
    if one.answered > one.asked:
        raise BadFigures(f"{one.answered} answered, but only {one.asked} were asked")
    if one.score is not None and not 0 <= one.score <= one.best:
        raise BadFigures(f"a score of {one.score:g} does not lie between 0 and {one.best}")
