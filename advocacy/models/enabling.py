"""What a person did so that others write: the evidence of the rule `writing`, confirmed or strong."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from advocacy.models.activities import ActivityRow
from advocacy.models.base import Row, db
from advocacy.models.evidence import Evidence
from advocacy.models.generations import LIVE
from advocacy.models.words import Word

RULE = "writing"
MOST = 50


def acts(person_id: int, first: date, last: date) -> Sequence[Row]:
    """What there is between two days, the newest first: activity_id, day, title, kind, confirmed."""
    seen, one = Evidence, ActivityRow
    confirmed = sa.func.coalesce(seen.verdict == Word.CONFIRMED, sa.false()).label("confirmed")
    query = (
        sa.select(seen.activity_id, seen.day, one.title, one.kind, confirmed)
        .join(one, one.id == seen.activity_id)
        .where(seen.person_id == person_id, seen.generation_id == LIVE.scalar_subquery(), seen.rule == RULE)
        .where(seen.day.between(first, last), sa.or_(seen.verdict.is_(None), seen.verdict != Word.REJECTED))
        .distinct()
        .order_by(seen.day.desc(), seen.activity_id.desc())
        .limit(MOST)
    )
    return db.session.execute(query).all()
