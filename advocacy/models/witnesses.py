"""Who else was there: a person asks a colleague, and only the colleague answers."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.base import Base, Missing, Row, db
from advocacy.models.people import Person


class Witness(Base):
    """That somebody was asked whether they saw what a person says they did, and what they answered."""

    __tablename__ = "witness"
    __table_args__ = (
        sa.UniqueConstraint("activity_id", "person_id", "witness_id"),
        sa.Index(None, "witness_id", "answered_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(sa.ForeignKey("activity.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    witness_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    question: Mapped[str]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    saw: Mapped[bool | None]  #: None with an answer: taken back
    words: Mapped[str] = mapped_column(default="")


def ask(activity_id: int, person_id: int, witness_id: int, question: str, now: datetime) -> bool:
    """Ask a colleague; False when they were asked before. Raise Missing for what is not the person's."""
    if db.session.get(ActivityPerson, (activity_id, person_id)) is None:
        raise Missing("there is no such activity of yours")
    one = Witness
    before = one.activity_id == activity_id, one.person_id == person_id, one.witness_id == witness_id
    if db.session.scalar(sa.select(one.id).where(*before)) is not None:
        return False
    db.session.add(
        Witness(activity_id=activity_id, person_id=person_id, witness_id=witness_id, question=question, asked_at=now)
    )
    return True


def answer(ask_id: int, witness_id: int, *, saw: bool | None, words: str, now: datetime) -> Witness:
    """Say whether one was there; theirs to change. Raise Missing for what was not asked of them."""
    one = db.session.scalar(sa.select(Witness).where(Witness.id == ask_id).with_for_update())
    if one is None or one.witness_id != witness_id:
        raise Missing("nothing of the kind was asked of you")
    one.saw, one.words, one.answered_at = saw, words, now if saw is not None else None
    return one


def asked_of(witness_id: int) -> Sequence[Row]:
    """All that was asked of a person: what waits first, then the newest answers."""
    one, what = Witness, ActivityRow
    query = (
        sa.select(one.id, one.question, one.asked_at, one.answered_at, one.saw, one.words, Person.name.label("by"))
        .add_columns(what.kind, what.platform, what.title, what.text, what.channel, what.at)
        .join(what, what.id == one.activity_id)
        .join(Person, Person.id == one.person_id)
        .where(one.witness_id == witness_id)
        .order_by(one.answered_at.is_not(None), one.answered_at.desc(), one.asked_at, one.id)
        .limit(100)
    )
    return db.session.execute(query).all()


def waiting(witness_id: int) -> int:
    """How many questions wait for a person's answer."""
    count = sa.select(sa.func.count()).where(Witness.witness_id == witness_id, Witness.answered_at.is_(None))
    return db.session.scalar(count) or 0


def of(person_id: int, activity_ids: Collection[int]) -> dict[int, Sequence[Row]]:
    """Who was asked about these items of a person, and what they said."""
    one = Witness
    query = sa.select(one.id, one.activity_id, Person.name, one.asked_at, one.answered_at, one.saw, one.words)
    query = query.join(Person, Person.id == one.witness_id)
    query = query.where(one.person_id == person_id, one.activity_id.in_(list(activity_ids)))
    found: dict[int, list[Row]] = {}
    for row in db.session.execute(query.order_by(one.asked_at, one.id)) if activity_ids else ():
        found.setdefault(row.activity_id, []).append(row)
    return dict(found)
