"""What somebody said of somebody else: it is theirs only when they take it."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.activities import ActivityRow
from advocacy.models.base import Base, Missing, Row, db
from advocacy.models.people import Person
from advocacy.models.words import Part


class Offer(Base):
    """That an activity is said to be a person's, too: a co-speaker, somebody who was there, a colleague's help."""

    __tablename__ = "offer"
    __table_args__ = (
        sa.UniqueConstraint("activity_id", "to_id"),
        sa.Index(None, "to_id", "answered_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(sa.ForeignKey("activity.id", ondelete="CASCADE"))
    to_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    part: Mapped[Part]
    words: Mapped[str] = mapped_column(default="")  #: what it is offered as, in a sentence
    at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    taken: Mapped[bool] = mapped_column(default=False)


def offer(activity_id: int, to_id: int, part: Part, words: str, *, by: int, now: datetime) -> Offer:
    """Offer an activity to a person; what was offered before, answered or not, stands as it is."""
    query = sa.select(Offer).where(Offer.activity_id == activity_id, Offer.to_id == to_id)
    there = db.session.scalar(query)
    if there is not None:
        return there
    made = Offer(activity_id=activity_id, to_id=to_id, by_id=by, part=part, words=words, at=now)
    db.session.add(made)
    db.session.flush()
    return made


def waiting(person_id: int) -> Sequence[Row]:
    """What waits for the person's answer, the oldest first, with what it is and who said it."""
    one, who, what = Offer, Person, ActivityRow
    query = (
        sa.select(one.id, one.activity_id, one.part, one.words, who.name.label("by"), one.at)
        .add_columns(what.kind, what.title, what.text, what.at.label("done_at"))
        .join(what, what.id == one.activity_id)
        .outerjoin(who, who.id == one.by_id)
        .where(one.to_id == person_id, one.answered_at.is_(None))
        .order_by(one.at, one.id)
    )
    return db.session.execute(query).all()


def answer(offer_id: int, person_id: int, *, taken: bool, now: datetime) -> Offer:
    """Take it, or leave it: the answer is theirs to change; raise Missing for what was not offered to them.

    That a taken one becomes theirs, and one left again does not stay so, is for the caller to see to
    (`recording.join`, `recording.leave`).
    """
    one = _of(offer_id, person_id)
    one.answered_at, one.taken = now, taken
    return one


def withdraw(activity_id: int, to_id: int) -> None:
    """Whoever said it takes it back: nothing waits, and nothing was answered."""
    mine = sa.and_(Offer.activity_id == activity_id, Offer.to_id == to_id)
    db.session.execute(sa.delete(Offer).where(mine), execution_options={"synchronize_session": False})


def ask_again(offer_id: int, person_id: int) -> Offer:
    """Take the answer back: it waits again, and whether it had been taken is still told by what is returned."""
    one = _of(offer_id, person_id)
    one.answered_at = None
    return one


def _of(offer_id: int, person_id: int) -> Offer:
    query = sa.select(Offer).where(Offer.id == offer_id, Offer.to_id == person_id)
    one = db.session.scalar(query.with_for_update())
    if one is None:
        raise Missing("nothing of the kind was offered to you")
    return one
