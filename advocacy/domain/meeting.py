"""An invitation to a class as calendars understand it: what, when, from whom, and to whom alone."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Method(StrEnum):
    """What a calendar is to do with it (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Answer(StrEnum):
    """What the invited said (PARTSTAT)."""

    OPEN = "NEEDS-ACTION"
    YES = "ACCEPTED"
    NO = "DECLINED"
    WAITING = "TENTATIVE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One class for one of the invited; `sequence` counts the changes, `uid` is the same through all of them."""

    uid: str
    sequence: int
    stamp: datetime
    title: str
    starts: date | datetime
    minutes: int
    place: str
    about: str
    url: str
    organizer: tuple[str, str]  #: name and mail address
    attendee: tuple[str, str]
    answer: Answer = Answer.OPEN
