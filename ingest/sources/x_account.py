"""One account that is followed: who it is to X, and up to where all of it is known. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Self

from ingest.source import Cursor, Polled

_EPOCH_MS = 1288834974657
"""Ids of X count milliseconds from then on, shifted by 22 bits, so that any moment stands for an id."""

_HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}\Z")


def id_at(moment: datetime) -> int:
    """The least id that a post of that moment can have."""
    return max(int(moment.timestamp() * 1000) - _EPOCH_MS, 0) << 22


def id_until(moment: datetime) -> int:
    """The greatest id that a post of that moment can have."""
    return id_at(moment + timedelta(milliseconds=1)) - 1


def moment_of(post_id: int) -> datetime:
    """When a post of that id was written."""
    return datetime.fromtimestamp(((post_id >> 22) + _EPOCH_MS) / 1000, UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What is known of one address.

    Everything up to the id `seen` was read. While a walk towards it is under way, everything from the id `until` up
    to the id `upto` was read too, and what lies between `seen` and `until` was not.
    """

    address: str
    id: str = ""
    seen: int = 0
    until: int = 0  #: 0: no walk is under way
    upto: int = 0
    read: int = 0  #: posts that the walk under way has brought so far
    checked: date | None = None  #: the last day on which the handle was seen to be this person's
    lost: bool = False  #: the handle was somebody else's, gone or closed at the last visit
    since: datetime | None = None  #: the beginning of a first reading, which has not come to its end yet
    bounded: bool = False  #: that it began there was our own choice

    @classmethod
    def of(cls, polled: Polled, backfill: timedelta, now: datetime) -> Self:
        """What was remembered, or where a first reading begins; so too when everything is to be read anew."""
        told = polled.cursor
        known = cls(
            address=polled.address,
            id=str(told.get("id", "")),
            seen=_number(told, "seen"),
            until=_number(told, "until"),
            upto=_number(told, "upto"),
            read=_number(told, "read"),
            checked=date.fromisoformat(str(told["checked"])) if told.get("checked") else None,
            lost=bool(told.get("lost")),
        )
        if known.seen and not told.get("first") and not told.get("again"):
            return known
        if known.until and told.get("first") and not told.get("again"):
            return replace(known, since=moment_of(known.seen), bounded=told["first"] == "backfill")
        wanted = datetime.combine(polled.since, time(), UTC) - timedelta(days=1) if polled.since else None
        start, bounded = max((now - backfill, True), (wanted, False)) if wanted else (now - backfill, True)
        seen = min(filter(None, [known.seen, id_at(min(start, now))]))
        return replace(known, seen=seen, until=0, upto=0, read=0, since=moment_of(seen), bounded=bounded)

    @property
    def is_named_well(self) -> bool:
        """Whether this can be a handle at all; one that cannot would have the whole request refused."""
        return _HANDLE.match(self.address) is not None

    def cursor(self) -> Cursor:
        """What is to be remembered of it."""
        told: dict[str, str | int | bool | list[str]] = {"id": self.id, "seen": str(self.seen)}
        if self.until:
            told |= {"until": str(self.until), "upto": str(self.upto), "read": self.read}
        if self.since:
            told["first"] = "backfill" if self.bounded else "since"
        if self.checked:
            told["checked"] = self.checked.isoformat()
        if self.lost:
            told["lost"] = True
        return told

    def walked_to(self, oldest: int, newest: int, posts: int) -> Self:
        """In mid-walk: the newest posts down to the id `oldest` are read, so many since it was taken up."""
        upto = self.upto if self.until else max(newest, self.seen)
        return replace(self, until=oldest, upto=upto, read=self.read + posts)

    def walked(self, upto: int, checked: date | None) -> Self:
        """At the end of a walk: all is read, up to the id `upto`, or to where the walk had once begun."""
        seen = max(self.seen, self.upto if self.until else upto)
        return replace(self, seen=seen, until=0, upto=0, read=0, since=None, checked=checked)


def _number(told: Mapping[str, object], name: str) -> int:
    value = str(told.get(name, ""))
    return int(value) if re.fullmatch("[0-9]{1,19}", value) else 0
