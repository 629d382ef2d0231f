"""How the last thirty days of an address went: a day at a time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

import sqlalchemy as sa

from advocacy.domain.health import Outcome
from advocacy.domain.period import day_of
from advocacy.models.base import db
from advocacy.models.runs import Pull

STRIP_DAYS = 30
_GOOD, _BAD = (Outcome.OK, Outcome.UNCHANGED), (Outcome.LATER, Outcome.LOST)


class DayState(StrEnum):
    """What a day in the strip tells."""

    OK = "ok"
    FAILED = "failed"
    NONE = "none"


Strip: TypeAlias = Sequence[tuple[date, DayState]]


def strips(subscription_ids: Iterable[int], zone: str, now: datetime) -> dict[int | None, Strip]:
    """The strip of each, in the days of a zone; good once is good, however often it failed that day."""
    days = [day for day, _ in no_strip(zone, now)]
    known = _told(list(subscription_ids), zone, now)
    return {key: [(day, told.get(day, DayState.NONE)) for day in days] for key, told in known.items()}


def no_strip(zone: str, now: datetime) -> Strip:
    """The strip of what was never read."""
    first = day_of(now, zone) - timedelta(days=STRIP_DAYS - 1)
    return [(first + timedelta(days=n), DayState.NONE) for n in range(STRIP_DAYS)]


def _told(ids: list[int], zone: str, now: datetime) -> Mapping[int, Mapping[date, DayState]]:
    query = sa.select(Pull.subscription_id, Pull.started_at, Pull.outcome).where(
        Pull.subscription_id.in_(ids), Pull.started_at >= now - timedelta(days=STRIP_DAYS + 1)
    )
    told: dict[int, dict[date, DayState]] = {key: {} for key in ids}
    for subscription_id, started_at, outcome in db.session.execute(query):
        day = day_of(started_at, zone)
        if outcome in _GOOD:
            told[subscription_id][day] = DayState.OK
        elif outcome not in _BAD:
            told[subscription_id].setdefault(day, DayState.FAILED)
    return told
