"""How a SQLite connection is opened and how its transactions begin; other databases are left alone.

This is SQLAlchemy's documented set-up for pysqlite: the driver's own transactions are switched off and BEGIN is
sent by us, so that a SAVEPOINT isolates. A transaction takes the write lock at once, for one that begins by
reading cannot become a writer after somebody else has written; who only reads says so and takes no lock.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from sqlite3 import Connection as SqliteConnection
from typing import Any

import sqlalchemy as sa

PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000", "foreign_keys=ON")

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
        sa.event.listen(engine, "connect", _open)
        sa.event.listen(engine, "begin", _begin)


def _open(connection: SqliteConnection, record: Any) -> None:
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN" if _reads_only.get() else "BEGIN IMMEDIATE")
