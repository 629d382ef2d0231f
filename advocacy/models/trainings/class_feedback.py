"""What the attendees of a class said of it, as figures, and what was done about it."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.feedback import Figures
from advocacy.models.base import Base, db


class ClassFeedback(Base):
    """The figures of one class; stated anew, they say what they say now."""

    __tablename__ = "class_feedback"

    class_id: Mapped[int] = mapped_column(sa.ForeignKey("training_class.id", ondelete="CASCADE"), primary_key=True)
    asked: Mapped[int]
    answered: Mapped[int]
    score: Mapped[float | None]
    best: Mapped[int] = mapped_column(default=5)
    action: Mapped[str] = mapped_column(default="")
    day: Mapped[date]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime]


def of(class_id: int) -> ClassFeedback | None:
    """The figures of a class, if there are any."""
    return db.session.get(ClassFeedback, class_id)


def of_all(class_ids: Sequence[int]) -> dict[int, ClassFeedback]:
    """The figures of several classes, where there are any."""
    query = sa.select(ClassFeedback).where(ClassFeedback.class_id.in_(class_ids))
    return {one.class_id: one for one in db.session.scalars(query)}


def figures(one: ClassFeedback) -> Figures:
    """The stored figures as the value that is checked and told."""
    return Figures(asked=one.asked, answered=one.answered, score=one.score, best=one.best, action=one.action)


def state(class_id: int, said: Figures, day: date, *, by: int, now: datetime) -> None:
    """Keep the figures in the place of those before."""
    one = of(class_id) or ClassFeedback(class_id=class_id)
    one.asked, one.answered, one.score, one.best = said.asked, said.answered, said.score, said.best
    one.action, one.day, one.by_id, one.at = said.action, day, by, now
    db.session.add(one)
    db.session.flush()


def drop(class_id: int) -> None:
    """Take the figures away."""
    one = of(class_id)
    if one is not None:
        db.session.delete(one)
        db.session.flush()
