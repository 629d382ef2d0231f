"""What every source must offer, and the ways it may fail.

A source reads one platform and translates. It never touches our database, never decides what counts,
never sleeps and never retries: it yields pages, or raises one of the errors below, and the job decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol, Self, TypeAlias, runtime_checkable

from advocacy.domain.activity import Activity, Platform
from ingest.fetch import Http

Cursor: TypeAlias = Mapping[str, str | int | bool | list[str]]
"""What a source wants to remember of one subscription between two pulls; JSON, opaque to everybody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """One subscription as a source sees it: the address to poll and what it remembered there.

    A cursor that holds `again` was last read with other words, or for other people: what the platform still shows is
    to be read anew. `since` is the day before which nobody wants anything (None: everything).
    """

    address: str
    cursor: Cursor = field(default_factory=dict)
    since: date | None = None


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
    page shows everything (None: the page says nothing about it), and `covers_why` why not for longer; `gap` says why
    items between the last visit and `covers_from` could not be seen (empty: none slipped out). `gone` are refs that
    the platform says are deleted. `next_at` is the platform's own wish for the next visit. What one request cost for
    many addresses stands on one of their pages. `error` says that this address of a batch cannot be read, the others
    can; such a page carries nothing else.
    """

    address: str
    activities: tuple[Activity, ...]
    unreadable: tuple[Unreadable, ...] = ()
    cursor: Cursor | None = None
    gone: tuple[str, ...] = ()
    covers_from: datetime | None = None
    covers_why: str = ""
    gap: str = ""
    cost: Cost = Cost()
    next_at: datetime | None = None
    error: "SourceError | None" = None
    title: str = ""  #: the platform's own name for what was polled (a blog's title)


class Purse(Protocol):
    """The money that one platform may cost in a month."""

    def reserve(self, usd: float) -> None:
        """Set aside the most that a request may cost, before it is made; raise TryLater when there is not enough."""

    def settle(self, reserved: float, spent: float) -> None:
        """Put back what a request did not cost after all."""


class FreeOfCharge:
    """The purse for a platform that costs nothing."""

    def reserve(self, usd: float) -> None:
        """Do nothing."""

    def settle(self, reserved: float, spent: float) -> None:
        """Do nothing."""


class Source(Protocol):
    """One platform an engineer can be heard on.

    What it may do beside: look at single items again (`Looker`), and show a person's profile (`Profiled`).
    """

    platform: Platform
    batch_size: int  #: subscriptions, of one platform and host, that one call of `fetch` can serve

    @classmethod
    def from_config(cls, config: Mapping[str, str], http: Http, purse: Purse = FreeOfCharge()) -> Self:
        """Make the reader ready; raise Misconfigured naming the missing, unknown or refused option."""

    def fetch(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
        """Yield what these subscriptions published since their cursors, in any order.

        Yielding an activity twice, or an older one, is harmless. Missing one is not.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """An item that is not to be had any more: `for_good` when it was deleted, else hidden or withheld for now."""

    ref: str
    for_good: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a second look at items showed: those that are there, as they stand now, and those that are not.

    What the platform said nothing of stands in neither, and is looked at again another time.
    """

    activities: tuple[Activity, ...] = ()
    gone: tuple[Gone, ...] = ()
    cost: Cost = Cost()


@runtime_checkable
class Looker(Protocol):
    """A source that can look at items by their refs again: newest numbers, edits, deletions."""

    platform: Platform
    look_size: int  #: refs that one call of `look` can serve

    def look(self, refs: Sequence[str], now: datetime) -> Look:
        """Ask for these items again; raise one of the named errors when the platform cannot be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a platform shows in public of a handle: its stable id, its name, and what its owner wrote there."""

    id: str
    name: str = ""
    about: str = ""
    url: str = ""
    cost: Cost = Cost()


@runtime_checkable
class Profiled(Protocol):
    """A source that can show the profile of an address, where a person proves that it is theirs by a code."""

    platform: Platform

    def profile(self, address: str, now: datetime) -> Profile:
        """Read the profile; raise AccountGone when there is none."""


def told(words: str) -> str:
    """Words that may quote what a stranger sent, fit for every database, page and terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in words[:500])


class SourceError(Exception):
    """A pull could not be finished, for a reason that is not a bug. `cost` is what it took to find out.

    Raised, it ends the pull of all addresses of the batch that were not read yet; as the `error` of a page, only that
    address's.
    """

    def __init__(self, message: str, *, cost: Cost = Cost(), cursor: Cursor | None = None) -> None:
        super().__init__(told(message))
        self.cost = cost
        self.cursor = cursor  #: remembered although the pull failed (410 seen once, …)


class Misconfigured(SourceError):
    """Our keys are missing or refused: tell the operator, skip the platform."""


def options(
    platform: Platform, config: Mapping[str, str], known: Mapping[str, str], needed: Sequence[str] = ()
) -> Mapping[str, str]:
    """The configured options over the defaults in `known`; raise Misconfigured naming what is unknown or missing."""
    name = f"ADVOCACY_{platform}__".upper()
    if odd := sorted(config.keys() - known.keys()):
        raise Misconfigured(f"{name}{odd[0].upper()} is not known; {platform} has {', '.join(sorted(known)) or 'none'}")
    told = {**known, **config}
    if missing := [option for option in needed if not told[option]]:
        raise Misconfigured(f"{name}{missing[0].upper()} is not set")
    return told


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
