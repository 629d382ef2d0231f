"""One writer at a time for each person, where what is written depends on all that is theirs."""

from collections.abc import Collection

import sqlalchemy as sa

from advocacy.models.base import db
from advocacy.models.people import Person


def take(people: Collection[int]) -> None:
    """Wait until nobody else arranges what is these people's; it is ours until the transaction ends.

    Before any row of theirs is written, and in the order of their numbers, so that nobody waits in a circle. On
    SQLite whoever writes is alone already.
    """
    if people and db.session.get_bind().dialect.name != "sqlite":
        mine = sa.select(Person.id).where(Person.id.in_(people)).order_by(Person.id)
        db.session.execute(mine.with_for_update(key_share=True)).all()
