"""What the source remembers of one address between two visits."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Self

from ingest.source import Cursor, Polled
from ingest.sources.stackexchange_filters import remembered
from ingest.sources.stackexchange_refs import LETTERS, METHOD_OF

OVERLAP = 3600
"""Seconds that are read again: answers come out of caches, and no two clocks agree."""


@dataclass(slots=True)
class Memory:
    """The cursor, taken apart.

    `read` says for each method up to which activity all was read; `seen` holds what was found within the overlap
    before, `a/123` with its last activity, so that a quiet visit finds nothing new there. `born` is when the person
    came to the site, None before anybody asked; `whole` that everything since was read once. `wanted` is the first
    moment that somebody wants anything of, 0 for all.
    """

    read: dict[str, int] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    filters: dict[str, str] = field(default_factory=dict)
    born: int | None = None
    whole: bool = False
    wanted: int = 0
    was_there: bool = False  #: the platform knew them at an earlier visit

    @classmethod
    def of(cls, polled: Polled) -> Self:
        """Take a cursor apart; one that is to be read anew, or is odd, remembers only the filters."""
        cursor, kept = polled.cursor, cls(wanted=_moment(polled))
        kept.filters = remembered(_lines(cursor.get("filters")))
        kept.was_there = "born" in cursor
        if cursor.get("again"):
            return kept
        kept.read = {name: value for name in LETTERS if isinstance(value := cursor.get(name), int)}
        kept.seen = dict(pair for told in _lines(cursor.get("seen")) if (pair := _seen(told)) is not None)
        born = cursor.get("born")
        kept.born = born if isinstance(born, int) else None
        kept.whole = cursor.get("whole") is True
        return kept

    def cursor(self, filters: list[str]) -> Cursor:
        """Put the cursor together again."""
        told: dict[str, str | int | bool | list[str]] = {**self.read}
        if self.born is not None:
            told["born"] = self.born
        if self.whole:
            told["whole"] = True
        if self.seen:
            told["seen"] = sorted(f"{key} {at}" for key, at in self.seen.items())
        return {**told, "filters": filters}

    def start(self, method: str) -> int:
        """From which activity on a method is to be read; 0 for the beginning."""
        known = self.read.get(method)
        return self.wanted if known is None else max(known - OVERLAP, 0)

    def take(self, method: str, identity: int, at: int) -> bool:
        """Note an item as it stands now; whether it was not found before like this (`at` is 0 where none is told)."""
        key = f"{LETTERS[method]}/{identity}"
        is_news = not at or (at >= self.start(method) and self.seen.get(key) != at)
        self.seen[key] = at
        return is_news

    def reached(self, method: str, at: int) -> None:
        """All of a method was read up to there; what lies before the overlap need not be remembered."""
        self.read[method] = max(at, self.read.get(method, 0))
        low = self.start(method)
        self.seen = {key: then for key, then in self.seen.items() if METHOD_OF[key[0]] != method or then >= low}


def _moment(polled: Polled) -> int:
    """Where the first wanted day begins in UTC, which the job has reckoned with everybody's zone."""
    if polled.since is None:
        return 0
    return max(int(datetime.combine(polled.since, time(), UTC).timestamp()), 0)


def _lines(value: object) -> Iterable[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _seen(told: str) -> tuple[str, int] | None:
    key, _, at = told.partition(" ")
    return (key, int(at)) if key[:1] in METHOD_OF and at.isdecimal() else None
