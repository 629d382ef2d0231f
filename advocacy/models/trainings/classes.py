"""Classes: dated holdings of a training, or of something that nobody planned here."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.training import ClassState
from advocacy.models.base import Base, Missing, db


class Training(Base):
    """What is taught, apart from any day."""

    __tablename__ = "training"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    key: Mapped[str] = mapped_column(sa.String(200), unique=True)  #: the title without case and double blanks
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]


class Class(Base):
    """One holding; its day may be unknown yet. What somebody attended elsewhere is `noted`: their own note alone."""

    __tablename__ = "training_class"
    __table_args__ = (sa.Index(None, "state", "day", "id"), sa.Index(None, "by_id", "day"))

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int | None] = mapped_column(sa.ForeignKey("training.id", ondelete="SET NULL"), index=True)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    noted: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str]
    state: Mapped[ClassState]
    day: Mapped[date | None]
    minutes: Mapped[int | None]
    place: Mapped[str] = mapped_column(default="")
    materials: Mapped[str] = mapped_column(default="")  #: an address: slides, notes, a recording
    about: Mapped[str] = mapped_column(default="")
    external: Mapped[bool] = mapped_column(default=False)  #: held by somebody outside the company
    with_support: Mapped[bool] = mapped_column(default=False)  #: held for the support team
    created_at: Mapped[datetime]
    begins_at: Mapped[datetime | None]  #: the moment it begins, when its hour is known; `day` is that moment's day
    zone: Mapped[str] = mapped_column(server_default="")  #: in which its hour was given
    capacity: Mapped[int | None]  #: seats; None: as many as come
    objectives: Mapped[str] = mapped_column(server_default="")  #: what one can do afterwards
    serves: Mapped[list[str]] = mapped_column(default=list, server_default="[]")  #: rules of the rulebook
    topics: Mapped[list[str]] = mapped_column(default=list, server_default="[]")  #: of the vocabulary
    recording: Mapped[str] = mapped_column(server_default="")  #: an address
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")  #: how often its invitation changed
    series: Mapped[int | None] = mapped_column(index=True)  #: the number of the first class of its series
    origin_uid: Mapped[str | None] = mapped_column(unique=True)  #: by which another calendar knows it
    check_in: Mapped[str] = mapped_column(server_default="")  #: a word that is shown in the room
    check_in_until: Mapped[datetime | None]
    feedback_told_at: Mapped[datetime | None]  #: when its giver was told of the answers; once


def training(title: str, by: int, now: datetime) -> Training:
    """The training of that title, whatever its case; a new one when there is none."""
    key = " ".join(title.casefold().split())[:200]
    there = db.session.scalar(sa.select(Training).where(Training.key == key))
    if there is not None:
        return there
    made = Training(title=title, key=key, by_id=by, created_at=now)
    db.session.add(made)
    db.session.flush()
    return made


def add(one: Class) -> Class:
    """Keep a class."""
    db.session.add(one)
    db.session.flush()
    return one


def own(class_id: int, person_id: int, *, to_change: bool = False) -> Class:
    """A class that the person wrote down; raise Missing for another's."""
    query = sa.select(Class).where(Class.id == class_id, Class.by_id == person_id)
    found = db.session.scalar(query.with_for_update() if to_change else query)
    if found is None:
        raise Missing("there is no such class of yours")
    return found


def planned_by(class_id: int, person_id: int, *, to_change: bool = False) -> Class:
    """A class for others that the person planned or gave; raise Missing for another's, and for a note of their own."""
    one = own(class_id, person_id, to_change=to_change)
    if one.noted:
        raise Missing("this is a note of your own, and no class for others")
    return one


def by_check_in(word: str, now: datetime) -> Class | None:
    """The class in whose room this word is shown now; None when there is none, or more than one."""
    query = sa.select(Class).where(Class.check_in == word, Class.check_in_until > now).limit(2)
    found = db.session.scalars(query).all() if word else ()
    return found[0] if len(found) == 1 else None


def siblings(one: Class) -> Sequence[Class]:
    """The whole series that a class belongs to, the first one first; nothing for a class of its own."""
    if one.series is None:
        return ()
    return db.session.scalars(sa.select(Class).where(Class.series == one.series).order_by(Class.day, Class.id)).all()


def known(uids: Collection[str]) -> frozenset[str]:
    """Which events of other calendars are here."""
    query = sa.select(Class.origin_uid).where(Class.origin_uid.in_(uids))
    return frozenset(uid for uid in db.session.scalars(query) if uid)
