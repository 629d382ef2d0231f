"""A person's portrait in two sizes, with what is seen on it and who took it; the one before is kept for taking back."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.base import Base, Missing, Row, db

_IN_BULK = {"synchronize_session": False}


class Portrait(Base):
    """A picture of a person, cut square and written anew; at most one stands, and the one before it waits."""

    __tablename__ = "portrait"
    __table_args__ = (sa.Index(None, "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    large: Mapped[bytes]  #: a JPEG
    small: Mapped[bytes]
    alt: Mapped[str]
    credit: Mapped[str]
    stands: Mapped[bool] = mapped_column(default=True)
    at: Mapped[datetime]  #: when it was put, or set aside


def of(person_id: int) -> Row | None:
    """What is told of the portrait that stands (id, alt, credit, at); None where there is none."""
    return of_all([person_id]).get(person_id)


def of_all(person_ids: Collection[int]) -> dict[int, Row]:
    """The same of several people, without the pictures."""
    one = Portrait
    query = sa.select(one.id, one.person_id, one.alt, one.credit, one.at).where(one.stands)
    rows = db.session.execute(query.where(one.person_id.in_(list(person_ids)))) if person_ids else ()
    return {row.person_id: row for row in rows}


def pictures(person_ids: Collection[int], *, small: bool = False) -> dict[int, tuple[int, bytes]]:
    """The number and the JPEG of the portraits that stand, by person."""
    one = Portrait
    query = sa.select(one.person_id, one.id, one.small if small else one.large).where(one.stands)
    found = db.session.execute(query.where(one.person_id.in_(list(person_ids))))
    return {row[0]: (row[1], row[2]) for row in found}


def all_of(person_id: int) -> Sequence[tuple[int, bytes]]:
    """Every large picture that is kept of a person, by its number."""
    query = sa.select(Portrait.id, Portrait.large).where(Portrait.person_id == person_id).order_by(Portrait.id)
    return [(row[0], row[1]) for row in db.session.execute(query)]


def put(person_id: int, sizes: tuple[bytes, bytes], alt: str, credit: str, now: datetime) -> None:
    """Let this portrait stand; what stood until now waits for being taken back, what waited is gone."""
    _set_aside(person_id, now)
    large, small = sizes
    db.session.add(Portrait(person_id=person_id, large=large, small=small, alt=alt, credit=credit, at=now))
    db.session.flush()


def describe(person_id: int, alt: str, credit: str) -> None:
    """Say other words of the portrait that stands; raise Missing where there is none."""
    one = db.session.scalar(sa.select(Portrait).where(Portrait.person_id == person_id, Portrait.stands))
    if one is None:
        raise Missing("there is no portrait of yours")
    one.alt, one.credit = alt, credit


def remove(person_id: int, now: datetime) -> None:
    """Take the portrait off; raise Missing where there is none."""
    if of(person_id) is None:
        raise Missing("there is no portrait of yours")
    _set_aside(person_id, now)


def take_back(person_id: int) -> None:
    """Let stand what waits, and wait what stands; raise Missing where nothing waits and nothing stands."""
    one = Portrait
    theirs = sa.update(one).where(one.person_id == person_id)
    done = db.session.execute(theirs.values(stands=~one.stands), execution_options=_IN_BULK)
    if not done.rowcount:  # type: ignore[attr-defined]  # an update's result has it
        raise Missing("there is nothing to take back")


def forget(before: datetime) -> None:
    """Drop what was taken off before that moment."""
    gone = sa.delete(Portrait).where(~Portrait.stands, Portrait.at < before)
    db.session.execute(gone, execution_options=_IN_BULK)


def _set_aside(person_id: int, now: datetime) -> None:
    theirs = Portrait.person_id == person_id
    db.session.execute(sa.delete(Portrait).where(theirs, ~Portrait.stands), execution_options=_IN_BULK)
    aside = sa.update(Portrait).where(theirs).values(stands=False, at=now)
    db.session.execute(aside, execution_options={"synchronize_session": "fetch"})
