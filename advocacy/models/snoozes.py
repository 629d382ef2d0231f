"""What a person put off until a day: it waits for their word again from then on."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.base import Base, db

_IN_BULK = {"synchronize_session": False}


class Snooze(Base):
    """That an activity is not to be shown as waiting before a day, where its person lives."""

    __tablename__ = "snooze"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    activity_id: Mapped[int] = mapped_column(
        sa.ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    until: Mapped[date]


def put(person_id: int, days: Mapping[int, date | None]) -> None:
    """Put these activities off until these days; None lets one wait again."""
    mine = sa.and_(Snooze.person_id == person_id, Snooze.activity_id.in_(days))
    db.session.execute(sa.delete(Snooze).where(mine), execution_options=_IN_BULK)
    rows = [{"person_id": person_id, "activity_id": number, "until": until} for number, until in days.items() if until]
    if rows:
        db.session.execute(sa.insert(Snooze), rows)


def of(person_id: int, activity_ids: Collection[int]) -> dict[int, date]:
    """Until when these are put off; what is not put off is not named."""
    query = sa.select(Snooze.activity_id, Snooze.until).where(Snooze.person_id == person_id)
    return {row[0]: row[1] for row in db.session.execute(query.where(Snooze.activity_id.in_(activity_ids)))}


def asleep(person_id: int, today: date) -> sa.Select[Any]:
    """The activities that are put off beyond today, to be left out of what waits."""
    return sa.select(Snooze.activity_id).where(Snooze.person_id == person_id, Snooze.until > today)


def count(person_id: int, today: date) -> int:
    """How many are put off, and how soon the first comes back is for the list to tell."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(asleep(person_id, today).subquery())) or 0
