"""Required trainings of a team, person by person: green only for who was there, and for as long as it holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from advocacy.domain.days import months_on

SOON = 30  #: days before it runs out that it is to be had again


class Need(StrEnum):
    """Where one person stands with one required training."""

    DONE = "done"  #: was there, by their own word, and it still holds
    AGAIN = "again"  #: it holds, but not for much longer
    NOTED = "noted"  #: somebody else says that they were there
    PLANNED = "planned"  #: has a seat in a class before it is due
    DUE = "due"
    OVERDUE = "overdue"


OPEN = (Need.AGAIN, Need.NOTED, Need.DUE, Need.OVERDUE)  #: what waits for the person: a class, or their word


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person and one training: the last day by own word, by others', and the next with a seat."""

    own: date | None = None
    noted: date | None = None
    seat: date | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """The state, the day that it rests on, and by when the person needs it (again); None: never again."""

    need: Need
    day: date | None
    due: date | None


def cell(known: Known, due: date, months: int | None, today: date) -> Cell:
    """One person on one training; what ran out is due on the day it did."""
    until = months_on(known.own, months) if known.own and months else None
    if known.own and (until is None or until >= today):
        return Cell(Need.AGAIN if until and (until - today).days <= SOON else Need.DONE, known.own, until)
    by = until or due
    if known.seat and known.seat >= today and (known.seat <= by or by < today):
        return Cell(Need.PLANNED, known.seat, by)
    if known.noted and (not months or months_on(known.noted, months) >= today):
        return Cell(Need.NOTED, known.noted, by)
    return Cell(Need.OVERDUE if by < today else Need.DUE, None, by)


def green(cells: Iterable[Cell]) -> int:
    """How many have it, by their own word."""
    return sum(one.need in (Need.DONE, Need.AGAIN) for one in cells)
