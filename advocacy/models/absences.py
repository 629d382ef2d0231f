"""Leave and time on hold: days that lower the targets, and that nobody has to give a reason for."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from advocacy.models.base import Missing, db
from advocacy.models.people import Absence


def of(person_id: int) -> Sequence[Absence]:
    """All stretches, the newest first."""
    query = sa.select(Absence).where(Absence.person_id == person_id)
    return db.session.scalars(query.order_by(Absence.since.desc(), Absence.id.desc())).all()


def note(person_id: int, since: date, until: date) -> None:
    """Keep a stretch; the same one twice changes nothing."""
    same = Absence.person_id == person_id, Absence.since == since, Absence.until == until
    if not db.session.scalar(sa.select(Absence.id).where(*same)):
        db.session.add(Absence(person_id=person_id, since=since, until=until))


def remove(person_id: int, absence_id: int) -> tuple[date, date]:
    """Take a stretch away, and give what it was; raise Missing for what is not the person's."""
    one = db.session.get(Absence, absence_id)
    if one is None or one.person_id != person_id:
        raise Missing("there is no such stretch of yours")
    db.session.delete(one)
    return one.since, one.until
