"""Who is invited to a class, who is to hear of a change, and which invitations wait for an answer."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from advocacy.domain.training import ClassState, Presence
from advocacy.models.base import Row, db
from advocacy.models.people import Person
from advocacy.models.trainings import attendance, trainers
from advocacy.models.trainings.attendance import Attendance
from advocacy.models.trainings.classes import Class

NEAR = timedelta(hours=12)  #: no class takes longer


def invite(one: Class, person_ids: Collection[int], *, by: int, now: datetime) -> list[int]:
    """Invite who was not yet, and said nothing of it; those who are new."""
    there = {who.person_id for who in attendance.of(one.id)} | {who.person_id for who in trainers.of(one.id)}
    new = [person_id for person_id in dict.fromkeys(person_ids) if person_id not in there and person_id != one.by_id]
    for person_id in new:
        attendance.say(one.id, person_id, Presence.INVITED, by=by, now=now)
    return new


def to_tell(one: Class) -> list[int]:
    """Who hears when the class moves or is called off: the invited, those who come, its trainers; none who said no."""
    coming = [who.person_id for who in attendance.of(one.id) if who.presence in (Presence.INVITED, Presence.GOING)]
    teach = [who.person_id for who in trainers.of(one.id) if who.person_id is not None and who.taken is not False]
    return [person_id for person_id in dict.fromkeys((*teach, *coming)) if person_id != one.by_id]


def unanswered(person_id: int) -> Sequence[Row]:
    """Classes to come to which the person is invited and said nothing of: id, title, day, begins_at, by."""
    one, own = Attendance, sa.orm.aliased(Attendance)
    spoken = sa.exists().where(
        own.class_id == one.class_id,
        own.person_id == person_id,
        own.by_id == person_id,
        own.taken_back_at.is_(None),
    )
    query = (
        sa.select(Class.id, Class.title, Class.day, Class.begins_at, sa.func.max(Person.name).label("by"))
        .join(one, one.class_id == Class.id)
        .outerjoin(Person, Person.id == one.by_id)
        .where(one.person_id == person_id, one.presence == Presence.INVITED, one.taken_back_at.is_(None), ~spoken)
        .where(Class.state == ClassState.PLANNED)
        .group_by(Class.id, Class.title, Class.day, Class.begins_at)
        .order_by(Class.day.is_(None), Class.day, Class.id)
    )
    return db.session.execute(query).all()


def busy(person_ids: Collection[int], one: Class) -> dict[int, list[Row]]:
    """Other classes with an hour, on the day of this one or beside it, that these people come to or give."""
    if one.begins_at is None or one.day is None:
        return {}
    near = sa.and_(
        Class.id != one.id,
        Class.state == ClassState.PLANNED,
        Class.begins_at.between(one.begins_at - NEAR, one.begins_at + NEAR),
    )
    columns = (Class.id, Class.title, Class.begins_at, Class.minutes)
    coming = (
        sa.select(Attendance.person_id, *columns)
        .join(Attendance, Attendance.class_id == Class.id)
        .where(near, Attendance.person_id.in_(person_ids), Attendance.taken_back_at.is_(None))
        .where(Attendance.presence == Presence.GOING)
    )
    gives = trainers.ClassTrainer
    teaching = (
        sa.select(gives.person_id, *columns)
        .join(gives, gives.class_id == Class.id)
        .where(near, gives.person_id.in_(person_ids), gives.no_at.is_(None))
    )
    found: dict[int, list[Row]] = {}
    rows: Sequence[Row] = db.session.execute(sa.union(coming, teaching)).all()
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found
