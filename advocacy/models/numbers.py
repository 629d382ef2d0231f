"""The numbers of activities: what each stood at on a day, and the newest beside the activity."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, TypeAlias

import sqlalchemy as sa

from advocacy.domain import metrics
from advocacy.domain.metrics import Snapshot
from advocacy.domain.normal import INT_LIMIT, METRIC_LIMIT, storable
from advocacy.models import bulk
from advocacy.models.activities import ActivityPerson, ActivityRow, MetricSnapshot
from advocacy.models.base import Missing, db
from advocacy.models.fact import Fact

AHEAD = timedelta(days=1)  #: by so much it is later somewhere than in UTC, by whose days machines count

_KEY = ("activity_id", "metric", "day", "by_hand")
SNAPSHOT = (
    *(MetricSnapshot.activity_id, MetricSnapshot.metric),
    *(MetricSnapshot.day, MetricSnapshot.value, MetricSnapshot.by_hand),
)

News: TypeAlias = Mapping[int, Mapping[str, int]]
"""The numbers that are news, by the activity they are of."""


class Point(NamedTuple):
    """A number as it stood on a day; `by_hand` says that a person stated it."""

    day: date
    metric: str
    value: int
    by_hand: bool


class BadNumber(ValueError):
    """What was stated can be no number of that day; the words say why."""


def news_of(fact: Fact, known: Mapping[str, Any]) -> dict[str, int]:
    """What a fact tells of its numbers beyond those that stand beside the activity already."""
    return metrics.news(fact.activity.platform, known, fact.activity.metrics)


def snapshot(told: News, now: datetime) -> None:
    """Today's numbers: one snapshot per item, metric and day; the last reading of a day stands."""
    day = now.date()
    rows = [(key, metric, day, False, value) for key, numbers in told.items() for metric, value in numbers.items()]
    bulk.upsert(MetricSnapshot, (*_KEY, "value"), rows, _KEY, ("value",))


def renew(told: News, known: Mapping[int, Mapping[str, Any]]) -> None:
    """Put the newest numbers beside activities that were there already, with what was `known` of them."""
    if told:
        update = sa.update(ActivityRow).where(ActivityRow.id == sa.bindparam("row"))
        rows = [{"row": key, "new": {**known[key], **numbers}} for key, numbers in told.items()]
        db.session.connection().execute(update.values(metrics=sa.bindparam("new")), rows)


def by_hand(person_id: int, activity_id: int, metric: str, value: int | None, day: date, now: datetime) -> None:
    """State a number of one's own item (None takes it back), beside what machines tell and never changed by them.

    Raise BadNumber for what cannot be, Missing for what is not the person's.
    """
    metric = storable(" ".join(metric.split()), METRIC_LIMIT)
    if not metric or not 0 <= (value or 0) <= INT_LIMIT:
        raise BadNumber("give a number of 0 or more, and say of what it is")
    if not date(1995, 1, 1) <= day <= now.date() + AHEAD:
        raise BadNumber(f"{day.isoformat()} has not come yet, or is before all there is: give the day it was told")
    if db.session.get(ActivityPerson, (activity_id, person_id)) is None:
        raise Missing("there is no such activity of yours")
    one = MetricSnapshot
    here = sa.and_(one.activity_id == activity_id, one.metric == metric, one.day == day, one.by_hand.is_(True))
    db.session.execute(sa.delete(one).where(here), execution_options={"synchronize_session": False})
    if value is not None:
        bulk.insert(one, (*_KEY, "value"), [(activity_id, metric, day, True, value)])


def history(activity_id: int) -> list[Point]:
    """All that is known of an item's numbers, by metric and day; of a day that a person spoke of, the person's word."""
    found = told(sa.select(*SNAPSHOT).where(MetricSnapshot.activity_id == activity_id))
    return [
        Point(one.day, metric, one.value, one.by_hand)
        for (_, metric), snapshots in sorted(found.items())
        for one in metrics.standing(snapshots)
    ]


def told(query: sa.Executable) -> dict[tuple[int, str], list[Snapshot]]:
    """Snapshots, of a query for `SNAPSHOT`, by activity and metric."""
    found: dict[tuple[int, str], list[Snapshot]] = {}
    for activity_id, metric, *rest in db.session.execute(query):
        found.setdefault((activity_id, metric), []).append(Snapshot(*rest))
    return found
