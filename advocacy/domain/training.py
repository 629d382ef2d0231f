"""Trainings and their classes: whether one was held, who was there, who said so, and what was asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ClassState(StrEnum):
    """Whether a class is still to come."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Presence(StrEnum):
    """What is said of somebody and a class."""

    INVITED = "invited"
    GOING = "going"
    ATTENDED = "attended"
    ABSENT = "absent"


class How(StrEnum):
    """By which way somebody said that they were there."""

    PAGE = "page"  #: on the page of the class
    CHECK_IN = "check_in"  #: by the word that was shown in the room
    FEEDBACK = "feedback"  #: by answering what is asked of those who were there


class Origin(StrEnum):
    """Where a request for a training comes from."""

    RCA = "rca"
    SUPPORT = "support"
    ROADMAP = "roadmap"
    CURIOSITY = "curiosity"
    OTHER = "other"


class RequestState(StrEnum):
    """What became of a request."""

    OPEN = "open"
    MERGED = "merged"
    PLANNED = "planned"
    HELD = "held"
    DECLINED = "declined"


UNTOUCHED = 60  #: days after which a request that nobody touched is shown as forgotten

REQUEST_FOLLOWS: dict[RequestState, tuple[RequestState, ...]] = {
    RequestState.OPEN: (RequestState.PLANNED, RequestState.MERGED, RequestState.DECLINED),
    RequestState.MERGED: (RequestState.OPEN,),
    RequestState.PLANNED: (RequestState.HELD, RequestState.OPEN),
    RequestState.HELD: (),
    RequestState.DECLINED: (RequestState.OPEN,),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A word on whether somebody was there; `own` when it is the person's own."""

    presence: Presence
    own: bool


def standing(words: Iterable[Said]) -> Said | None:
    """What holds of these words, the oldest first: one's own last word before anybody else's."""
    words = list(words)
    own = [one for one in words if one.own and one.presence in (Presence.ATTENDED, Presence.ABSENT)]
    return own[-1] if own else words[-1] if words else None


def is_forgotten(touched: date, today: date, state: RequestState) -> bool:
    """Whether an open request waits for longer than it should."""
    return state is RequestState.OPEN and (today - touched).days >= UNTOUCHED
