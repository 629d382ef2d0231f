"""The one currency: what every source mints, every rule spends and every page shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Platform(StrEnum):
    """Where an engineer can be heard."""

    X = "x"
    REDDIT = "reddit"
    STACKEXCHANGE = "stackexchange"
    FEED = "feed"
    HACKERNEWS = "hackernews"
    DISCOURSE = "discourse"
    GITHUB = "github"
    MASTODON = "mastodon"
    BLUESKY = "bluesky"
    DEV = "dev"
    YOUTUBE = "youtube"
    SLACK = "slack"
    LINKEDIN = "linkedin"
    MANUAL = "manual"


class Kind(StrEnum):
    """What was done."""

    POST = "post"
    REPLY = "reply"
    QUESTION = "question"
    ANSWER = "answer"
    ARTICLE = "article"
    TALK = "talk"
    PROPOSAL = "proposal"
    TRAINING_GIVEN = "training_given"
    TRAINING_ATTENDED = "training_attended"
    SURVEY = "survey"
    REVIEW = "review"
    NOTE = "note"
    LEARNING = "learning"
    DECISION = "decision"
    NEED = "need"


class ThreadRole(StrEnum):
    """What the author was in the thread; `unknown` where the platform does not tell."""

    OPENED = "opened"
    ANSWERED = "answered"
    SUSTAINED = "sustained"
    MODERATED = "moderated"
    JOINED = "joined"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Facts about the conversation an activity stands in; None where not known (unknown is not zero).

    `key` is the same for all messages of one conversation (`reddit:t3_…`, `x:` and the conversation's id,
    `stackoverflow.com:` and the question's); empty where the platform does not tell.
    """

    key: str = ""
    role: ThreadRole = ThreadRole.UNKNOWN
    replies: int | None = None
    participants: int | None = None
    accepted: bool | None = None
    rank: int | None = None  #: 1 = best among the answers
    own_messages: int | None = None


NO_THREAD = Thread()


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One thing a person did in public, or logged.

    `ref` is `platform:id` and stable for ever; `text` is plain text in which code stands in ``` fences;
    `at` is aware; `at_guessed` says that the platform told no usable date; `authors` are names as the
    platform shows them, for the author filter of a shared blog; `shares` are the canonical addresses that the
    item points its readers at (the link of a post, what a tweet unwinds to), for folding it with what it shares.
    """

    ref: str
    kind: Kind
    platform: Platform
    at: datetime
    text: str
    channel: str = ""
    url: str = ""
    title: str = ""
    lang: str = ""
    thread: Thread = NO_THREAD
    metrics: Mapping[str, int] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    at_guessed: bool = False
