"""Who was at a class: what was said, by whom and when, append-only; one's own word stands before anybody else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.training import How, Presence, Said, standing
from advocacy.models.base import Base, Missing, Row, db
from advocacy.models.people import Person
from advocacy.models.trainings.classes import Class


class Attendance(Base):
    """One word on one person and one class; what was taken back stays written."""

    __tablename__ = "attendance"
    __table_args__ = (sa.Index(None, "class_id", "person_id"), sa.Index(None, "person_id", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(sa.ForeignKey("training_class.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    presence: Mapped[Presence]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    how: Mapped[How] = mapped_column(default=How.PAGE, server_default=How.PAGE.value)
    taken_back_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Attendee:
    """What holds of one person, and who said so; `own`: they marked it themselves."""

    person_id: int
    name: str
    presence: Presence
    own: bool
    by: str
    how: How = How.PAGE


def say(class_id: int, person_id: int, presence: Presence, *, by: int, now: datetime, how: How = How.PAGE) -> None:
    """Say it of a person; raise Missing for who is not here."""
    if db.session.get(Person, person_id) is None:
        raise Missing("this colleague is not here any more")
    one = Attendance(class_id=class_id, person_id=person_id, presence=presence, by_id=by, at=now, how=how)
    db.session.add(one)
    db.session.flush()


def take_back(class_id: int, person_id: int, *, by: int, now: datetime) -> None:
    """Take back the last word that one said of a person."""
    one = Attendance
    here = (one.class_id == class_id, one.person_id == person_id, one.by_id == by, one.taken_back_at.is_(None))
    last = db.session.scalar(sa.select(one).where(*here).order_by(one.id.desc()).limit(1))
    if last is not None:
        last.taken_back_at = now
        db.session.flush()


def of(class_id: int) -> list[Attendee]:
    """Everybody of whom something holds, by name."""
    one, teller = Attendance, sa.orm.aliased(Person)
    query = (
        sa.select(one.person_id, Person.name, one.presence, one.by_id, one.how, teller.name.label("teller"))
        .join(Person, Person.id == one.person_id)
        .outerjoin(teller, teller.id == one.by_id)
        .where(one.class_id == class_id, one.taken_back_at.is_(None))
        .order_by(sa.func.lower(Person.name), one.person_id, one.id)
    )
    grouped: dict[int, list[Row]] = {}
    for row in db.session.execute(query):
        grouped.setdefault(row.person_id, []).append(row)
    return [_attendee(rows) for rows in grouped.values()]


def _attendee(rows: Sequence[Row]) -> Attendee:
    held = standing(Said(row.presence, row.by_id == row.person_id) for row in rows)
    assert held is not None
    told = [row for row in rows if (row.presence, row.by_id == row.person_id) == (held.presence, held.own)]
    return Attendee(rows[0].person_id, rows[0].name, held.presence, held.own, told[-1].teller or "", told[-1].how)


def mine(class_id: int, person_id: int) -> Attendee | None:
    """What holds of one person."""
    return next((one for one in of(class_id) if one.person_id == person_id), None)


def of_one(person_id: int, class_ids: Sequence[int]) -> dict[int, Said]:
    """What holds of one person in several classes."""
    one = Attendance
    query = sa.select(one.class_id, one.presence, one.by_id).where(one.person_id == person_id)
    query = query.where(one.class_id.in_(class_ids), one.taken_back_at.is_(None)).order_by(one.id)
    words: dict[int, list[Said]] = {}
    for class_id, presence, by in db.session.execute(query):
        words.setdefault(class_id, []).append(Said(presence, by == person_id))
    return {class_id: held for class_id, said in words.items() if (held := standing(said))}


def there(class_ids: Sequence[int]) -> dict[int, frozenset[int]]:
    """Who was at each of these classes, by whoever's word stands."""
    one, words = Attendance, dict[tuple[int, int], list[Said]]()
    query = sa.select(one.class_id, one.person_id, one.presence, one.by_id).where(one.class_id.in_(class_ids))
    for row in db.session.execute(query.where(one.taken_back_at.is_(None)).order_by(one.id)):
        said = Said(row.presence, row.by_id == row.person_id)
        words.setdefault((row.class_id, row.person_id), []).append(said)
    found: dict[int, set[int]] = {}
    for (class_id, person_id), some in words.items():
        held = standing(some)
        if held and held.presence is Presence.ATTENDED:
            found.setdefault(class_id, set()).add(person_id)
    return {class_id: frozenset(people) for class_id, people in found.items()}


def to_confirm(person_id: int) -> Sequence[Row]:
    """Classes at which others say the person was, of which the person has said nothing; the newest first.

    Rows have id, title, day, and `by`: who said so last.
    """
    one, own = Attendance, sa.orm.aliased(Attendance)
    spoken = sa.exists().where(
        own.class_id == one.class_id,
        own.person_id == person_id,
        own.by_id == person_id,
        own.presence.in_((Presence.ATTENDED, Presence.ABSENT)),  # to want to come says nothing of having been there
        own.taken_back_at.is_(None),
    )
    last = sa.select(sa.func.max(one.id)).where(one.person_id == person_id, one.taken_back_at.is_(None), ~spoken)
    query = (
        sa.select(Class.id, Class.title, Class.day, Person.name.label("by"))
        .join(one, one.class_id == Class.id)
        .outerjoin(Person, Person.id == one.by_id)
        .where(one.id.in_(last.group_by(one.class_id)), one.presence == Presence.ATTENDED)
        .order_by(Class.day.desc(), Class.id.desc())
    )
    return db.session.execute(query).all()
