"""Before what is released is read by topic or word, a few people of whom something changed are made anew."""

import sqlalchemy as sa

from advocacy.models import db, sqlite
from advocacy.models.findable import fold
from advocacy.models.findable.tables import FindableStale

AT_ONCE = 20  #: people for whom somebody waits; the others are found once the worker was there


def catch_up() -> None:
    """Let nobody wait for the worker: what was taken back this minute is gone, what was released is there.

    In a transaction of its own, before the page begins to read. When the database is busy the people stay stale, and
    are not found until it is done.
    """
    if db.session.scalar(sa.select(FindableStale.id).limit(1)) is None:
        return
    db.session.rollback()
    try:
        with sqlite.reading(only=False):
            fold.renew(AT_ONCE)
            db.session.commit()
    except sa.exc.OperationalError:
        db.session.rollback()
