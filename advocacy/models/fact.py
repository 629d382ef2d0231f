"""What is written of one activity: the value, the judgement, the people; and the value read back from its row."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from advocacy.domain.activity import Activity, Kind, Platform, Thread, ThreadRole
from advocacy.domain.matching import Judgement
from advocacy.domain.threads import with_siblings
from advocacy.models.activities import ActivityRow
from advocacy.models.base import Row
from advocacy.models.words import Part, Road, Visibility

THREAD = ("role", "replies", "participants", "accepted", "rank", "own_messages")
"""What a platform tells of a thread that changes without the author; the thread's key stands in `thread_key`."""


@dataclass(frozen=True, slots=True)
class Owner:
    """For whom an activity is kept: the account it came by (None: logged by hand), the person, the person's zone."""

    account_id: int | None
    person_id: int
    zone: str
    part: Part = Part.AUTHOR


class Holder(NamedTuple):
    """Whose a stored activity is, with what evidence repeats of it; `work_id` is the work that it counts for."""

    activity_id: int
    person_id: int
    day: date
    visibility: Visibility
    platform: Platform
    kind: Kind
    channel: str
    work_id: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A normal activity, judged, and whose it is."""

    activity: Activity
    judgement: Judgement
    owners: tuple[Owner, ...]
    ref_hash: bytes
    content_hash: bytes
    road: Road = Road.SOURCE


@dataclass(frozen=True, slots=True)
class Item:
    """A normal activity that was not judged yet, the hash of what it says, and whose it is."""

    activity: Activity
    content_hash: bytes
    owners: tuple[Owner, ...] = ()

    def came_by(self, accounts: Collection[int]) -> bool:
        """Whether these accounts are all that it comes by."""
        return all(owner.account_id is None or owner.account_id in accounts for owner in self.owners)


@dataclass(frozen=True, slots=True)
class Settled:
    """Hashes of refs that stand as they are: kept or passed over before, for the same accounts, and not changed.

    `over` are those that were passed over and say something else now; None: nobody looked.
    """

    kept: frozenset[bytes] = frozenset()
    passed: frozenset[bytes] = frozenset()
    over: frozenset[bytes] | None = None


NOTHING_SETTLED = Settled()


def thread_facts(thread: Thread) -> tuple[Any, ...]:
    """What a row says of a thread, in the order of `THREAD`."""
    return (thread.role, thread.replies, thread.participants, thread.accepted, thread.rank, thread.own_messages)


def thread_of(row: Row) -> Thread:
    """What the platform told of the thread that a stored activity stands in."""
    return Thread(key=row.thread_key, **{name: getattr(row, name) for name in THREAD})


def value_of(row: ActivityRow) -> Activity:
    """The stored activity as the value that rules judge, with what its siblings make of its thread."""
    return Activity(
        ref=row.ref,
        kind=row.kind,
        platform=row.platform,
        at=row.at,
        text=row.text,
        channel=row.channel,
        url=row.url,
        title=row.title,
        lang=row.lang,
        thread=with_siblings(thread_of(row), row.thread_own, row.thread_answered),
        metrics=row.metrics,
        authors=tuple(row.authors),
        at_guessed=row.at_guessed,
    )


def renewed(before: Sequence[Any], thread: Thread) -> Thread:
    """A thread as it is known once this is told of it: what is not told now stands as it was told before.

    `before` is what a row says, in the order of `THREAD`. A list tells less of a thread than the thread itself does.
    """
    told = thread_facts(thread)
    role = before[0] if thread.role is ThreadRole.UNKNOWN else thread.role
    rest = (old if new is None else new for old, new in zip(before[1:], told[1:], strict=True))
    return replace(thread, **dict(zip(THREAD, (role, *rest), strict=True)))
