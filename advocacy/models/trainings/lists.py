"""What the page of trainings lists: classes of mine, classes to come, and the board of requests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from advocacy.domain.answer import Answer
from advocacy.domain.training import ClassState, Origin, Presence, RequestState, Said, is_forgotten
from advocacy.models.base import Row, db
from advocacy.models.people import Person
from advocacy.models.trainings import attendance
from advocacy.models.trainings.attendance import Attendance
from advocacy.models.trainings.classes import Class
from advocacy.models.trainings.requests import RequestVote, TrainingRequest
from advocacy.models.trainings.trainers import ClassTrainer

SIZE = 50


@dataclass(frozen=True, slots=True)
class Attended:
    """A class that the person was at, or was said to be at; `own` when they said so themselves."""

    id: int
    title: str
    day: date | None
    trainers: str
    external: bool
    presence: Presence
    own: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """A request on the board, with its votes; `voted`: the person's own is among them."""

    id: int
    what: str
    about: str
    origin: Origin
    day: date
    state: RequestState
    by: str
    votes: int
    voted: bool
    class_id: int | None
    forgotten: bool


def given(person_id: int, after: tuple[date, int] | None = None, size: int | None = SIZE) -> tuple[Sequence[Row], bool]:
    """Classes held by the person, the newest first, and whether there are more; with how many attended."""
    one, there = ClassTrainer, Attendance
    attended = (
        sa.select(sa.func.count(sa.distinct(there.person_id)))
        .where(there.class_id == Class.id, there.presence == Presence.ATTENDED, there.taken_back_at.is_(None))
        .scalar_subquery()
    )
    query = (
        sa.select(Class.id, Class.title, Class.day, Class.minutes, Class.with_support, attended.label("attended"))
        .join(one, sa.and_(one.class_id == Class.id, one.person_id == person_id, one.answer == Answer.CONFIRMED))
        .where(Class.state == ClassState.HELD)
    )
    return _paged(query, after, size)


def attended(
    person_id: int, after: tuple[date, int] | None = None, size: int | None = SIZE
) -> tuple[list[Attended], bool]:
    """Classes that something is said of the person about, the newest first, and whether there are more."""
    there = sa.exists().where(
        Attendance.class_id == Class.id, Attendance.person_id == person_id, Attendance.taken_back_at.is_(None)
    )
    query = sa.select(Class.id, Class.title, Class.day, Class.external)
    rows, is_more = _paged(query.where(there, Class.state == ClassState.HELD), after, size)
    ids = [row.id for row in rows]
    held, who = attendance.of_people(person_id, ids), _trainers(ids)
    said = {row.id: held.get(row.id, Said(Presence.INVITED, False)) for row in rows}
    found = [
        Attended(
            *(row.id, row.title, row.day, who.get(row.id, ""), row.external), said[row.id].presence, said[row.id].own
        )
        for row in rows
    ]
    return found, is_more


def _paged(query: Any, after: tuple[date, int] | None, size: int | None) -> tuple[Sequence[Row], bool]:
    query = query.order_by(Class.day.desc(), Class.id.desc())
    if after:
        query = query.where(sa.tuple_(Class.day, Class.id) < sa.tuple_(*map(sa.literal, after)))
    rows = db.session.execute(query if size is None else query.limit(size + 1)).all()
    return (rows, False) if size is None else (rows[:size], len(rows) > size)


def planned(person_id: int) -> Sequence[Row]:
    """Classes of the company that are still to come, those with a day first; `trainers` are their names."""
    query = (
        sa.select(Class.id, Class.title, Class.day, Class.place, Class.minutes, Class.with_support)
        .where(Class.state == ClassState.PLANNED, Class.owner_id.is_(None))
        .order_by(Class.day.is_(None), Class.day, Class.id)
        .limit(100)
    )
    return db.session.execute(query).all()


def trainers_of(class_ids: Sequence[int]) -> dict[int, str]:
    """The names of who gives each, between commas."""
    return _trainers(class_ids)


def _trainers(class_ids: Sequence[int]) -> dict[int, str]:
    one = ClassTrainer
    query = (
        sa.select(one.class_id, sa.func.coalesce(Person.name, one.name))
        .outerjoin(Person, Person.id == one.person_id)
        .where(one.class_id.in_(class_ids), one.answer == Answer.CONFIRMED)
        .order_by(one.id)
    )
    names: dict[int, list[str]] = {}
    for class_id, name in db.session.execute(query):
        names.setdefault(class_id, []).append(name)
    return {class_id: ", ".join(found) for class_id, found in names.items()}


def board(person_id: int, now: datetime, state: RequestState | None, words: str = "") -> list[Wish]:
    """The requests in a state (None: all), those with most votes first; of equals the older first."""
    one, ballot, goal = TrainingRequest, RequestVote, sa.orm.aliased(TrainingRequest)
    of_both = sa.or_(goal.id == one.id, goal.merged_into_id == one.id)
    cast = sa.select(ballot.person_id).join(goal, goal.id == ballot.request_id).where(of_both)
    votes = sa.select(sa.func.count(sa.distinct(ballot.person_id))).join(goal, goal.id == ballot.request_id)
    query = (
        sa.select(one.id, one.what, one.about, one.origin, one.day, one.state, one.class_id, one.touched_at)
        .add_columns(sa.func.coalesce(Person.name, "").label("by"))
        .add_columns(votes.where(of_both).correlate(one).scalar_subquery().label("votes"))
        .add_columns(cast.where(ballot.person_id == person_id).correlate(one).exists().label("voted"))
        .outerjoin(Person, Person.id == one.by_id)
        .limit(200)
    )
    if state:
        query = query.where(one.state == state)
    if words:
        query = query.where(sa.func.lower(one.what + " " + one.about).contains(words.lower(), autoescape=True))
    rows = db.session.execute(query.order_by(sa.desc("votes"), one.day, one.id))
    return [_wish(row, now) for row in rows]


def _wish(row: Row, now: datetime) -> Wish:
    forgotten = is_forgotten(row.touched_at.date(), now.date(), row.state)
    told = (row.id, row.what, row.about, row.origin, row.day, row.state, row.by, row.votes)
    return Wish(*told, voted=bool(row.voted), class_id=row.class_id, forgotten=forgotten)


def counts() -> dict[RequestState, int]:
    """How many requests stand in each state."""
    query = sa.select(TrainingRequest.state, sa.func.count()).group_by(TrainingRequest.state)
    found: dict[RequestState, int] = {row[0]: row[1] for row in db.session.execute(query)}
    return {state: found[state] for state in RequestState if state in found}
