"""Events at which people speak: conferences, meet-ups, webinars. Whoever names one keeps it to themselves."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.base import Base, db

SAME = timedelta(days=120)  #: further apart it is another year's event of the same name


class Event(Base):
    """One event; without an owner it is the company's, for everybody to find."""

    __tablename__ = "event"
    __table_args__ = (sa.Index(None, "owner_id", "key"), sa.Index(None, "cfp_closes"))

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str]
    key: Mapped[str] = mapped_column(sa.String(200))  #: the name without case and double blanks
    place: Mapped[str] = mapped_column(default="")
    starts: Mapped[date | None]
    ends: Mapped[date | None]
    url: Mapped[str] = mapped_column(default="")
    cfp_closes: Mapped[date | None]
    created_at: Mapped[datetime]


def key_of(name: str) -> str:
    """What two spellings of one name share."""
    return " ".join(name.casefold().split())[:200]


def named(name: str, owner_id: int, near: date | None, now: datetime) -> Event:
    """The event of that name which the person may see, about that day; a new one of the person's when none is."""
    return _near(_seen(owner_id), name, near) or _made(name, owner_id, now)


def of_company(name: str, near: date | None, now: datetime) -> Event:
    """The company's event of that name about that day; a new one, for everybody to find, when there is none."""
    return _near(sa.select(Event).where(Event.owner_id.is_(None)), name, near) or _made(name, None, now)


def _near(query: sa.Select[Any], name: str, near: date | None) -> Event | None:
    found: Sequence[Event] = db.session.scalars(query.where(Event.key == key_of(name)).order_by(Event.id.desc())).all()
    return next((one for one in found if near is None or one.starts is None or abs(one.starts - near) <= SAME), None)


def _made(name: str, owner_id: int | None, now: datetime) -> Event:
    made = Event(owner_id=owner_id, name=name, key=key_of(name), created_at=now)
    db.session.add(made)
    db.session.flush()
    return made


def names(person_id: int) -> Sequence[str]:
    """The names that a form may suggest."""
    found = db.session.scalars(_seen(person_id).order_by(Event.id.desc()).limit(100))
    return list(dict.fromkeys(one.name for one in found))


def _seen(person_id: int) -> sa.Select[Any]:
    return sa.select(Event).where(sa.or_(Event.owner_id == person_id, Event.owner_id.is_(None)))
