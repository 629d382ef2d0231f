"""Since when, and until when, a source shows everything: unknown is not zero."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

FRESH = timedelta(days=2)
"""A source that was read this lately is up to date: no feed is polled less than daily."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The days for which everything a person did on one platform is known; None: not known at all."""

    start: date | None = None
    end: date | None = None

    def complete(self, first: date, last: date, today: date) -> bool:
        """Whether the days from `first` to `last` (as far as they have come) are known."""
        if self.start is None or self.end is None:
            return False
        return self.start <= first and self.end >= min(last, today) - FRESH


def joint(coverages: Iterable[Coverage]) -> Coverage:
    """What several accounts of one person cover together: only what each of them does."""
    coverages = tuple(coverages)
    starts = [c.start for c in coverages if c.start is not None]
    ends = [c.end for c in coverages if c.end is not None]
    if not coverages or len(starts) < len(coverages) or len(ends) < len(coverages):
        return Coverage()
    return Coverage(max(starts), min(ends))
