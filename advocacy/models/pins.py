"""The pieces that a person puts first under a sentence: three at most, in the order in which they were chosen."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.activities import ActivityPerson
from advocacy.models.base import Base, Missing, db

MOST = 3


class Pin(Base):
    """That an activity is one of the person's best under a sentence."""

    __tablename__ = "pin"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    expectation_id: Mapped[int] = mapped_column(sa.ForeignKey("expectation.id"), primary_key=True)
    activity_id: Mapped[int] = mapped_column(
        sa.ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[datetime]


def put(person_id: int, expectation_id: int, activity_id: int, now: datetime) -> bool:
    """Pin it; False when three are there already. Raise Missing for what is not the person's."""
    if db.session.get(ActivityPerson, (activity_id, person_id)) is None:
        raise Missing("there is no such activity of yours")
    there = of(person_id, expectation_id)
    if activity_id in there:
        return True
    if len(there) >= MOST:
        return False
    db.session.add(Pin(person_id=person_id, expectation_id=expectation_id, activity_id=activity_id, at=now))
    return True


def take_off(person_id: int, expectation_id: int, activity_id: int) -> None:
    """Pin it no longer."""
    one = Pin
    here = one.person_id == person_id, one.expectation_id == expectation_id, one.activity_id == activity_id
    db.session.execute(sa.delete(one).where(*here))


def of(person_id: int, expectation_id: int) -> list[int]:
    """The pinned activities of one sentence, the first chosen first."""
    return all_of(person_id, [expectation_id]).get(expectation_id, [])


def all_of(person_id: int, expectation_ids: Sequence[int] | None = None) -> dict[int, list[int]]:
    """The pinned activities of every sentence, or of these."""
    one = Pin
    query = sa.select(one.expectation_id, one.activity_id).where(one.person_id == person_id)
    if expectation_ids is not None:
        query = query.where(one.expectation_id.in_(expectation_ids))
    found: dict[int, list[int]] = {}
    for expectation_id, activity_id in db.session.execute(query.order_by(one.at, one.activity_id)):
        found.setdefault(expectation_id, []).append(activity_id)
    return found
