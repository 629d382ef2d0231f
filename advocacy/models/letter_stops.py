"""Kinds of letters that a person wants no more, beside the weekly one, which nobody gets unasked."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models import outbox
from advocacy.models.audit import record
from advocacy.models.base import Base, db
from advocacy.models.upsert import insert_new


class LetterStop(Base):
    """That no letter of a kind goes to a person."""

    __tablename__ = "letter_stop"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(24), primary_key=True)
    at: Mapped[datetime]


def stop(person_id: int, kind: str, now: datetime) -> None:
    """No more of them, nor one that waits."""
    insert_new(LetterStop, [{"person_id": person_id, "kind": kind, "at": now}])
    outbox.stop(person_id, kind)
    record("letters.stopped", now, actor=person_id, about=person_id, kind=kind)


def resume(person_id: int, kind: str, now: datetime) -> None:
    """Have them again."""
    one = LetterStop
    db.session.execute(
        sa.delete(one).where(one.person_id == person_id, one.kind == kind),
        execution_options={"synchronize_session": False},
    )
    record("letters.wanted", now, actor=person_id, about=person_id, kind=kind)


def of(person_id: int) -> frozenset[str]:
    """The kinds that a person stopped."""
    return frozenset(db.session.scalars(sa.select(LetterStop.kind).where(LetterStop.person_id == person_id)))


def stopped_by(kind: str) -> frozenset[int]:
    """Who stopped a kind."""
    return frozenset(db.session.scalars(sa.select(LetterStop.person_id).where(LetterStop.kind == kind)))
