"""For which days a source shows everything, and why not for others: unknown is not zero."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

FRESH = timedelta(days=2)
"""A source that was read this lately is up to date: no feed is polled less than daily."""

NOT_READ = "it was not read yet"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hole:
    """Days, both inside, of which something may be missing; and why, as far as anybody said."""

    first: date
    last: date
    why: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The days for which everything a person did on one platform is known: from start to end, less the holes.

    None: not known at all. `before` and `after` say why nothing is known of the days before and after.
    """

    start: date | None = None
    end: date | None = None
    holes: tuple[Hole, ...] = ()
    before: str = ""
    after: str = ""

    def complete(self, first: date, last: date, today: date) -> bool:
        """Whether the days from `first` to `last` (as far as they have come) are known."""
        return not self.unknown(first, last, today)

    def unknown(self, first: date, last: date, today: date) -> tuple[Hole, ...]:
        """The stretches of these days (as far as they have come) that are not known, in order."""
        last = min(last, today)
        if self.start is None or self.end is None:
            return (Hole(first, max(first, last), self.before or NOT_READ),)
        found = [Hole(first, min(self.start - _DAY, max(first, last)), self.before)] if self.start > first else []
        found += [
            Hole(max(hole.first, first), min(hole.last, last), hole.why)
            for hole in self.holes
            if hole.first <= last and hole.last >= first
        ]
        if self.end < last - FRESH:
            found.append(Hole(max(self.end + _DAY, first), last, self.after))
        return tuple(found)


def joint(coverages: Iterable[Coverage]) -> Coverage:
    """What several accounts of one person cover together: only what each of them does."""
    parts = tuple(coverages)
    unread = next((one for one in parts if one.start is None or one.end is None), None)
    if unread is not None or not parts:
        return Coverage(before=unread.before if unread else "")
    latest = max(parts, key=lambda one: one.start or date.min)
    earliest = min(parts, key=lambda one: one.end or date.max)
    start, end = latest.start or date.min, earliest.end or date.max
    holes = {hole for one in parts for hole in one.holes if hole.first <= end and hole.last >= start}
    return Coverage(
        start,
        end,
        tuple(sorted(holes, key=lambda hole: (hole.first, hole.last, hole.why))),
        latest.before,
        earliest.after,
    )
