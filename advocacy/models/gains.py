"""What the numbers of activities gained in a period: end less beginning, where both are known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from advocacy.domain import metrics
from advocacy.domain.period import Period
from advocacy.models.activities import ActivityPerson, MetricSnapshot
from advocacy.models.base import db
from advocacy.models.numbers import SNAPSHOT, told


@dataclass(frozen=True, slots=True)
class Gained:
    """What a person's items gained in a period by one metric; of `unknown` of them nobody can know."""

    value: int
    items: int
    unknown: int


def gained_in(person_id: int, period: Period) -> dict[str, Gained]:
    """What the numbers of all of a person's items came to in a period, by metric, as far as it is known."""
    mine = ActivityPerson
    query = sa.select(mine.activity_id, mine.day).where(mine.person_id == person_id, mine.day <= period.end)
    born = {row.activity_id: row.day for row in db.session.execute(query)}
    theirs = query.with_only_columns(mine.activity_id)
    sums: dict[str, list[int | None]] = {}
    for (_, metric), value in _gained(theirs, born, period).items():
        sums.setdefault(metric, []).append(value)
    return {metric: _sum(values) for metric, values in sorted(sums.items())}


def gained_of(born: Mapping[int, date], period: Period) -> dict[int, dict[str, int]]:
    """What some items gained in a period by metric, by their ids; only what is known, and not nothing."""
    found: dict[int, dict[str, int]] = {}
    for (activity_id, metric), value in sorted(_gained(list(born), born, period).items()) if born else ():
        if value:
            found.setdefault(activity_id, {})[metric] = value
    return found


def _sum(values: list[int | None]) -> Gained:
    known = [value for value in values if value is not None]
    return Gained(sum(known), len(known), len(values) - len(known))


def _gained(which: Any, born: Mapping[int, date], period: Period) -> dict[tuple[int, str], int | None]:
    return {
        (activity_id, metric): metrics.gained(snapshots, period.start, period.end, born[activity_id])
        for (activity_id, metric), snapshots in told(_around(which, period)).items()
    }


def _around(which: Any, period: Period) -> sa.Select[Any]:
    """Of each number only what decides: the last before the period, of its first day, and the last in it."""
    one = MetricSnapshot
    part = sa.case((one.day < period.start, 0), (one.day == period.start, 1), else_=2)
    order = sa.func.row_number().over(
        partition_by=(one.activity_id, one.metric, part), order_by=(one.day.desc(), one.by_hand.desc())
    )
    here = one.activity_id.in_(which), one.day <= period.end
    ranked = sa.select(*SNAPSHOT, order.label("place")).where(*here).subquery()
    return sa.select(*(ranked.c[column.key] for column in SNAPSHOT)).where(ranked.c.place == 1)
