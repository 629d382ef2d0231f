"""Evidence of what had to be scrubbed: it cannot be derived anew, so it is carried along as it is."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from advocacy.models.activities import ActivityRow
from advocacy.models.base import db
from advocacy.models.evidence import Evidence
from advocacy.models.generations import LIVE

_IN_BULK = {"synchronize_session": False}


def frozen(activity_ids: Collection[int]) -> set[int]:
    """Those of the activities that are without their text: deleted where they were posted, or dropped for now."""
    if not activity_ids:
        return set()
    one = ActivityRow
    scrubbed = sa.or_(one.deleted_at.is_not(None), one.dropped_at.is_not(None))
    return set(db.session.scalars(sa.select(one.id).where(one.id.in_(activity_ids), scrubbed)))


def carry(activity_ids: set[int], generations: Sequence[int]) -> set[int]:
    """Copy their live evidence, verdicts and all, into the generations that are being filled; the same ids."""
    if not activity_ids:
        return set()
    live = db.session.scalar(LIVE)
    for generation in generations:
        if generation != live:
            _copy(activity_ids, live, generation)
    return activity_ids


def _copy(activity_ids: set[int], live: int | None, generation: int) -> None:
    one = Evidence.metadata.tables["evidence"]
    here = one.c.activity_id.in_(activity_ids)
    db.session.execute(sa.delete(one).where(here, one.c.generation_id == generation), execution_options=_IN_BULK)
    columns = [column for column in one.columns if column.name not in ("id", "generation_id")]
    found = sa.select(sa.literal(generation), *columns).where(here, one.c.generation_id == live)
    db.session.execute(sa.insert(one).from_select(["generation_id", *(column.name for column in columns)], found))
