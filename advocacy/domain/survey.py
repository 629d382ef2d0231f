"""Survey campaigns: whom they are addressed to, which count for a person in a period, and whether they were in time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from advocacy.domain.days import Span, clip


class Addressed(StrEnum):
    """Whom a campaign asks."""

    EVERYBODY = "everybody"
    TEAM = "team"
    PEOPLE = "people"


class Standing(StrEnum):
    """Where a campaign stands for one person."""

    WAITING = "waiting"
    DONE = "done"
    LATE = "late"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Campaign:
    """A survey that was asked of a person, and the day it was done, if it was; both its days are inside."""

    opens: date
    deadline: date
    done: date | None = None

    @property
    def in_time(self) -> bool:
        """Whether it was done before its deadline had passed."""
        return self.done is not None and self.done <= self.deadline

    def standing(self, today: date) -> Standing:
        """Whether it waits, was done in time or late, or was missed."""
        if self.done is not None:
            return Standing.DONE if self.in_time else Standing.LATE
        return Standing.WAITING if today <= self.deadline else Standing.MISSED


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of a person in a period: how many were due, done in time, done late, and are still open."""

    due: int = 0
    done: int = 0
    late: int = 0
    open: int = 0

    @property
    def note(self) -> str:
        """What is to be said beside the figure."""
        if not (self.due or self.open):
            return "no survey was asked of you"
        told = ((self.late, "done after the deadline"), (self.open, "still open"))
        return ", ".join(f"{number} {words}" for number, words in told if number)


NOTHING_ASKED = Asked()


def asked_in(campaigns: Iterable[Campaign], window: Span, active: Sequence[Span], today: date) -> Asked:
    """Count those whose deadline lies in the window and that could be answered on a day the person was there.

    One whose deadline is still to come counts once it is done; until then it is open, and nothing is missed.
    """
    here = [c for c in campaigns if window[0] <= c.deadline <= window[1] and clip(active, (c.opens, c.deadline))]
    pending = [c for c in here if c.done is None and c.deadline >= today]
    return Asked(
        due=len(here) - len(pending),
        done=sum(c.in_time for c in here),
        late=sum(c.done is not None and not c.in_time for c in here),
        open=sum(c.opens <= today for c in pending),
    )
