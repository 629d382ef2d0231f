"""What wants the person's word: suggestions, and confirmed evidence that was edited since."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from advocacy.models.activities import ActivityRow
from advocacy.models.base import Row, db
from advocacy.models.evidence import Evidence, Verdict
from advocacy.models.generations import LIVE
from advocacy.models.snoozes import asleep
from advocacy.models.words import Word


def unsaid(person_id: int, today: date, *, put_off: bool = False) -> sa.ColumnElement[bool]:
    """The evidence that waits for the person's word, and was not put off beyond today; or that was."""
    sleeping = Evidence.activity_id.in_(asleep(person_id, today))
    return sa.and_(
        Evidence.person_id == person_id,
        Evidence.generation_id == LIVE.scalar_subquery(),
        Evidence.verdict.is_(None),
        sleeping if put_off else ~sleeping,
    )


def waiting(person_id: int, first: date, last: date, today: date) -> int:
    """How many activities of these days carry suggestions that wait for the person's word, as the inbox shows them."""
    query = sa.select(sa.func.count(Evidence.activity_id.distinct())).where(
        unsaid(person_id, today), Evidence.day.between(first, last)
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
