"""Whom somebody chose for what they asked: a list of one's own, kept until it is done with."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.base import Base, db


class Shortlisted(Base):
    """That somebody chose a person for a question, in its words."""

    __tablename__ = "shortlisted"
    __table_args__ = (sa.UniqueConstraint("by_id", "asked", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    asked: Mapped[str] = mapped_column(sa.String(200))
    at: Mapped[datetime]


def put(by_id: int, person_id: int, asked: str, now: datetime) -> None:
    """Choose a person; twice is once."""
    if person_id not in of(by_id).get(asked, ()):
        db.session.add(Shortlisted(by_id=by_id, person_id=person_id, asked=asked, at=now))
        db.session.flush()


def drop(by_id: int, person_id: int, asked: str) -> None:
    """Choose them no more."""
    one = Shortlisted
    mine = sa.and_(one.by_id == by_id, one.person_id == person_id, one.asked == asked)
    db.session.execute(sa.delete(one).where(mine), execution_options={"synchronize_session": False})


def of(by_id: int) -> dict[str, list[int]]:
    """By question whom somebody chose, in the order in which they did; the newest question first."""
    one, found = Shortlisted, dict[str, list[int]]()
    newest = sa.func.max(one.id).over(partition_by=one.asked)
    query = sa.select(one.asked, one.person_id).where(one.by_id == by_id).order_by(newest.desc(), one.id)
    for asked, person_id in db.session.execute(query):
        found.setdefault(asked, []).append(person_id)
    return found


def chosen(by_id: int, asked: str) -> Sequence[int]:
    """Whom somebody chose for one question."""
    return of(by_id).get(asked, [])
