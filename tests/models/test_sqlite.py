"""How SQLite is opened: writers wait, readers take no lock. That savepoints isolate is fault case 63."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from advocacy.models import sqlite


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'test.db'}", connect_args={"timeout": 0.05})
    sqlite.prepare(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (n INTEGER PRIMARY KEY)")
    yield engine
    engine.dispose()


def numbers(connection: sa.Connection) -> list[int]:
    return list(connection.exec_driver_sql("SELECT n FROM t ORDER BY n").scalars())


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
