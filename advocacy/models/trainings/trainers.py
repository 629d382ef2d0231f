"""Who gives a class: whoever said so of themselves, colleagues who were named by them, and names from elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.answer import Answer
from advocacy.models.base import Base, Missing, Row, db
from advocacy.models.people import Person
from advocacy.models.trainings.classes import Class


class ClassTrainer(Base):
    """A trainer of a class; without a person somebody from elsewhere."""

    __tablename__ = "class_trainer"
    __table_args__ = (sa.UniqueConstraint("class_id", "person_id"), sa.Index(None, "person_id", "answer"))

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(sa.ForeignKey("training_class.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(default="")
    answer: Mapped[Answer]
    at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Trainer:
    """Somebody who gives a class, or was said to."""

    id: int
    person_id: int | None
    name: str
    answer: Answer


def put(class_id: int, person_id: int, answer: Answer, now: datetime) -> None:
    """Say that a person gives it; a colleague is asked, one's own word is an answer. Twice is once."""
    one = ClassTrainer
    there = db.session.scalar(sa.select(one.id).where(one.class_id == class_id, one.person_id == person_id))
    if there is None:
        if db.session.get(Person, person_id) is None:
            raise Missing("this colleague is not here any more")
        db.session.add(one(class_id=class_id, person_id=person_id, answer=answer, at=now))
        db.session.flush()


def name(class_id: int, words: str, now: datetime) -> None:
    """Name somebody from elsewhere."""
    db.session.add(ClassTrainer(class_id=class_id, name=words, answer=Answer.CONFIRMED, at=now))
    db.session.flush()


def answer(class_id: int, person_id: int, word: Answer, now: datetime) -> None:
    """Take it, or leave it; raise Missing for who was not named."""
    one = ClassTrainer
    query = sa.select(one).where(one.class_id == class_id, one.person_id == person_id)
    found = db.session.scalar(query.with_for_update())
    if found is None:
        raise Missing("nobody said that you give this class")
    found.answer, found.answered_at = word, now
    db.session.flush()


def of(class_id: int) -> list[Trainer]:
    """Everybody who is named."""
    one = ClassTrainer
    query = (
        sa.select(one.id, one.person_id, sa.func.coalesce(Person.name, one.name), one.answer)
        .outerjoin(Person, Person.id == one.person_id)
        .where(one.class_id == class_id)
        .order_by(one.id)
    )
    return [Trainer(*row) for row in db.session.execute(query)]


def gives(class_id: int, person_id: int) -> bool:
    """Whether the person is one of its trainers, by their own word."""
    one = ClassTrainer
    query = sa.select(one.id).where(one.class_id == class_id, one.person_id == person_id)
    return db.session.scalar(query.where(one.answer == Answer.CONFIRMED)) is not None


def waiting(person_id: int) -> Sequence[Row]:
    """Classes of which the person was said to be a trainer and has not answered, the oldest first."""
    one = ClassTrainer
    query = (
        sa.select(Class.id, Class.title, Class.state, Class.day, Person.name.label("by"), one.at)
        .join(Class, Class.id == one.class_id)
        .outerjoin(Person, Person.id == Class.by_id)
        .where(one.person_id == person_id, one.answer == Answer.ASKED)
        .order_by(one.at, one.id)
    )
    return db.session.execute(query).all()
