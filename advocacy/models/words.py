"""The closed vocabularies of the tables, stored by value."""

from enum import StrEnum


class Capability(StrEnum):
    """What a person may do beside having a page of their own."""

    LEAD = "lead"
    MARKETING = "marketing"
    ADMIN = "admin"


class Visibility(StrEnum):
    """Who may see an item; everything starts private and is released by its owner."""

    PRIVATE = "private"
    LEAD = "lead"
    MARKETING = "marketing"
    PUBLIC = "public"


class Judging(StrEnum):
    """Whether the rules judge what a person did."""

    AUTOMATIC = "automatic"  #: what they are sure of counts until the person says otherwise
    ASK = "ask"  #: they suggest, and nothing counts before the person says so
    OFF = "off"  #: they suggest nothing; what the person attaches counts


class Part(StrEnum):
    """What a person was to an activity."""

    AUTHOR = "author"
    CO_AUTHOR = "co_author"
    CO_SPEAKER = "co_speaker"


class Road(StrEnum):
    """How an activity came to us."""

    SOURCE = "source"
    ARCHIVE = "archive"
    HAND = "hand"


class Word(StrEnum):
    """A person's verdict on a piece of evidence."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class Claim(StrEnum):
    """Where a person says that somebody stands on a sentence."""

    COVERED = "covered"
    GETTING_THERE = "getting_there"
    NOT_YET = "not_yet"


class WorkState(StrEnum):
    """Where a piece of asked-for work stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
