"""Questions that somebody asks again and again, with their filters, as an address has them."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.base import Base, Missing, db


class SavedSearch(Base):
    """One question of one person's, kept under a name."""

    __tablename__ = "saved_search"
    __table_args__ = (sa.UniqueConstraint("person_id", "query"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(sa.String(200))
    query: Mapped[str] = mapped_column(sa.String(2000))  #: `q=etcd&language=German`
    at: Mapped[datetime]


def of(person_id: int) -> Sequence[SavedSearch]:
    """The searches of a person, by name."""
    query = sa.select(SavedSearch).where(SavedSearch.person_id == person_id)
    return db.session.scalars(query.order_by(sa.func.lower(SavedSearch.name), SavedSearch.id)).all()


def keep(person_id: int, name: str, query: str, now: datetime) -> SavedSearch:
    """Keep it; the same again is kept once, under its newest name."""
    one = SavedSearch
    there = db.session.scalar(sa.select(one).where(one.person_id == person_id, one.query == query))
    if there is None:
        there = one(person_id=person_id, query=query, at=now)
        db.session.add(there)
    there.name = name
    db.session.flush()
    return there


def drop(search_id: int, person_id: int) -> SavedSearch:
    """Forget it; what it was. Raise Missing for what is not the person's."""
    one = db.session.get(SavedSearch, search_id)
    if one is None or one.person_id != person_id:
        raise Missing("there is no such search of yours")
    db.session.delete(one)
    db.session.flush()
    return one
