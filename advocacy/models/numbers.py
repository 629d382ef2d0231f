"""The numbers of activities: what each stood at on a day, and the newest beside the activity."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from advocacy.models import bulk
from advocacy.models.activities import ActivityRow, MetricSnapshot
from advocacy.models.base import db
from advocacy.models.fact import Fact

_KEY = ("activity_id", "metric", "day", "by_hand")


def snapshot(facts: Sequence[Fact], ids: Mapping[bytes, int], now: datetime) -> None:
    """Today's numbers: one snapshot per item, metric and day; the last reading of a day stands."""
    day = now.date()
    rows = [
        (ids[fact.ref_hash], metric, day, False, value)
        for fact in facts
        for metric, value in fact.activity.metrics.items()
    ]
    bulk.upsert(MetricSnapshot, (*_KEY, "value"), rows, _KEY, ("value",))


def renew(facts: Sequence[Fact], ids: Mapping[bytes, int]) -> None:
    """Put the newest numbers beside activities that were there already."""
    if facts:
        update = sa.update(ActivityRow).where(ActivityRow.id == sa.bindparam("row"))
        rows = [{"row": ids[fact.ref_hash], "new": dict(fact.activity.metrics)} for fact in facts]
        db.session.connection().execute(update.values(metrics=sa.bindparam("new")), rows)
