"""The workers there are: each says every few seconds that it is alive."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models import bulk
from advocacy.models.base import Base, db

EVERY = timedelta(seconds=5)  #: between two signs of life
LATELY = timedelta(minutes=1)  #: a sign of life this old still counts
FORGOTTEN = timedelta(days=1)


class WorkerSeen(Base):
    """One worker process, from its start to its last sign of life; who stops in good order leaves no row."""

    __tablename__ = "worker"

    name: Mapped[str] = mapped_column(sa.String(80), primary_key=True)  #: machine, process, and a random end
    version: Mapped[str]
    threads: Mapped[int]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    holds: Mapped[int] = mapped_column(default=0)  #: addresses and jobs claimed and not done


@dataclass(frozen=True, slots=True)
class Crew:
    """The workers as a page tells them: those seen lately, and when the last of all was."""

    alive: Sequence[WorkerSeen]
    last_seen: datetime | None

    def told(self) -> str:
        """In words that name no machine."""
        if self.alive:
            return f"{len(self.alive)} at work"
        if self.last_seen is None:
            return "no worker was ever seen"
        return f"no worker runs; the last sign of life was {self.last_seen:%Y-%m-%d %H:%M} UTC"


def crew(now: datetime) -> Crew:
    """Who is at work; a sign of life from the future is one too (its clock was ahead)."""
    known = db.session.scalars(sa.select(WorkerSeen).order_by(WorkerSeen.name)).all()
    alive = [one for one in known if now - one.seen_at < LATELY]
    return Crew(alive, max((one.seen_at for one in known), default=None))


def sign_of_life(name: str, version: str, threads: int, started_at: datetime, holds: int, now: datetime) -> None:
    """Say that this worker is alive."""
    changing = ("seen_at", "holds", "threads")
    row = (name, version, started_at, now, holds, threads)
    bulk.upsert(WorkerSeen, ("name", "version", "started_at", *changing), [row], ("name",), changing)


def leave(name: str) -> None:
    """Take the row away of a worker that stops."""
    db.session.execute(sa.delete(WorkerSeen).where(WorkerSeen.name == name))


def forget(now: datetime) -> None:
    """Drop the rows of those that died long ago."""
    db.session.execute(sa.delete(WorkerSeen).where(WorkerSeen.seen_at < now - FORGOTTEN))
