"""What happens on the platforms of the loopback world: who says what, edits, deletes, and what others make of it.

Everything has its moment, so that the world can be shown as of any day. A platform's handler renders it in that
platform's own protocol, and knows nothing of the others.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from advocacy.domain.activity import Kind, Platform

X_EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)
"""Ids of X count milliseconds from then on, shifted by 22 bits."""

LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(slots=True, kw_only=True)
class Member:
    """Somebody with a handle on a platform; `id` is the platform's own number for them (of a site, on Stack Exchange).

    A `hidden` profile shows no posts to strangers though they are there.
    """

    platform: Platform
    handle: str
    id: str
    name: str = ""
    about: str = ""
    joined: datetime
    hidden_from: datetime | None = None
    suspended_from: datetime | None = None
    left_at: datetime | None = None  #: the account was deleted; what it said stays without its name


@dataclass(slots=True, kw_only=True)
class Message:
    """One post, reply, question or answer, with all that ever happens to it.

    `id` is the platform's own, without a prefix; `channel` is the community or the site; `parent` and `root` are ids
    of the message it answers and of the one that began the thread (its own when it began it).
    """

    platform: Platform
    id: str
    author: str
    at: datetime
    kind: Kind
    title: str = ""
    channel: str = ""
    parent: str = ""
    root: str = ""
    link: str = ""  #: an address that it shares
    lang: str = "en"
    tags: tuple[str, ...] = ()
    reposts: str = ""  #: the id of somebody else's message that it only passes on
    quotes: str = ""  #: the id of a message that it quotes
    versions: list[tuple[datetime, str]] = field(default_factory=list)
    scores: list[tuple[datetime, int]] = field(default_factory=list)
    accepted_at: datetime | None = None
    deleted_at: datetime | None = None  #: by its author
    removed_at: datetime | None = None  #: by a moderator or the platform

    def exists(self, now: datetime) -> bool:
        """Whether it is there to be read at that moment."""
        gone = [moment for moment in (self.deleted_at, self.removed_at) if moment is not None]
        return self.at <= now and not any(moment <= now for moment in gone)

    def text(self, now: datetime) -> str:
        """What it says at that moment."""
        return next((text for at, text in reversed(self.versions) if at <= now), self.versions[0][1])

    def edits(self, now: datetime) -> list[datetime]:
        """When it was edited so far."""
        return [at for at, _ in self.versions[1:] if at <= now]

    def score(self, now: datetime) -> int:
        """What others think of it at that moment."""
        return next((score for at, score in reversed(self.scores) if at <= now), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A time in which a platform does not do its work, and the status with which it says so."""

    platform: Platform
    since: datetime
    until: datetime
    status: int = 503


class World:
    """All members and messages; what is told twice is told by the newest."""

    def __init__(self) -> None:
        self.members: dict[tuple[Platform, str], Member] = {}
        self.messages: dict[tuple[Platform, str], Message] = {}
        self.outages: list[Outage] = []
        self._by: dict[tuple[Platform, str], list[Message]] = {}
        self._below: dict[tuple[Platform, str], list[Message]] = {}
        self._numbers = itertools.count(1)

    def joins(self, platform: Platform, handle: str, joined: datetime, **more: str) -> Member:
        """Somebody takes a handle; on Stack Exchange that is `site/number`, like `stackoverflow.com/22656`."""
        number = handle.rpartition("/")[2] if platform is Platform.STACKEXCHANGE else str(next(self._numbers))
        given = {"id": number, **more}
        member = Member(platform=platform, handle=handle, joined=joined, **given)  # type: ignore[arg-type]
        self.members[platform, handle] = member
        return member

    def says(self, platform: Platform, author: str, at: datetime, text: str, **more: object) -> Message:
        """A message by somebody, a member or a stranger; `answers=` names the message that it replies to."""
        answered = more.pop("answers", None)
        identity = str(more.pop("id", "") or self._id(platform, at))
        kind = Kind.REPLY if answered is not None else Kind.POST
        given = {"kind": kind, "root": identity, **more}
        if isinstance(answered, Message):
            given = {"channel": answered.channel, **given, "parent": answered.id, "root": answered.root}
        message = Message(platform=platform, id=identity, author=author, at=at, **given)  # type: ignore[arg-type]
        message.versions.append((at, text))
        self.messages[platform, identity] = message
        self._by.setdefault((platform, author), []).append(message)
        if message.parent:
            self._below.setdefault((platform, message.parent), []).append(message)
        return message

    def by(self, platform: Platform, author: str, now: datetime) -> list[Message]:
        """What somebody said and what is there at that moment, the newest first."""
        there = [one for one in self._by.get((platform, author), ()) if one.exists(now)]
        return sorted(there, key=lambda one: (one.at, one.id), reverse=True)

    def replies(self, message: Message, now: datetime) -> list[Message]:
        """The direct answers to a message, the oldest first."""
        there = [one for one in self._below.get((message.platform, message.id), ()) if one.exists(now)]
        return sorted(there, key=lambda one: (one.at, one.id))

    def thread(self, message: Message, now: datetime) -> Iterator[Message]:
        """All that stands below a message, whoever said it."""
        for reply in self.replies(message, now):
            yield reply
            yield from self.thread(reply, now)

    def outage(self, platform: Platform, now: datetime) -> Outage | None:
        """The outage that is on at that moment."""
        return next((one for one in self.outages if one.platform is platform and one.since <= now < one.until), None)

    def _id(self, platform: Platform, at: datetime) -> str:
        number = next(self._numbers)
        if platform is Platform.X:
            return str((int((at - X_EPOCH).total_seconds() * 1000) << 22) + number % 2**22)
        return _base36(10**6 + number) if platform is Platform.REDDIT else str(10**6 + number)


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = LETTERS[digit] + digits
    return digits
