"""Steps of anything that has a state: only added to; the last one that was not taken back is the one that holds."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from advocacy.models.base import Row, db
from advocacy.models.people import Person

Step = TypeVar("Step", bound=Any)


class NotNow(ValueError):
    """What cannot follow, or be taken back; the words say why."""


def take_back(step: type[Step], here: sa.ColumnElement[bool], now: datetime) -> Step | None:
    """Take the last of these steps back; the one before, which holds again. None: there is no other, and it stays."""
    query = sa.select(step).where(here, step.taken_back_at.is_(None)).order_by(step.id.desc()).limit(2)
    found: list[Step] = list(db.session.scalars(query))
    if len(found) < 2:
        return None
    found[0].taken_back_at = now
    return found[1]


def history(step: type[Step], here: sa.ColumnElement[bool], *more: Any) -> Sequence[Row]:
    """Every step ever said, the oldest first: state, note, at, taken_back_at, by_id, name, and what is asked for."""
    query = (
        sa.select(step.state, step.note, step.at, step.taken_back_at, step.by_id, Person.name, *more)
        .outerjoin(Person, Person.id == step.by_id)
        .where(here)
        .order_by(step.id)
    )
    return db.session.execute(query).all()
