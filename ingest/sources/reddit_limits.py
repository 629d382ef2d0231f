"""How often Reddit lets us ask: its `X-Ratelimit-*` and `Retry-After` headers, odd ones included."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from ingest.source import TryLater

SOONEST, LATEST = timedelta(seconds=1), timedelta(hours=1)
"""Reddit counts in windows of ten minutes: what it tells beyond an hour is not believed."""


class Allowance:
    """What is left for our key, shared by all who ask with it; who finds nothing left does not wait, but says when.

    Reddit's library would sleep until the window ends, however long that is told to be: it is not shown the headers.
    """

    def __init__(self) -> None:
        self._until: datetime | None = None

    def check(self, now: datetime) -> None:
        """Raise TryLater while nothing is left."""
        until = self._until
        if until is not None and now < until:
            raise TryLater("Reddit's limit of requests is reached", at=until, ours=True)

    def note(self, headers: Mapping[str, str], now: datetime) -> None:
        """Remember what an answer tells; without usable words nothing is known, and nothing is held back."""
        left, wait = number(headers.get("x-ratelimit-remaining")), number(headers.get("x-ratelimit-reset"))
        if left is not None and left < 1 and wait is not None:
            self._until = now + bounded(wait)

    def refused(self, headers: Mapping[str, str], now: datetime) -> TryLater:
        """What a 429 means: come again when it says so, else when the window ends, else after a pause of our own."""
        wait = seconds(headers.get("retry-after"), now)
        if wait is None:
            wait = number(headers.get("x-ratelimit-reset"))
        at = None if wait is None else now + bounded(wait)
        self._until = at or self._until
        return TryLater("Reddit asks to come less often (429)", at=at, ours=True)


def bounded(wait: float) -> timedelta:
    """A wait within one second and an hour."""
    return timedelta(seconds=min(max(wait, SOONEST.total_seconds()), LATEST.total_seconds()))


def number(told: str | None) -> float | None:
    """The number in a header; None for what is none."""
    try:
        found = float((told or "")[:40])
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def seconds(told: str | None, now: datetime) -> float | None:
    """The seconds that Retry-After tells, as a number or as a date; None for what is neither."""
    found = number(told)
    if found is not None or not told:
        return found
    try:
        at = parsedate_to_datetime(told[:100])
        return ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
