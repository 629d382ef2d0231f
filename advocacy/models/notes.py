"""Notes that a page put on somebody's timeline for them."""

import sqlalchemy as sa

from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.base import Missing, db


def own(activity_id: int, person_id: int, begins: str) -> None:
    """Raise Missing unless it is the person's and its ref begins so."""
    one, mine = ActivityRow, ActivityPerson
    query = (
        sa.select(one.id)
        .join(mine, mine.activity_id == one.id)
        .where(one.id == activity_id, mine.person_id == person_id, one.ref.startswith(begins, autoescape=True))
    )
    if db.session.scalar(query) is None:
        raise Missing("there is no such note of yours")
