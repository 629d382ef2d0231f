"""What attendees answer to three questions on a class: read by who gave it only as a whole, and never by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.base import Base, Row, db

FEWEST = 5  #: answers below which what was said could be told apart by who said it


class ClassAnswer(Base):
    """One attendee's answers."""

    __tablename__ = "class_answer"

    class_id: Mapped[int] = mapped_column(sa.ForeignKey("training_class.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    useful: Mapped[int]  #: 1 to 5
    will_use: Mapped[str] = mapped_column(default="")
    to_change: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Answers:
    """How many answered; the rest is empty while there are fewer than five."""

    count: int
    mean: float | None = None
    will_use: Sequence[str] = ()
    to_change: Sequence[str] = ()


def mine(class_id: int, person_id: int) -> ClassAnswer | None:
    """What the person answered."""
    return db.session.get(ClassAnswer, (class_id, person_id))


def give(class_id: int, person_id: int, useful: int, will_use: str, to_change: str, now: datetime) -> None:
    """Answer, or answer anew."""
    one = mine(class_id, person_id) or ClassAnswer(class_id=class_id, person_id=person_id)
    one.useful, one.will_use, one.to_change, one.at = useful, will_use, to_change, now
    db.session.add(one)
    db.session.flush()


NONE = Answers(0)


def of(class_id: int) -> Answers:
    """What was answered as a whole."""
    return of_all([class_id]).get(class_id, NONE)


def of_all(class_ids: Sequence[int]) -> dict[int, Answers]:
    """The same of several classes; of those without an answer nothing."""
    one, said = ClassAnswer, dict[int, list[Row]]()
    query = sa.select(one.class_id, one.useful, one.will_use, one.to_change).where(one.class_id.in_(class_ids))
    for row in db.session.execute(query):
        said.setdefault(row.class_id, []).append(row)
    return {class_id: _whole(rows) for class_id, rows in said.items()}


def _whole(rows: Sequence[Row]) -> Answers:
    """The words sorted by themselves, so that their order tells nothing."""
    if len(rows) < FEWEST:
        return Answers(len(rows))
    mean = round(sum(row.useful for row in rows) / len(rows), 1)
    will_use = sorted(row.will_use for row in rows if row.will_use)
    return Answers(len(rows), mean, will_use, sorted(row.to_change for row in rows if row.to_change))
