"""Who said what of an activity, and when: nothing of it is ever changed, what holds is what was said last."""

from collections.abc import Sequence

import sqlalchemy as sa

from advocacy.models.activities import ActivityRow
from advocacy.models.base import Row, db
from advocacy.models.evidence import Verdict
from advocacy.models.ladders import Expectation, RolePageRow, Wording
from advocacy.models.people import Person
from advocacy.models.words import Word


def of(activity_id: int, person_id: int) -> Sequence[Row]:
    """The words on a person's activity, the newest first: (sentence, word, facet, reason, by, at, holds, edited).

    `edited` marks a confirmation that holds and speaks of an earlier text.
    """
    one, said, page = Verdict, Wording, RolePageRow
    query = (
        sa.select(one.expectation_id, said.text.label("sentence"), one.word, one.facet, one.reason)
        .add_columns(Person.name.label("by"), one.by_id, one.at, one.superseded_at.is_(None).label("holds"))
        .add_columns(_edited().label("edited"))
        .join(Expectation, Expectation.id == one.expectation_id)
        .join(page, page.id == Expectation.page_id)
        .outerjoin(said, sa.and_(said.expectation_id == one.expectation_id, said.version_id == page.current_id))
        .outerjoin(Person, Person.id == one.by_id)
        .join(ActivityRow, ActivityRow.id == one.activity_id)
        .where(one.activity_id == activity_id, one.person_id == person_id)
        .order_by(one.id.desc())
    )
    return db.session.execute(query).all()


def _edited() -> sa.ColumnElement[bool]:
    one, now = Verdict, ActivityRow
    holds = sa.and_(one.superseded_at.is_(None), one.word == Word.CONFIRMED)
    return sa.and_(holds, one.content_hash != now.content_hash, now.deleted_at.is_(None))
