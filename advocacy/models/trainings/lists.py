"""What the page of trainings lists: classes given, attended and to come, paged by key, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeAlias

import sqlalchemy as sa

from advocacy.domain.training import ClassState, Presence, Said
from advocacy.models.base import Row, db
from advocacy.models.trainings import attendance, trainers
from advocacy.models.trainings.attendance import Attendance
from advocacy.models.trainings.classes import Class

SIZE = 50  #: classes on a page
MOST_PLANNED = 200
Place: TypeAlias = tuple[date, int]
"""The day and the number of the class where the page before ended."""


@dataclass(frozen=True, slots=True)
class Attended:
    """A class that the person was at, or was said to be at; `own` when they said so themselves."""

    id: int
    title: str
    day: date
    trainers: str
    external: bool
    presence: Presence
    own: bool


def given(
    person_id: int, words: str = "", after: Place | None = None, *, everything: bool = False
) -> tuple[list[Row], bool]:
    """Classes held by the person, and whether there are more; with how many attended."""
    there = Attendance
    attended = (
        sa.select(sa.func.count(sa.distinct(there.person_id)))
        .where(there.class_id == Class.id, there.presence == Presence.ATTENDED, there.taken_back_at.is_(None))
        .scalar_subquery()
    )
    query = sa.select(Class.id, Class.title, Class.day, Class.minutes, Class.with_support, attended.label("attended"))
    query = query.where(Class.state == ClassState.HELD, trainers.gives(person_id, Class.id))
    return _paged(query, words, after, everything)


def attended(
    person_id: int, words: str = "", after: Place | None = None, *, everything: bool = False
) -> tuple[list[Attended], bool]:
    """Classes that something is said of the person about, and whether there are more."""
    there = sa.exists().where(
        Attendance.class_id == Class.id, Attendance.person_id == person_id, Attendance.taken_back_at.is_(None)
    )
    query = sa.select(Class.id, Class.title, Class.day, Class.external)
    rows, is_more = _paged(query.where(there, Class.state == ClassState.HELD), words, after, everything)
    ids = [row.id for row in rows]
    return _attended(rows, attendance.of_one(person_id, ids), names(ids)), is_more


def _attended(rows: Sequence[Row], said: dict[int, Said], who: dict[int, str]) -> list[Attended]:
    found = [(row, said[row.id]) for row in rows if row.id in said]
    return [
        Attended(row.id, row.title, row.day, who.get(row.id, ""), row.external, one.presence, one.own)
        for row, one in found
    ]


def _paged(query: Any, words: str, after: Place | None, everything: bool) -> tuple[list[Row], bool]:
    query = query.order_by(Class.day.desc(), Class.id.desc())
    if words:
        query = query.where(sa.func.lower(Class.title).contains(words.lower(), autoescape=True))
    if after:
        query = query.where(sa.tuple_(Class.day, Class.id) < sa.tuple_(*map(sa.literal, after)))
    rows = list(db.session.execute(query if everything else query.limit(SIZE + 1)))
    return (rows, False) if everything else (rows[:SIZE], len(rows) > SIZE)


def planned(words: str = "") -> Sequence[Row]:
    """Classes that are still to come, those with a day first; everybody may see them."""
    query = (
        sa.select(Class.id, Class.title, Class.day, Class.place, Class.minutes, Class.with_support)
        .where(Class.state == ClassState.PLANNED)
        .order_by(Class.day.is_(None), Class.day, Class.id)
        .limit(MOST_PLANNED)
    )
    if words:
        query = query.where(sa.func.lower(Class.title).contains(words.lower(), autoescape=True))
    return db.session.execute(query).all()


def dated(first: date, end: date) -> Sequence[Class]:
    """Classes to come on days before `end`, from the day before `first` on: where others live it may be that day."""
    one, day = Class, timedelta(days=1)
    query = sa.select(one).where(one.state == ClassState.PLANNED, one.day.between(first - day, end))
    return db.session.scalars(query.order_by(one.day, one.id).limit(MOST_PLANNED)).all()


def undated() -> Sequence[Class]:
    """Classes whose day is open."""
    query = sa.select(Class).where(Class.state == ClassState.PLANNED, Class.day.is_(None))
    return db.session.scalars(query.order_by(Class.id).limit(MOST_PLANNED)).all()


def names(class_ids: Sequence[int]) -> dict[int, str]:
    """Who gives each, between commas; of whom it is not known yet, that they were asked."""
    found = trainers.of_all(class_ids)
    return {
        class_id: ", ".join(
            one.name if one.confirmed else f"{one.name} (asked)" for one in who if one.taken is not False
        )
        for class_id, who in found.items()
    }
