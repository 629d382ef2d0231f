"""The time that all workers of one database agree on."""

import logging
import time
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from advocacy.models.base import db

log = logging.getLogger(__name__)

JUMP = timedelta(seconds=30)  #: a correction this large is worth a line in the log


class SharedClock:
    """The database server's time on PostgreSQL, this machine's on SQLite; between two looks it runs on by itself.

    A worker whose own machine is a day wrong therefore neither takes leases that are not over nor gives its own away.
    """

    def __init__(self) -> None:
        self._base, self._mark = datetime.now(UTC), time.monotonic()

    def __call__(self) -> datetime:
        """Now, aware, in UTC."""
        return self._base + timedelta(seconds=time.monotonic() - self._mark)

    def look(self) -> None:
        """Set it by the database; needs the app's context."""
        before, (now, mark) = self(), (database_time(), time.monotonic())
        if abs(now - before) > JUMP:
            log.warning("the clock was set from %s to %s; what is due is found by the new time", before, now)
        self._base, self._mark = now, mark


def database_time() -> datetime:
    """What time it is for the database: its server's clock, or this machine's for a file."""
    if db.engine.dialect.name == "sqlite":
        return datetime.now(UTC)
    with db.engine.connect() as connection:
        moment: datetime = connection.scalar(sa.text("SELECT clock_timestamp()"))
    return moment.astimezone(UTC)
