"""What an item was confirmed for before it was edited."""

from collections.abc import Sequence

import sqlalchemy as sa

from advocacy.models.activities import ActivityRow
from advocacy.models.base import Missing, db
from advocacy.models.evidence import Verdict
from advocacy.models.words import Word


def of(activity_id: int, person_id: int) -> Sequence[int]:
    """The sentences whose word speaks of an earlier text; raise Missing when there is none, or it is not theirs."""
    query = (
        sa.select(Verdict.expectation_id)
        .join(ActivityRow, ActivityRow.id == Verdict.activity_id)
        .where(Verdict.activity_id == activity_id, Verdict.person_id == person_id, Verdict.word == Word.CONFIRMED)
        .where(Verdict.superseded_at.is_(None), Verdict.content_hash != ActivityRow.content_hash)
        .order_by(Verdict.expectation_id)
    )
    found = db.session.scalars(query).all()
    if not found:
        raise Missing("nothing that you confirmed of it was edited")
    return found
