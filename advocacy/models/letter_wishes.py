"""Who wants letters, and when: nobody until they say so."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models import outbox
from advocacy.models.audit import record
from advocacy.models.base import Base, Row, db
from advocacy.models.people import Person

MONDAY, MORNING = 0, 9


class LetterWish(Base):
    """That a person wants the weekly letter, on a weekday (0 is Monday) and at an hour of their own zone."""

    __tablename__ = "letter_wish"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    weekly: Mapped[bool] = mapped_column(default=False)
    weekday: Mapped[int] = mapped_column(default=MONDAY)
    hour: Mapped[int] = mapped_column(default=MORNING)
    said_at: Mapped[datetime]  #: nothing that was due before is sent


def of(person_id: int) -> LetterWish | None:
    """What the person said; None when they never said anything."""
    return db.session.get(LetterWish, person_id)


def say(person_id: int, weekday: int, hour: int, now: datetime) -> None:
    """The person wants the weekly letter then."""
    one = of(person_id) or LetterWish(person_id=person_id)
    one.weekly, one.weekday, one.hour, one.said_at = True, weekday, hour, now
    db.session.add(one)
    record("letters.wanted", now, actor=person_id, about=person_id)


def stop(person_id: int, now: datetime) -> bool:
    """The person wants no weekly letter any more, nor one that waits; whether they did until now."""
    one = of(person_id)
    if one is None or not one.weekly:
        return False
    one.weekly, one.said_at = False, now
    outbox.stop(person_id, outbox.DIGEST)
    record("letters.stopped", now, actor=person_id, about=person_id)
    return True


def wanted(person_id: int | None = None) -> Sequence[Row]:
    """Everybody who wants the weekly letter and may come in: person_id, zone, weekday, hour, said_at."""
    one = LetterWish
    query = (
        sa.select(one.person_id, Person.zone, one.weekday, one.hour, one.said_at)
        .join(Person, Person.id == one.person_id)
        .where(one.weekly, Person.disabled_at.is_(None), one.person_id == person_id if person_id else sa.true())
        .order_by(one.person_id)
    )
    return db.session.execute(query).all()
