"""How a SQLite connection is opened and how its transactions begin; other databases are left alone.

This is SQLAlchemy's documented set-up for pysqlite: the driver's own transactions are switched off and BEGIN is
sent by us, so that a SAVEPOINT isolates. A transaction takes the write lock at once, for one that begins by
reading cannot become a writer after somebody else has written; who only reads says so and takes no lock.

Threads of one process take turns before they ask for that lock: SQLite lets waiters sleep and try again by chance,
and of fifty writing threads some would starve until their patience ends ("database is locked").
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from sqlite3 import Connection as SqliteConnection
from typing import Any

import sqlalchemy as sa

PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000", "foreign_keys=ON")

PATIENCE = 5.0  #: seconds, as SQLite's own busy_timeout

_reads_only: ContextVar[bool] = ContextVar("reads_only", default=False)


@contextmanager
def reading(only: bool = True) -> Iterator[None]:
    """Transactions that begin in here take no write lock (when `only` is true)."""
    token = _reads_only.set(only)
    try:
        yield
    finally:
        _reads_only.reset(token)


def prepare(engine: sa.Engine) -> None:
    """Hook the set-up into an engine; does nothing unless it is SQLite's."""
    if engine.dialect.name == "sqlite":
        turns = _Turns()
        sa.event.listen(engine, "connect", _open)
        sa.event.listen(engine, "begin", turns.begin)
        sa.event.listen(engine, "commit", turns.end)
        sa.event.listen(engine, "rollback", turns.end)
        sa.event.listen(engine, "checkin", turns.back)


class _Turns:
    """One writer of this process at a time; who waits too long asks SQLite itself, which says what is wrong."""

    def __init__(self) -> None:
        self._turn = threading.Lock()

    def begin(self, connection: sa.Connection) -> None:
        if _reads_only.get():
            connection.exec_driver_sql("BEGIN")
            return
        connection.info["turn"] = self._turn.acquire(timeout=PATIENCE)
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except BaseException:
            self.end(connection)
            raise

    def end(self, connection: sa.Connection) -> None:
        self._release(connection.info)

    def back(self, connection: SqliteConnection, record: Any) -> None:
        self._release(record.info)

    def _release(self, info: dict[Any, Any]) -> None:
        if info.pop("turn", False):
            self._turn.release()


def _open(connection: SqliteConnection, record: Any) -> None:
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
