"""A person's word on works: this stands for itself, this belongs there; taken back, the machine folds as before."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from advocacy.models import turns, works
from advocacy.models.activities import ActivityPerson, ActivityRow, WorkChoice
from advocacy.models.base import Missing, db


class BadChoice(ValueError):
    """What was asked of works makes no sense; the words say why."""


def split(person_id: int, activity_id: int, now: datetime) -> None:
    """The activity is something of its own; raise Missing when it is not the person's."""
    _own(person_id, activity_id)
    _say(person_id, [activity_id], None, now)
    works.refold([activity_id])


def merge(person_id: int, activity_id: int, with_id: int, now: datetime) -> None:
    """The activity, with all that stands in one work with it, is the same work as another of the person's.

    What the machine would fold by itself, were it not for a word before, needs no new one: the word is taken back.
    Raise BadChoice for what cannot be, Missing for what is not the person's.
    """
    _own(person_id, activity_id, with_id)
    if activity_id == with_id:
        raise BadChoice("an item is always one work with itself: choose another")
    if _are_one(activity_id, with_id):
        return
    if taken := _take_back(person_id, [activity_id], now):
        works.refold(taken)
        if _are_one(activity_id, with_id):
            return
    mine = _mates(person_id, activity_id)
    _say(person_id, mine, with_id, now)
    works.refold([*mine, with_id])


def undo(person_id: int, activity_id: int, now: datetime) -> bool:
    """Take the person's word back, and what was said of others by the same act; False: there was none in force."""
    _own(person_id, activity_id)
    taken = _take_back(person_id, [activity_id], now)
    works.refold(taken)
    return bool(taken)


def in_force(person_id: int, activity_id: int) -> WorkChoice | None:
    """What the person said of the activity."""
    said = WorkChoice
    mine = sa.and_(said.person_id == person_id, said.activity_id == activity_id, said.superseded_at.is_(None))
    return db.session.scalar(sa.select(said).where(mine))


def _own(person_id: int, *activity_ids: int) -> None:
    """These are the person's, and nobody arranges what is theirs meanwhile."""
    turns.take([person_id])
    mine = ActivityPerson
    query = sa.select(mine.activity_id).where(mine.person_id == person_id, mine.activity_id.in_(activity_ids))
    if set(db.session.scalars(query)) != set(activity_ids):
        raise Missing("there is no such activity of yours")


def _are_one(one: int, other: int) -> bool:
    query = sa.select(ActivityRow.work_id).where(ActivityRow.id.in_([one, other]))
    leads = list(db.session.scalars(query))
    return leads[0] is not None and leads[0] == leads[1]


def _mates(person_id: int, activity_id: int) -> list[int]:
    """The activity and all of the person's in one work with it."""
    one, mine = ActivityRow, ActivityPerson
    lead = sa.select(one.work_id).where(one.id == activity_id).scalar_subquery()
    query = (
        sa.select(one.id)
        .join(mine, sa.and_(mine.activity_id == one.id, mine.person_id == person_id))
        .where(sa.or_(one.id == activity_id, one.work_id == lead))
    )
    return sorted(db.session.scalars(query))


def _say(person_id: int, activity_ids: Collection[int], with_id: int | None, now: datetime) -> None:
    _supersede(person_id, activity_ids, now)
    said = [{"activity_id": one, "person_id": person_id, "with_id": with_id, "at": now} for one in activity_ids]
    db.session.execute(sa.insert(WorkChoice), said)


def _take_back(person_id: int, activity_ids: Collection[int], now: datetime) -> list[int]:
    """Take back what is in force of these, and of all that the same acts spoke of; of which activities that was."""
    said, act = WorkChoice, sa.orm.aliased(WorkChoice)
    same_act = sa.and_(act.person_id == said.person_id, act.at == said.at, act.with_id == said.with_id)
    query = (
        sa.select(said.activity_id)
        .join(act, sa.or_(act.id == said.id, same_act))
        .where(said.person_id == person_id, said.superseded_at.is_(None))
        .where(act.activity_id.in_(activity_ids), act.superseded_at.is_(None))
    )
    spoken = sorted(set(db.session.scalars(query)))
    _supersede(person_id, spoken, now)
    return spoken


def _supersede(person_id: int, activity_ids: Collection[int], now: datetime) -> None:
    here = WorkChoice.person_id == person_id, WorkChoice.activity_id.in_(activity_ids)
    before = sa.update(WorkChoice).where(*here, WorkChoice.superseded_at.is_(None)).values(superseded_at=now)
    db.session.execute(before, execution_options={"synchronize_session": False})
