"""What people ask not to promote: one item, or everything of theirs; what is released stays released."""

import sqlalchemy as sa

from advocacy.models.activities import ActivityPerson
from advocacy.models.base import Missing, db
from advocacy.models.people import Person


def say(person_id: int, activity_id: int, *, quiet: bool) -> None:
    """Say of one's own item whether it may be promoted; raise Missing for others' items."""
    one = db.session.get(ActivityPerson, (activity_id, person_id), with_for_update=True)
    if one is None:
        raise Missing("there is no such item of yours")
    one.quiet = quiet


def say_of_all(person_id: int, *, quiet: bool) -> None:
    """Say whether anything of one's own may be promoted, whatever is said of single items."""
    db.session.execute(sa.update(Person).where(Person.id == person_id).values(quiet=quiet))


def said(person_id: int, activity_id: int) -> bool:
    """What the person said of an item of theirs."""
    mine = ActivityPerson
    query = sa.select(mine.quiet).where(mine.person_id == person_id, mine.activity_id == activity_id)
    return bool(db.session.scalar(query))


def count(person_id: int) -> int:
    """How many items the person asked not to promote."""
    mine = ActivityPerson
    return db.session.scalar(sa.select(sa.func.count()).where(mine.person_id == person_id, mine.quiet)) or 0
