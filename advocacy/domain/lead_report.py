"""A quarter of a team in facts: needs raised and met, classes with what was said and done, coverage before and after.

Nobody is ranked, and nothing is told as the effect of anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of those who were at a class and share with their lead: how many covered what it serves, before and after."""

    rule: str
    people: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Held:
    """One class; `score` only where five or more answered."""

    title: str
    day: date
    there: int
    answered: int
    score: float | None
    action: str
    coverage: tuple[Coverage, ...]

    @property
    def rate(self) -> int | None:
        """The response rate in per cent; None when nobody was there."""
        return round(100 * self.answered / self.there) if self.there else None


@dataclass(frozen=True, slots=True)
class Needs:
    """Requests that the team raised in the period, and what became of them until now."""

    raised: int
    planned: int
    held: int
    declined: int
    open: int
    forgotten: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that the report tells; counts of people are of those who share."""

    period: str
    teams: tuple[str, ...]
    people: int
    sharing: int
    needs: Needs
    held: Sequence[Held]
    coverage: Sequence[Coverage]  #: of the whole team, the period before against this one
    pieces: int
    firsts: int
    writers: int
    required: Sequence[tuple[str, int, int]]  #: team, how many trainings had, of how many
    surveys: Sequence[tuple[str, int, int]]  #: campaign, how many of the team did it, of how many


def small(one: Coverage) -> bool:
    """Whether so few are behind it that it would tell of single people who are named nowhere here."""
    return one.people < 2


def needs_in_words(one: Needs) -> str:
    """The requests of the period in one sentence."""
    told = f"{one.raised} raised: {one.held} held, {one.planned} planned, {one.declined} declined, {one.open} open"
    return f"{told}, {one.forgotten} of them untouched for 60 days." if one.forgotten else f"{told}."


def coverage_in_words(one: Coverage) -> str:
    """Before and after, of how many."""
    return f"{one.before} of {one.people} covered it before, {one.after} of {one.people} now"
