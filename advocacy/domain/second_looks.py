"""When an item is looked at again – its numbers, its edits, whether it is still there – and what waiting costs.

SOURCES.md has the facts: on X each look is paid; Reddit wants text dropped that was not looked at within 48 hours; on
Stack Exchange neither score nor acceptance bumps an item's activity, so that no pull brings them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from advocacy.domain.activity import Platform

SETTLED = timedelta(days=7)  #: most of what a post on X will ever gather it has by then
MONTH = timedelta(days=30)
SOON_ENOUGH = timedelta(hours=40)  #: within the 48 hours, with time for an outage
EARLY = (timedelta(days=1), timedelta(days=7), timedelta(days=30))
SELDOM, FOR_SO_LONG = timedelta(days=90), timedelta(days=730)

RETENTION: Mapping[Platform, timedelta] = {Platform.REDDIT: timedelta(hours=48)}
"""For how long a platform lets its texts be kept without a look whether they are still there."""

PATIENCE: Mapping[Platform, timedelta] = {
    Platform.X: timedelta(hours=6),
    Platform.REDDIT: timedelta(hours=4),
    Platform.STACKEXCHANGE: timedelta(hours=6),
}
"""How long what is due waits for others, so that requests go out full."""

FOLLOWED = frozenset(PATIENCE)  #: the platforms that are looked at again
PAID = frozenset({Platform.X})


def next_look(platform: Platform, at: datetime, looked: datetime, *, keeps: bool) -> datetime | None:
    """When an item posted `at`, and last seen there when `looked`, is to be looked at again; None: not any more.

    `keeps` is the reason to go on: on X that somebody confirmed or released it, on Reddit that its text is kept here.
    """
    if platform is Platform.X:
        return _first_of([at + SETTLED], looked) or (looked + MONTH if keeps else None)
    if platform is Platform.REDDIT:
        return looked + SOON_ENOUGH if keeps else None
    if platform is Platform.STACKEXCHANGE:
        return _first_of([at + step for step in EARLY], looked) or _within(at + FOR_SO_LONG, looked + SELDOM)
    return None


def first_look(platform: Platform, at: datetime, now: datetime) -> datetime | None:
    """When an item that came now is to be looked at for the first time; nobody has spoken of it yet."""
    return next_look(platform, at, now, keeps=platform not in PAID)


def _first_of(moments: Sequence[datetime], after: datetime) -> datetime | None:
    return next((moment for moment in moments if moment > after), None)


def _within(end: datetime, moment: datetime) -> datetime | None:
    return moment if moment <= end else None
