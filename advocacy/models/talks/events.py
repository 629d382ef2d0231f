"""Events at which people speak: conferences, meet-ups, webinars; the company's for all, one's own for oneself."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.event_matching import NEAR
from advocacy.domain.vocabulary import Vocabulary
from advocacy.models.base import Base, Missing, db


class Event(Base):
    """One event; without an owner it is the company's, for everybody to find."""

    __tablename__ = "event"
    __table_args__ = (
        sa.Index(None, "owner_id", "key"),
        sa.Index(None, "cfp_closes"),
        sa.Index(None, "ref", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str]
    key: Mapped[str] = mapped_column(sa.String(200))  #: the name without case and double blanks
    place: Mapped[str] = mapped_column(default="")
    starts: Mapped[date | None]
    ends: Mapped[date | None]
    url: Mapped[str] = mapped_column(default="")
    cfp_closes: Mapped[date | None]
    cfp_url: Mapped[str] = mapped_column(default="", server_default="")
    country: Mapped[str] = mapped_column(default="", server_default="")
    online: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    languages: Mapped[list[str]] = mapped_column(default=list, server_default="[]")  #: two letters each
    topics: Mapped[list[str]] = mapped_column(default=list, server_default="[]")  #: of the vocabulary
    about: Mapped[str] = mapped_column(default="", server_default="")
    ref: Mapped[str | None] = mapped_column(sa.String(200))  #: by which a file that tells it again is known
    said: Mapped[list[str]] = mapped_column(default=list, server_default="[]")  #: fields that a person typed
    off_at: Mapped[datetime | None]  #: since when it is called off
    created_at: Mapped[datetime]


def key_of(name: str) -> str:
    """What two spellings of one name share."""
    return " ".join(name.casefold().split())[:200]


def named(name: str, owner_id: int, near: date | None, now: datetime) -> Event:
    """The event of that name which the person may see, about that day; a new one of the person's when none is."""
    return _near(seen(owner_id), name, near) or _made(name, owner_id, now)


def of_company(name: str, near: date | None, now: datetime) -> Event:
    """The company's event of that name about that day; a new one, for everybody to find, when there is none."""
    return _near(sa.select(Event).where(Event.owner_id.is_(None)), name, near) or _made(name, None, now)


def one(event_id: int, person_id: int) -> Event:
    """The event; raise Missing when it is somebody else's own."""
    found: Event | None = db.session.scalar(seen(person_id).where(Event.id == event_id))
    if found is None:
        raise Missing("there is no such event")
    return found


def company(event_id: int) -> Event:
    """The company's event, to be changed; raise Missing for a person's own."""
    query = sa.select(Event).where(Event.id == event_id, Event.owner_id.is_(None)).with_for_update()
    found = db.session.scalar(query)
    if found is None:
        raise Missing("there is no such event of the company's")
    return found


def like(name: str, near: date | None, but: int | None = None) -> Event | None:
    """Another event of the company's of that name about that day."""
    return _near(sa.select(Event).where(Event.owner_id.is_(None), Event.id != (but or 0)), name, near)


def add(values: Mapping[str, Any], now: datetime, vocabulary: Vocabulary) -> Event:
    """A new one for the company's calendar, typed by a person; its topics are what its words name, if none are said."""
    made = _made(values["name"], None, now)
    say(made, {**values, "name": made.name})
    made.said = [*made.said, "name"]
    if not made.topics:
        made.topics = list(vocabulary.tag(f"{made.name}\n{made.about}", frozenset()).topics)
    return made


def say(one: Event, values: Mapping[str, Any]) -> None:
    """Let it say what a person typed; from then on no file changes those fields."""
    new = [field for field, value in values.items() if getattr(one, field) != value]
    for field in new:
        setattr(one, field, values[field])
    one.key, one.said = key_of(one.name), list(dict.fromkeys((*one.said, *new)))


def _near(query: sa.Select[Any], name: str, near: date | None) -> Event | None:
    found: Sequence[Event] = db.session.scalars(query.where(Event.key == key_of(name)).order_by(Event.id.desc())).all()
    return next((one for one in found if near is None or one.starts is None or abs(one.starts - near) <= NEAR), None)


def _made(name: str, owner_id: int | None, now: datetime) -> Event:
    made = Event(owner_id=owner_id, name=name, key=key_of(name), created_at=now)
    db.session.add(made)
    db.session.flush()
    return made


def names(person_id: int) -> Sequence[str]:
    """The names that a form may suggest."""
    found = db.session.scalars(seen(person_id).order_by(Event.id.desc()).limit(100))
    return list(dict.fromkeys(one.name for one in found))


def seen(person_id: int) -> sa.Select[Any]:
    """All events that a person may see: the company's and their own."""
    return sa.select(Event).where(sa.or_(Event.owner_id == person_id, Event.owner_id.is_(None)))


def holds(column: Any, word: str) -> sa.ColumnElement[bool]:
    """Whether a list kept as JSON holds a word."""
    return sa.cast(column, sa.Text).contains(json.dumps(word), autoescape=True)
