"""The limits of writing: the rows that we wrote, written again by nothing but the driver into the same tables.

Same tables, same indexes, same foreign keys, as many items a transaction as ours; the rows lie ready in memory. `aim`
is what the store path alone should reach of it, `clock` what both are timed by.
"""

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa

from advocacy.models.base import Base
from advocacy.models.sqlite import PRAGMAS

TABLES = {
    "activity": "ref_hash",
    "activity_person": "activity_id, person_id",
    "provenance": "activity_id, account_id, road",
    "metric_snapshot": "activity_id, metric, day, by_hand",
    "evidence": "activity_id, person_id, expectation_id, facet, generation_id",
}
"""The tables an item is written to, with the key by which a row is known to be there already."""


def _conflict(table: str) -> str:
    if table == "activity":
        differs = "activity.content_hash <> excluded.content_hash"
        return f"ON CONFLICT (ref_hash) DO UPDATE SET text = excluded.text WHERE {differs}"
    return f"ON CONFLICT ({TABLES[table]}) DO NOTHING"


def _number(table: str) -> str:
    return "id" if table == "activity" else "activity_id"


def _columns(table: str) -> str:
    """Those that somebody writes; the index of words makes one more by itself."""
    return ", ".join(f'"{column.name}"' for column in Base.metadata.tables[table].columns)


class Sqlite:
    """One upsert a row through sqlite3's executemany, on a copy of our file."""

    called = "raw sqlite3"
    aim = 0.85
    clock = staticmethod(time.process_time)  # all happens in this process, whatever else the machine does

    def __init__(self, engine: sa.Engine, items: int, batch: int) -> None:
        engine.dispose()
        ours = Path(str(engine.url.database))
        file = shutil.copy(ours, ours.with_name("raw.db"))
        self._connection = sqlite3.connect(file, isolation_level=None)
        for pragma in PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")
        self._batches = [
            {table: self._rows(table, first, first + batch) for table in TABLES} for first in range(1, items, batch)
        ]
        for table in reversed(TABLES):
            self._connection.execute(f"DELETE FROM {table}")
        self._connection.execute("VACUUM")

    def _rows(self, table: str, first: int, end: int) -> list[tuple[Any, ...]]:
        number = _number(table)
        query = f"SELECT * FROM {table} WHERE {number} >= {first} AND {number} < {end}"
        return self._connection.execute(query).fetchall()

    def write(self) -> float:
        """Seconds for all rows into empty tables."""
        start = self.clock()
        for batch in self._batches:
            self._connection.execute("BEGIN IMMEDIATE")
            for table, rows in batch.items():
                places = ", ".join("?" * len(rows[0]))
                self._connection.executemany(f"INSERT INTO {table} VALUES ({places}) {_conflict(table)}", rows)
            self._connection.execute("COMMIT")
        return self.clock() - start

    write_again = write


class Postgresql:
    """COPY straight into the tables; again by COPY into a table aside and a merge from there."""

    called = "COPY"
    aim = 0.5
    clock = staticmethod(time.perf_counter)  # the server works in processes of its own

    def __init__(self, engine: sa.Engine, items: int, batch: int) -> None:
        self._connection: Any = cast(Any, engine.raw_connection().driver_connection)
        self._batches = [
            {table: b"".join(self._out(table, first, first + batch)) for table in TABLES}
            for first in range(1, items, batch)
        ]
        self._connection.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
        self._connection.commit()

    def _out(self, table: str, first: int, end: int) -> Iterator[bytes]:
        number = _number(table)
        query = f"SELECT {_columns(table)} FROM {table} WHERE {number} >= {first} AND {number} < {end}"
        with self._connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
            yield from map(bytes, copy)

    def write(self) -> float:
        """Seconds for all rows into empty tables."""
        return self._timed(lambda table, rows: self._copy(f"{table} ({_columns(table)})", rows))

    def write_again(self) -> float:
        """Seconds for the same where all is there already."""
        return self._timed(self._merge)

    def _timed(self, write: Callable[[str, bytes], None]) -> float:
        start = self.clock()
        for batch in self._batches:
            for table, rows in batch.items():
                write(table, rows)
            self._connection.commit()
        return self.clock() - start

    def _copy(self, into: str, rows: bytes) -> None:
        with self._connection.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            copy.write(rows)

    def _merge(self, table: str, rows: bytes) -> None:
        self._connection.execute(
            f"CREATE TEMP TABLE aside ON COMMIT DROP AS SELECT {_columns(table)} FROM {table} LIMIT 0"
        )
        self._copy("aside", rows)
        self._connection.execute(f"INSERT INTO {table} ({_columns(table)}) SELECT * FROM aside {_conflict(table)}")
        self._connection.execute("DROP TABLE aside")


RAW: dict[str, type[Sqlite] | type[Postgresql]] = {"SQLite": Sqlite, "PostgreSQL": Postgresql}
