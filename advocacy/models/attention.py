"""What wants the person's word: suggestions, and confirmed evidence that was edited since."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from advocacy.models.activities import ActivityRow
from advocacy.models.base import Row, db
from advocacy.models.evidence import Evidence, Verdict
from advocacy.models.generations import LIVE
from advocacy.models.words import Word


def waiting(person_id: int, first: date, last: date) -> int:
    """How many activities carry suggestions that wait for the person's word."""
    query = sa.select(sa.func.count(Evidence.activity_id.distinct())).where(
        Evidence.person_id == person_id,
        Evidence.generation_id == LIVE.scalar_subquery(),
        Evidence.day.between(first, last),
        Evidence.verdict.is_(None),
    )
    return db.session.scalar(query) or 0


def edited(person_id: int) -> Sequence[Row]:
    """Activities that changed after the person confirmed them: (activity_id, expectation_id, title)."""
    query = (
        sa.select(Verdict.activity_id, Verdict.expectation_id, ActivityRow.title)
        .join(ActivityRow, ActivityRow.id == Verdict.activity_id)
        .where(
            Verdict.person_id == person_id,
            Verdict.word == Word.CONFIRMED,
            Verdict.superseded_at.is_(None),
            Verdict.content_hash != ActivityRow.content_hash,
            ActivityRow.deleted_at.is_(None),
        )
        .order_by(Verdict.activity_id)
    )
    return db.session.execute(query).all()
