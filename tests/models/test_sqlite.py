"""How SQLite is opened: writers wait, readers take no lock. That savepoints isolate is fault case 63."""

import pytest
import sqlalchemy as sa

from advocacy.models import sqlite
from tests.one_table import engine, numbers

__all__ = ["engine"]


def test_a_second_writer_is_kept_out_from_the_start(engine: sa.Engine) -> None:
    with engine.begin(), engine.connect() as second:
        with sqlite.reading():
            second.exec_driver_sql("PRAGMA busy_timeout=10")
            second.rollback()
        with pytest.raises(sa.exc.OperationalError, match="locked"):
            second.exec_driver_sql("SELECT 1")


def test_who_only_reads_reads_beside_a_writer(engine: sa.Engine) -> None:
    with engine.begin() as writer, sqlite.reading(), engine.connect() as reader:
        writer.exec_driver_sql("INSERT INTO t VALUES (1)")
        assert numbers(reader) == []


def test_the_pragmas_hold(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        told = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        ]
    assert told == ["wal", 1, 5000, 1]
