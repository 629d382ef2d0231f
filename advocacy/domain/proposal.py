"""A talk on its way to an event: which state may follow which, and what each is evidence for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ProposalState(StrEnum):
    """Where a proposal stands, in the order in which it goes on."""

    IDEA = "idea"
    DRAFTED = "drafted"
    IN_REVIEW = "in_review"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    DELIVERED = "delivered"


_S = ProposalState
BEGINNINGS = (_S.IDEA, _S.DRAFTED, _S.IN_REVIEW, _S.SUBMITTED, _S.ACCEPTED, _S.DELIVERED)
"""With what one may begin: who was invited begins with accepted, who logs a talk afterwards with delivered."""

FOLLOWS: dict[ProposalState, tuple[ProposalState, ...]] = {
    _S.IDEA: (_S.DRAFTED, _S.IN_REVIEW, _S.SUBMITTED, _S.ACCEPTED, _S.WITHDRAWN),
    _S.DRAFTED: (_S.IN_REVIEW, _S.SUBMITTED, _S.ACCEPTED, _S.WITHDRAWN),
    _S.IN_REVIEW: (_S.DRAFTED, _S.SUBMITTED, _S.ACCEPTED, _S.WITHDRAWN),
    _S.SUBMITTED: (_S.ACCEPTED, _S.DECLINED, _S.WITHDRAWN),
    _S.ACCEPTED: (_S.DELIVERED, _S.WITHDRAWN),
    _S.DECLINED: (_S.ACCEPTED,),  # from the waiting list
    _S.WITHDRAWN: (_S.DRAFTED,),
    _S.DELIVERED: (),
}
OPEN = (_S.IDEA, _S.DRAFTED, _S.IN_REVIEW)
"""What still has to be sent before the call for proposals closes."""

NEXT: dict[ProposalState, tuple[ProposalState, ...]] = {
    _S.IDEA: (_S.DRAFTED,),
    _S.DRAFTED: (_S.SUBMITTED,),
    _S.IN_REVIEW: (_S.SUBMITTED,),
    _S.SUBMITTED: (_S.ACCEPTED, _S.DECLINED),
    _S.ACCEPTED: (_S.DELIVERED,),
}
"""What most often comes next, which a list offers by one click."""


class OutOfOrder(ValueError):
    """A step that cannot be; the words say why."""


@dataclass(frozen=True, slots=True)
class Step:
    """That a proposal came to a state on a day."""

    state: ProposalState
    day: date


@dataclass(frozen=True, slots=True)
class Told:
    """What the steps are evidence for: a proposal sent (whatever became of it), a talk given."""

    submitted: date | None = None
    outcome: Step | None = None  #: what became of it after it was sent
    delivered: date | None = None


def check(steps: Sequence[Step], following: Step, today: date) -> None:
    """Raise OutOfOrder for a step that may not follow these, which are in force, the oldest first."""
    last = steps[-1] if steps else None
    may = FOLLOWS[last.state] if last else BEGINNINGS
    if following.state not in may:
        words = ", ".join(_words(one) for one in may) or "nothing"
        raise OutOfOrder(f"after {_words(last.state) if last else 'nothing'} may come: {words}")
    if following.day > today:
        raise OutOfOrder(f"{following.day.isoformat()} has not come yet: give the day it happened")
    if last and following.day < last.day:
        raise OutOfOrder(f"it was {_words(last.state)} on {last.day.isoformat()}, which is later than that day")


def told(steps: Iterable[Step]) -> Told:
    """What the steps in force come to; one that was withdrawn before it was sent was never a proposal."""
    submitted, outcome, delivered = None, None, None
    for step in steps:
        if step.state is _S.SUBMITTED:
            submitted, outcome = submitted or step.day, None
        elif step.state is _S.DELIVERED:
            delivered = step.day
        elif submitted and step.state in (_S.ACCEPTED, _S.DECLINED, _S.WITHDRAWN):
            outcome = step
    return Told(submitted, outcome, delivered)


def _words(state: ProposalState) -> str:
    return state.value.replace("_", " ")
