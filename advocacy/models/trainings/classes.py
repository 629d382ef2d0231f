"""Classes: dated holdings of a training, or of something that nobody planned here."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.training import ClassState
from advocacy.models.base import Base, Missing, db


class Training(Base):
    """A topic that is taught, apart from any day."""

    __tablename__ = "training"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    key: Mapped[str] = mapped_column(sa.String(200), unique=True)  #: the title without case and double blanks
    objectives: Mapped[str] = mapped_column(default="")
    topics: Mapped[list[str]] = mapped_column(default=list)
    required_of_support: Mapped[bool] = mapped_column(default=False)
    external: Mapped[bool] = mapped_column(default=False)  #: bought, or held by somebody outside the company
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]


class Class(Base):
    """One holding; its day may be unknown yet. With an owner it is that person's note of what others gave."""

    __tablename__ = "training_class"
    __table_args__ = (sa.Index(None, "day", "id"), sa.Index(None, "owner_id", "day"))

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int | None] = mapped_column(sa.ForeignKey("training.id", ondelete="SET NULL"), index=True)
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    title: Mapped[str]
    state: Mapped[ClassState]
    day: Mapped[date | None]
    starts_at: Mapped[datetime | None]
    minutes: Mapped[int | None]
    place: Mapped[str] = mapped_column(default="")
    materials: Mapped[str] = mapped_column(default="")
    recording: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    external: Mapped[bool] = mapped_column(default=False)
    with_support: Mapped[bool] = mapped_column(default=False)  #: held for the support team
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]


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


def seen(class_id: int, person_id: int, *, to_change: bool = False) -> Class:
    """A class of the company, or of one's own notes; raise Missing for somebody else's note."""
    mine = sa.or_(Class.owner_id.is_(None), Class.owner_id == person_id)
    query = sa.select(Class).where(Class.id == class_id, mine)
    found = db.session.scalar(query.with_for_update() if to_change else query)
    if found is None:
        raise Missing("there is no such class")
    return found
