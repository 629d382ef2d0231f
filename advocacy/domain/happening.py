"""Something that stands in a calendar: on whole days, or from one moment to another."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Certainty(StrEnum):
    """Whether it takes place, in the words of calendars."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One entry; `uid` is the same for ever, `stamp` the moment it was written down.

    `last` is the last of its days, itself inside; `minutes` is how long it takes when `starts` is a moment.
    """

    uid: str
    title: str
    starts: date | datetime
    stamp: datetime
    last: date | None = None
    minutes: int = 0
    place: str = ""
    about: str = ""
    url: str = ""
    certainty: Certainty = Certainty.CONFIRMED
    sequence: int = 0  #: how often what invitations said of it changed
    page: tuple[str, int] | None = None  #: our own page of it: the noun and its number
