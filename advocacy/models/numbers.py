"""The numbers of activities: what each stood at on a day, and the newest beside the activity."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from advocacy.models.activities import ActivityRow, MetricSnapshot
from advocacy.models.base import db
from advocacy.models.fact import Fact
from advocacy.models.upsert import upsert


def snapshot(facts: Sequence[Fact], ids: Mapping[bytes, int], now: datetime) -> None:
    """Today's numbers: one snapshot per item, metric and day; the last reading of a day stands."""
    rows = [
        {"activity_id": ids[f.ref_hash], "metric": metric, "day": now.date(), "by_hand": False, "value": value}
        for f in facts
        for metric, value in f.activity.metrics.items()
    ]
    upsert(MetricSnapshot, rows, ["activity_id", "metric", "day", "by_hand"], ["value"])
    for fact in facts:
        db.session.execute(
            sa.update(ActivityRow)
            .where(ActivityRow.id == ids[fact.ref_hash])
            .values(metrics=dict(fact.activity.metrics))
        )
