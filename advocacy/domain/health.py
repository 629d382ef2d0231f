"""How a polled address is doing after a pull, and when to come again: old health and outcome in, new health out."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b

FIRST_RETRY, LONGEST = timedelta(minutes=5), timedelta(hours=24)
DORMANT_AFTER = timedelta(days=14)
FAILING_FROM = 3  #: failures in a row


class Health(StrEnum):
    """The states of TRUST.md."""

    NEW = "new"
    HEALTHY = "healthy"
    DEGRADED = "degraded"
    FAILING = "failing"
    DORMANT = "dormant"
    PAUSED = "paused"
    GONE = "gone"
    REFUSED = "refused"


class Outcome(StrEnum):
    """How one pull ended."""

    OK = "ok"
    UNCHANGED = "unchanged"
    LATER = "later"
    FAILED = "failed"
    REFUSED = "refused"
    GONE = "gone"
    MISCONFIGURED = "misconfigured"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Condition:
    """What is remembered between pulls; `since` is when the state began."""

    state: Health
    since: datetime
    failures: int = 0


def after(old: Condition, outcome: Outcome, now: datetime, poison: int = 0) -> Condition:
    """The condition after a pull; a rate limit or our own trouble changes nothing."""
    if outcome in (Outcome.LATER, Outcome.MISCONFIGURED, Outcome.LOST):
        return old
    if outcome in (Outcome.OK, Outcome.UNCHANGED):
        degraded = poison > 0 or (outcome is Outcome.UNCHANGED and old.state is Health.DEGRADED and not old.failures)
        return _turn(old, Health.DEGRADED if degraded else Health.HEALTHY, now, 0)
    if outcome in (Outcome.GONE, Outcome.REFUSED):
        return _turn(old, Health(outcome.value), now, old.failures + 1)
    return _turn(old, _failing(old, now), now, old.failures + 1)


def spread(key: str) -> float:
    """A number from 0 to 1 that looks like chance and is the same for the same key."""
    return int.from_bytes(blake2b(key.encode(), digest_size=4).digest()) / 2**32


def next_visit(condition: Condition, now: datetime, every: timedelta, jitter: float, wish: datetime | None) -> datetime:
    """When to come again: at the platform's wish, after the usual interval, or after a growing pause for failures.

    `jitter` is a number from 0 to 1; it spreads visits over a tenth of the pause.
    """
    if condition.state in (Health.GONE, Health.REFUSED, Health.DORMANT):
        pause = LONGEST
    elif condition.failures:
        pause = min(LONGEST, FIRST_RETRY * 2 ** min(condition.failures, 12))
    else:
        pause = every
    return max(now + pause * (1 + jitter / 10), wish or now)


def _failing(old: Condition, now: datetime) -> Health:
    if old.state is Health.DORMANT or (old.state is Health.FAILING and now - old.since >= DORMANT_AFTER):
        return Health.DORMANT
    return Health.FAILING if old.failures + 1 >= FAILING_FROM else Health.DEGRADED


def _turn(old: Condition, state: Health, now: datetime, failures: int) -> Condition:
    return replace(old, state=state, since=old.since if state is old.state else now, failures=failures)
