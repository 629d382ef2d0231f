"""The tables: works by person, their topics as rows with an index, the texts that are searched, and who is stale."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.activity import Kind, Platform
from advocacy.models.base import Base
from advocacy.models.words import Visibility

_Big = sa.BigInteger().with_variant(sa.Integer, "sqlite")


class FindableItem(Base):
    """The copy of a work that is shown and searched; numbers grow with the day, so that the newest come first."""

    __tablename__ = "findable_item"

    id: Mapped[int] = mapped_column(_Big, primary_key=True, autoincrement=False)
    activity_id: Mapped[int] = mapped_column(sa.ForeignKey("activity.id", ondelete="CASCADE"), unique=True)
    content_hash: Mapped[bytes]  #: of what the activity said then; empty where its text may not be kept
    platform: Mapped[Platform]
    channel: Mapped[str]
    url: Mapped[str]
    lang: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]


class FindableWork(Base):
    """A work of a person's as far as it is released: its widest copy, and to whom that one is shown."""

    __tablename__ = "findable_work"
    __table_args__ = (
        sa.Index(None, "person_id", "kind", "day", "visibility"),
        sa.Index("ix_findable_work_item", "item_id", "visibility", "kind", "person_id", "work_id", "day"),
    )

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    work_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    item_id: Mapped[int] = mapped_column(_Big, sa.ForeignKey("findable_item.id", ondelete="CASCADE"))
    kind: Mapped[Kind]
    day: Mapped[date]
    visibility: Mapped[Visibility]


class FindableTopic(Base):
    """That a work is on a topic; the key holds all that counting asks for.

    `kind` is what was done for the topic: who says what they learned or taught, learned or taught it.
    """

    __tablename__ = "findable_topic"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ("person_id", "work_id"), ("findable_work.person_id", "findable_work.work_id"), ondelete="CASCADE"
        ),
        sa.Index(None, "person_id", "topic", "kind", "day", "visibility", "work_id"),
        {"sqlite_with_rowid": False},
    )

    topic: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[Kind] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    visibility: Mapped[Visibility] = mapped_column(primary_key=True)
    work_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class FindableCount(Base):
    """What marketing counts of a person and a topic, lest thousands of people's works be counted for each question.

    Nothing (0 `works`) is counted of who released works on it, and none of them to marketing.
    """

    __tablename__ = "findable_count"
    __table_args__ = ({"sqlite_with_rowid": False},)

    topic: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )
    works: Mapped[int]
    delivered: Mapped[int]  #: talks and trainings among them
    last: Mapped[date]


class FindableStale(Base):
    """That something released of a person changed since their rows were made; written by the database itself.

    Only added to: who makes the rows anew takes away what was there before they looked.
    """

    __tablename__ = "findable_stale"

    id: Mapped[int] = mapped_column(_Big, primary_key=True)
    person_id: Mapped[int] = mapped_column(index=True)  #: no key: it may be marked while the person goes
