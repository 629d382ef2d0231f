"""What people logged themselves: the fields as they filled them in, beside the activity that came of them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.domain.links import link_key
from advocacy.domain.logbook.entry import Entry
from advocacy.domain.logbook.kinds import LogKind
from advocacy.models.base import Base, Missing, db

_IN_BULK = {"synchronize_session": False}


class LogEntry(Base):
    """One entry of somebody's log; deleted, it waits a while to be brought back, and is forgotten then.

    `said` are the person's words by field, `told` what the page behind the link says; the words go before.
    """

    __tablename__ = "log_entry"
    __table_args__ = (
        sa.Index(None, "person_id", "day", "id"),
        sa.Index(None, "person_id", "link_hash"),
        sa.Index(None, "activity_id"),
        sa.Index(None, "gone_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    activity_id: Mapped[int | None] = mapped_column(sa.ForeignKey("activity.id", ondelete="SET NULL"))
    expectation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("expectation.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(sa.String(24))
    ref: Mapped[str]
    day: Mapped[date]
    day_said: Mapped[bool]  #: by the person; else it is the day of writing, until the page tells another
    said: Mapped[dict[str, Any]]
    told: Mapped[dict[str, Any]] = mapped_column(default=dict)
    link_hash: Mapped[bytes | None]
    row_hash: Mapped[bytes | None]  #: of the line of a table that it came from
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]
    held: Mapped[dict[str, Any]] = mapped_column(default=dict)  #: of a deleted one: what else comes back with it

    @property
    def entry(self) -> Entry:
        """It as a value."""
        return Entry(LogKind(self.kind), self.day, self.said, self.told)


def link_hash(url: str) -> bytes | None:
    """By what an entry is found that has this link; None without one."""
    key = link_key(url) if url else ""
    return blake2b(key.encode(), digest_size=16).digest() if key else None


def own(entry_id: int, person_id: int, *, gone: bool = False, only_look: bool = False) -> LogEntry:
    """An entry of the person's, or a deleted one, held until the end unless one only looks; else raise Missing."""
    where = LogEntry.gone_at.is_not(None) if gone else LogEntry.gone_at.is_(None)
    query = sa.select(LogEntry).where(LogEntry.id == entry_id, LogEntry.person_id == person_id, where)
    found = db.session.scalar(query if only_look else query.with_for_update())
    if found is None:
        raise Missing("there is no such entry in your log")
    return found


def newest(
    person_id: int, limit: int, *, kind: LogKind | None = None, before: tuple[date, int] | None = None
) -> Sequence[LogEntry]:
    """The person's entries, the newest day first, from beyond a place in that order."""
    one = LogEntry
    query = _of_kind(_mine(person_id), kind).order_by(one.day.desc(), one.id.desc()).limit(limit)
    if before:
        query = query.where(sa.tuple_(one.day, one.id) < before)
    return db.session.scalars(query).all()


def count(person_id: int, kind: LogKind | None = None) -> int:
    """How many there are."""
    query = _of_kind(_mine(person_id), kind)
    return db.session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0


def every(person_id: int, kind: LogKind | None = None) -> Iterable[LogEntry]:
    """All of them, the newest day first."""
    return db.session.scalars(_of_kind(_mine(person_id), kind).order_by(LogEntry.day.desc(), LogEntry.id.desc()))


def tallies(person_id: int, since: date) -> Sequence[LogEntry]:
    """The tallies from a day on, the newest first."""
    query = _of_kind(_mine(person_id), LogKind.TALLY).where(LogEntry.day >= since)
    return db.session.scalars(query.order_by(LogEntry.day.desc(), LogEntry.id.desc())).all()


def forget_gone(before: datetime) -> None:
    """Forget for good what was deleted before that moment."""
    db.session.execute(sa.delete(LogEntry).where(LogEntry.gone_at < before), execution_options=_IN_BULK)


def _mine(person_id: int) -> sa.Select[Any]:
    return sa.select(LogEntry).where(LogEntry.person_id == person_id, LogEntry.gone_at.is_(None))


def _of_kind(query: sa.Select[Any], kind: LogKind | None) -> sa.Select[Any]:
    return query.where(LogEntry.kind == kind.value) if kind else query
