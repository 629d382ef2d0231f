"""What every source must offer, and the ways it may fail.

A source reads one platform and translates. It never touches our database, never decides what counts,
never sleeps and never retries: it yields pages, or raises one of the errors below, and the job decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, Self, TypeAlias

from advocacy.domain.activity import Activity, Platform
from ingest.fetch import Http

Cursor: TypeAlias = Mapping[str, str | int | bool | list[str]]
"""What a source wants to remember of one subscription between two pulls; JSON, opaque to everybody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """One subscription as a source sees it: the address to poll and what it remembered there."""

    address: str
    cursor: Cursor = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a page cost: requests made, bytes received (decoded), money."""

    requests: int = 0
    bytes: int = 0
    usd: float = 0.0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(requests=self.requests + other.requests, bytes=self.bytes + other.bytes, usd=self.usd + other.usd)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """An item the source could not translate: goes to quarantine with its raw form."""

    ref: str
    reason: str
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one subscription published, a page at a time.

    `cursor` may be adopted once the activities are stored. `covers_from` is the oldest moment for which this
    page shows everything (None: the page says nothing about it); `gap` says that older items slipped out of
    the platform's window before this pull. `next_at` is the platform's own wish for the next visit.
    """

    address: str
    activities: tuple[Activity, ...]
    unreadable: tuple[Unreadable, ...] = ()
    cursor: Cursor | None = None
    covers_from: datetime | None = None
    gap: bool = False
    cost: Cost = Cost()
    next_at: datetime | None = None
    title: str = ""  #: the platform's own name for what was polled (a blog's title)


class Source(Protocol):
    """One platform an engineer can be heard on."""

    platform: Platform
    batch_size: int  #: subscriptions that one call of `fetch` can serve

    @classmethod
    def from_config(cls, config: Mapping[str, str], http: Http) -> Self:
        """Make the reader ready; raise Misconfigured naming the missing or refused key."""

    def fetch(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
        """Yield what these subscriptions published since their cursors, in any order.

        Yielding an activity twice, or an older one, is harmless. Missing one is not.
        """


def told(words: str) -> str:
    """Words that may quote what a stranger sent, fit for every database, page and terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in words[:500])


class SourceError(Exception):
    """A pull could not be finished, for a reason that is not a bug. `cost` is what it took to find out."""

    def __init__(self, message: str, *, cost: Cost = Cost(), cursor: Cursor | None = None) -> None:
        super().__init__(told(message))
        self.cost = cost
        self.cursor = cursor  #: remembered although the pull failed (410 seen once, …)


class Misconfigured(SourceError):
    """Our keys are missing or refused: tell the operator, skip the platform."""


class AccountGone(SourceError):
    """No such address, suspended, private: tell the engineer, skip the account."""


class Refused(SourceError):
    """What answers is not what was promised (no feed, a login page): tell the engineer what to mend."""


class TryLater(SourceError):
    """Rate limit or outage, until `at` (None: our own back-off decides): the next run goes on from the cursor."""

    def __init__(
        self,
        message: str,
        *,
        at: datetime | None = None,
        ours: bool = False,
        unreachable: bool = False,
        cost: Cost = Cost(),
        cursor: Cursor | None = None,
    ) -> None:
        super().__init__(message, cost=cost, cursor=cursor)
        self.at = at
        self.ours = ours  #: a rate limit or our own outage, never counted as the source's failure
        self.unreachable = unreachable  #: its host did not speak with us at all: it may be the host's trouble, or ours
