"""Stored facts: activities, who they belong to, where they came from, their numbers; and what was not kept."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.activity import Kind, Platform, ThreadRole
from advocacy.models.base import Base
from advocacy.models.words import Part, Road, Visibility


class ActivityRow(Base):
    """One activity, whatever road it came by; one row per ref, found by the ref's hash."""

    __tablename__ = "activity"

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
    role: Mapped[ThreadRole]
    replies: Mapped[int | None] = mapped_column(sa.BigInteger)
    participants: Mapped[int | None] = mapped_column(sa.BigInteger)
    accepted: Mapped[bool | None]
    rank: Mapped[int | None] = mapped_column(sa.BigInteger)
    own_messages: Mapped[int | None] = mapped_column(sa.BigInteger)
    metrics: Mapped[dict[str, Any]]
    tags: Mapped[dict[str, Any]]  #: topics, personas, components as the vocabulary found them
    first_seen_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    changes: Mapped[int] = mapped_column(default=0, server_default=sa.text("0"))  #: how often what it says changed
    deleted_at: Mapped[datetime | None]


class ActivityPerson(Base):
    """Whose activity it is, and whom that person lets see it."""

    __tablename__ = "activity_person"
    __table_args__ = (sa.Index("ix_activity_person_timeline", "person_id", "at", "activity_id", "day"),)

    activity_id: Mapped[int] = mapped_column(sa.ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    part: Mapped[Part]
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.PRIVATE)
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
