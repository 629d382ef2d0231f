"""Derived evidence, in generations that can be dropped at any time; and the human verdicts that never are."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.rulebook import Strength
from advocacy.models.base import Base
from advocacy.models.words import Visibility, Word

RELEASED = "verdict = 'confirmed' AND visibility IN ('marketing', 'public')"
"""What marketing may see; a query that is to use its index says it in these very words."""


class Generation(Base):
    """One complete derivation of all evidence; the live one is what pages read, a newer one may be filling."""

    __tablename__ = "generation"

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]  #: of rulebook, vocabulary and recognised expectations
    started_at: Mapped[datetime]
    live_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None]
    walked_to: Mapped[int] = mapped_column(default=0)  #: the last activity derived, so that a killed rebuild goes on


class Evidence(Base):
    """That an activity supports an expectation of the role its person held that day, and why.

    Copies (day, medium, visibility, verdict) let pages answer from one index.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        sa.UniqueConstraint("activity_id", "person_id", "expectation_id", "facet", "generation_id"),
        sa.Index(
            "ix_evidence_reading",
            *("person_id", "generation_id", "day", "expectation_id"),
            *("verdict", "strength", "visibility", "medium", "facet", "work_id"),
        ),
        sa.Index(None, "expectation_id", "person_id", "generation_id", "day", "activity_id"),
        sa.Index(
            "ix_evidence_released",
            *("generation_id", "day", "id"),
            sqlite_where=sa.text(RELEASED),
            postgresql_where=sa.text(RELEASED),
        ),
    )

    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    generation_id: Mapped[int] = mapped_column(sa.ForeignKey("generation.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    activity_id: Mapped[int] = mapped_column(sa.ForeignKey("activity.id", ondelete="CASCADE"))
    expectation_id: Mapped[int] = mapped_column(sa.ForeignKey("expectation.id"))
    work_id: Mapped[int]  #: the activity that stands for all copies of one work
    day: Mapped[date]
    medium: Mapped[str] = mapped_column(sa.String(80))  #: where it was heard, as breadth is counted
    rule: Mapped[str | None]  #: None: attached by hand
    facet: Mapped[str] = mapped_column(sa.String(80))
    strength: Mapped[Strength]
    why: Mapped[str]
    visibility: Mapped[Visibility]
    verdict: Mapped[Word | None]
    hidden_by: Mapped[int | None]  #: the person's own rule that put it aside, where they said nothing of it themselves


class Verdict(Base):
    """A person's word on (activity, expectation); append-only, the row not superseded is in force."""

    __tablename__ = "verdict"
    __table_args__ = (
        sa.Index(
            "uq_verdict_in_force",
            *("activity_id", "person_id", "expectation_id"),
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        ),
        sa.Index(None, "person_id", "expectation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    activity_id: Mapped[int] = mapped_column(sa.ForeignKey("activity.id"))
    expectation_id: Mapped[int] = mapped_column(sa.ForeignKey("expectation.id"))
    word: Mapped[Word | None]  #: None: taken back
    facet: Mapped[str | None] = mapped_column(sa.String(80))  #: as what it counts; None: as the rules say
    reason: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]
    content_hash: Mapped[bytes]  #: what the activity said then
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("ladder_version.id"))  #: how the sentence read then
