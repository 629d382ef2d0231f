"""Stored facts: activities, who they belong to, where they came from, their numbers; and what was not kept."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.activity import Kind, Platform, ThreadRole
from advocacy.models.base import Base
from advocacy.models.words import Part, Road, Visibility


def _where(words: str) -> dict[str, Any]:
    """The condition of an index that holds only some of the rows, for both databases."""
    return {"sqlite_where": sa.text(words), "postgresql_where": sa.text(words)}


KEPT = "looked_at IS NOT NULL AND dropped_at IS NULL AND deleted_at IS NULL"
"""What may have to be dropped, unless it is looked at in time."""


class ActivityRow(Base):
    """One activity, whatever road it came by; one row per ref, found by the ref's hash."""

    __tablename__ = "activity"
    __table_args__ = (
        sa.Index("ix_activity_look", "platform", "look_at", **_where("look_at IS NOT NULL")),
        sa.Index("ix_activity_kept", "platform", "looked_at", **_where(KEPT)),
        sa.Index("ix_activity_thread_key", "thread_key", **_where("thread_key <> ''")),
        sa.Index("ix_activity_work_id", "work_id", **_where("work_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str]
    ref_hash: Mapped[bytes] = mapped_column(unique=True)
    content_hash: Mapped[bytes]
    kind: Mapped[Kind]
    platform: Mapped[Platform]
    channel: Mapped[str]
    at: Mapped[datetime]
    at_guessed: Mapped[bool]
    url: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    lang: Mapped[str]
    authors: Mapped[list[str]]
    thread_key: Mapped[str] = mapped_column(default="", server_default="")
    role: Mapped[ThreadRole]
    replies: Mapped[int | None] = mapped_column(sa.BigInteger)
    participants: Mapped[int | None] = mapped_column(sa.BigInteger)
    accepted: Mapped[bool | None]
    rank: Mapped[int | None] = mapped_column(sa.BigInteger)
    own_messages: Mapped[int | None] = mapped_column(sa.BigInteger)
    thread_own: Mapped[int | None]  #: messages of this author in the thread that we know of, this one included
    thread_answered: Mapped[int | None]  #: those of them that others replied to
    metrics: Mapped[dict[str, Any]]
    tags: Mapped[dict[str, Any]]  #: topics, personas, components as the vocabulary found them
    first_seen_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    changes: Mapped[int] = mapped_column(default=0, server_default=sa.text("0"))  #: how often what it says changed
    deleted_at: Mapped[datetime | None]  #: gone where it came from: a tombstone, without its text for ever
    dropped_at: Mapped[datetime | None]  #: its text may not be kept unless it was looked at lately; a look restores it
    look_at: Mapped[datetime | None]  #: when its numbers, and whether it is still there, are to be asked again
    looked_at: Mapped[datetime | None]  #: when its platform showed it last: as it came, or at a second look
    work_id: Mapped[int | None]  #: the activity that stands for all copies of one work; None: it stands for itself
    work_why: Mapped[str | None]


class ActivityLink(Base):
    """A mark by which works are found: a hash of an address or a title that an activity has (`own`) or points at."""

    __tablename__ = "activity_link"
    __table_args__ = ({"sqlite_with_rowid": False},)  # the key is all there is of a row

    link_hash: Mapped[bytes] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(
        sa.ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    own: Mapped[bool] = mapped_column(primary_key=True)


class WorkChoice(Base):
    """A person's word on what an activity is a copy of; append-only, the row not superseded is in force.

    `with_id` names an activity of the work that it belongs to; None says that it stands for itself. The machine never
    folds an activity that a choice speaks of.
    """

    __tablename__ = "work_choice"
    __table_args__ = (
        sa.Index(
            "uq_work_choice_in_force",
            *("activity_id", "person_id"),
            unique=True,
            **_where("superseded_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(sa.ForeignKey("activity.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    with_id: Mapped[int | None] = mapped_column(sa.ForeignKey("activity.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]


class ActivityPerson(Base):
    """Whose activity it is, and whom that person lets see it."""

    __tablename__ = "activity_person"
    __table_args__ = (sa.Index("ix_activity_person_timeline", "person_id", "at", "activity_id", "day"),)

    activity_id: Mapped[int] = mapped_column(sa.ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    part: Mapped[Part]
    by_hand: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  #: no account takes it away
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.PRIVATE)
    said_at: Mapped[datetime | None]  #: when its person said who sees this very item: no rule says otherwise
    release_rule_id: Mapped[int | None] = mapped_column(sa.ForeignKey("release_rule.id", ondelete="SET NULL"))
    quiet: Mapped[bool] = mapped_column(server_default=sa.false())  #: its person asks: do not promote it
    at: Mapped[datetime]  #: the activity's moment again, for the timeline's key
    day: Mapped[date]  #: the day it fell on where the person lives


class Provenance(Base):
    """By which account and road an activity came."""

    __tablename__ = "provenance"

    activity_id: Mapped[int] = mapped_column(sa.ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(
        sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    road: Mapped[Road] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]


class MetricSnapshot(Base):
    """A number as it stood on a day, told by a machine or a person."""

    __tablename__ = "metric_snapshot"

    activity_id: Mapped[int] = mapped_column(sa.ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True)
    metric: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    by_hand: Mapped[bool] = mapped_column(primary_key=True, default=False)
    value: Mapped[int] = mapped_column(sa.BigInteger)


class PassedOver(Base):
    """An item that was seen and not kept: the hashes of its ref and content, time and the reason, never its text."""

    __tablename__ = "passed_over"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    ref_hash: Mapped[bytes] = mapped_column(primary_key=True)
    content_hash: Mapped[bytes]  #: of what it said then: an edit is looked at again
    at: Mapped[datetime]
    reason: Mapped[str]


class Quarantined(Base):
    """An item that could not be read or stored, kept raw (at most 32 KB) to be tried again after a fix."""

    __tablename__ = "quarantine"
    __table_args__ = (sa.UniqueConstraint("subscription_id", "ref_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subscription_id: Mapped[int] = mapped_column(sa.ForeignKey("subscription.id", ondelete="CASCADE"))
    ref_hash: Mapped[bytes]
    reason: Mapped[str]
    raw: Mapped[bytes]
    seen_at: Mapped[datetime]
