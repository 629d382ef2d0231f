"""A SQLite file with one table, opened as ours is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from advocacy.models import sqlite


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    """What opens it; a writer that has to wait gives up at once."""
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'test.db'}", connect_args={"timeout": 0.05})
    sqlite.prepare(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (n INTEGER PRIMARY KEY)")
    yield engine
    engine.dispose()


def numbers(connection: sa.Connection) -> list[int]:
    """What stands in it."""
    return list(connection.exec_driver_sql("SELECT n FROM t ORDER BY n").scalars())
