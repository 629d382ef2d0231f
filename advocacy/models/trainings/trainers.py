"""Who gives a class: whoever said so of themselves, colleagues who confirm it, and names from elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.training import ClassState
from advocacy.models.base import Base, Missing, Row, db
from advocacy.models.offers import Offer
from advocacy.models.people import Person
from advocacy.models.trainings.classes import Class


class ClassTrainer(Base):
    """A trainer of a class; without a person somebody from elsewhere. One's own word needs no offer."""

    __tablename__ = "class_trainer"
    __table_args__ = (sa.UniqueConstraint("class_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(sa.ForeignKey("training_class.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(default="")
    own: Mapped[bool] = mapped_column(default=False)  #: said by the trainer
    no_at: Mapped[datetime | None]  #: when the trainer said that they do not
    offer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("offer.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Trainer:
    """Somebody who gives a class; `taken` is a colleague's own answer, None while there is none."""

    id: int
    person_id: int | None
    name: str
    taken: bool | None
    own: bool = False  #: said on the page of the class, not by taking what was offered

    @property
    def confirmed(self) -> bool:
        """Whether they may be named: by their own word, or as somebody from elsewhere."""
        return self.taken is True or self.person_id is None


def put(class_id: int, person_id: int, now: datetime, *, own: bool = False) -> None:
    """Say that a person gives it; a colleague is asked. Twice is once."""
    one = ClassTrainer
    there = sa.select(one.id).where(one.class_id == class_id, one.person_id == person_id)
    if db.session.scalar(there) is None:
        db.session.add(one(class_id=class_id, person_id=person_id, own=own, at=now))
        db.session.flush()


def answer(class_id: int, person_id: int, gives: bool, now: datetime) -> None:
    """A trainer's own word that they give it, or do not; raise Missing for who is not named."""
    one = db.session.scalar(
        sa.select(ClassTrainer).where(ClassTrainer.class_id == class_id, ClassTrainer.person_id == person_id)
    )
    if one is None:
        raise Missing("you are not named as a trainer of it")
    one.own, one.no_at = gives, None if gives else now
    db.session.flush()


def unanswered(person_id: int) -> Sequence[Row]:
    """Classes that a person is named as a trainer of and said nothing of: id, title, day, begins_at, by."""
    one = ClassTrainer
    query = (
        sa.select(Class.id, Class.title, Class.day, Class.begins_at, Person.name.label("by"))
        .join(one, one.class_id == Class.id)
        .outerjoin(Person, Person.id == Class.by_id)
        .where(one.person_id == person_id, ~one.own, one.no_at.is_(None), one.offer_id.is_(None))
        .where(Class.state != ClassState.CANCELLED)
        .order_by(Class.day, Class.id)
    )
    return db.session.execute(query).all()


def name(class_id: int, words: str, now: datetime) -> None:
    """Name somebody from elsewhere."""
    db.session.add(ClassTrainer(class_id=class_id, name=words, at=now))
    db.session.flush()


def asked(trainer_id: int, offer: Offer) -> None:
    """Note by which offer a colleague answers."""
    db.session.get_one(ClassTrainer, trainer_id).offer_id = offer.id


def of(class_id: int) -> list[Trainer]:
    """Everybody who is named."""
    return of_all([class_id]).get(class_id, [])


def of_all(class_ids: Sequence[int]) -> dict[int, list[Trainer]]:
    """Everybody who is named, by class."""
    one = ClassTrainer
    answer = sa.case(
        (one.own, sa.true()), (one.no_at.is_not(None), sa.false()), (Offer.answered_at.is_not(None), Offer.taken)
    )
    query = (
        sa.select(one.class_id, one.id, one.person_id, sa.func.coalesce(Person.name, one.name), answer, one.own)
        .outerjoin(Person, Person.id == one.person_id)
        .outerjoin(Offer, Offer.id == one.offer_id)
        .where(one.class_id.in_(class_ids))
        .order_by(one.id)
    )
    found: dict[int, list[Trainer]] = {}
    for class_id, *rest in db.session.execute(query):
        found.setdefault(class_id, []).append(Trainer(*rest))
    return found


def gives(person_id: int, class_id: sa.SQLColumnExpression[int]) -> sa.ColumnElement[bool]:
    """Whether a person gives a class by their own word: for the `where` of a query on classes."""
    one = ClassTrainer
    taken = sa.exists().where(Offer.id == one.offer_id, Offer.taken, Offer.answered_at.is_not(None))
    return sa.exists().where(one.class_id == class_id, one.person_id == person_id, sa.or_(one.own, taken))
