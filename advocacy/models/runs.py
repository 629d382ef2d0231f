"""What ran when: runs of the ingest, single pulls, and work that was asked for."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.activity import Platform
from advocacy.domain.health import Outcome
from advocacy.models.base import Base, db
from advocacy.models.words import WorkState


class Run(Base):
    """One sweep over subscriptions; all that workers find due in the same minute is one run of theirs."""

    __tablename__ = "run"

    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    asked_by: Mapped[str] = mapped_column(default="")


class Pull(Base):
    """One subscription read once: what came of it and what it cost."""

    __tablename__ = "pull"
    __table_args__ = (
        sa.Index("ix_pull_strip", "subscription_id", "started_at", "outcome"),
        sa.Index(None, "run_id", "subscription_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(sa.ForeignKey("run.id", ondelete="CASCADE"))
    subscription_id: Mapped[int] = mapped_column(sa.ForeignKey("subscription.id", ondelete="CASCADE"))
    platform: Mapped[Platform]
    started_at: Mapped[datetime]
    seconds: Mapped[float] = mapped_column(default=0.0)
    outcome: Mapped[Outcome]
    message: Mapped[str] = mapped_column(default="")
    requests: Mapped[int] = mapped_column(default=0)
    bytes: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    cost_usd: Mapped[float] = mapped_column(default=0.0)
    seen: Mapped[int] = mapped_column(default=0)
    new: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    same: Mapped[int] = mapped_column(default=0)
    deleted: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    poison: Mapped[int] = mapped_column(default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LastPull:
    """The newest visit of an address that ended, in figures.

    What one request for many addresses cost stands on one of them, so that sums are right: `requests` may be 0.
    """

    subscription_id: int
    started_at: datetime
    outcome: Outcome
    message: str
    requests: int
    seen: int
    cost_usd: float
    new: int
    changed: int
    same: int
    deleted: int
    skipped: int
    poison: int


def last_pulls(subscription_ids: Collection[int]) -> dict[int, LastPull]:
    """The newest visit of each of these addresses, as far as there was one that was not lost; two queries."""
    ended = sa.and_(Pull.subscription_id.in_(subscription_ids), Pull.outcome != Outcome.LOST)
    last = sa.select(Pull.subscription_id, sa.func.max(Pull.started_at)).where(ended).group_by(Pull.subscription_id)
    when = [tuple(row) for row in db.session.execute(last)]
    columns = (getattr(Pull, one.name) for one in fields(LastPull))
    found = sa.select(*columns).where(ended, sa.tuple_(Pull.subscription_id, Pull.started_at).in_(when))
    rows = db.session.execute(found.order_by(Pull.id)) if when else ()
    return {row.subscription_id: LastPull(**row._mapping) for row in rows}


class JobRun(Base):
    """Work that somebody asked for; the web inserts it, a worker claims it by the lease and reports on it."""

    __tablename__ = "job_run"
    __table_args__ = (
        sa.Index(None, "state", "lease_until"),
        sa.Index(
            "uq_job_run_open",
            *("kind", "subject"),
            unique=True,
            sqlite_where=sa.text("state IN ('waiting', 'running')"),
            postgresql_where=sa.text("state IN ('waiting', 'running')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(40))
    subject: Mapped[str] = mapped_column(default="")  #: what it is about; one open job for each kind and subject
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[WorkState] = mapped_column(default=WorkState.WAITING)
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    line: Mapped[str] = mapped_column(default="")  #: what a page shows while it runs, and how it ended
