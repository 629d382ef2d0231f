"""What ingest costs on SQLite: items a second from source to rows, beside raw sqlite3 writing the very same rows."""

import secrets
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask

from advocacy import config, ladder
from advocacy.app import create_app
from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.models import connect, facts, generations, ladder_import, roster
from advocacy.models.base import db
from advocacy.models.fact import Owner
from advocacy.models.sqlite import PRAGMAS
from benchmarks.figure import Figure
from benchmarks.judging import PARAGRAPH
from ingest.pipeline import store
from ingest.prepare import Reader, prepare

ITEMS, BATCH = 5_000, 500
NOW = datetime(2026, 11, 23, tzinfo=UTC)
TABLES = {
    "activity": "ref_hash",
    "activity_person": "activity_id, person_id",
    "provenance": "activity_id, account_id, road",
    "metric_snapshot": "activity_id, metric, day, by_hand",
    "evidence": "activity_id, person_id, expectation_id, facet, generation_id",
}
"""The tables an item is written to, with the key by which a row is known to be there already."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds for all of it, and for the store path alone."""

    whole: float
    storing: float


def figures() -> Iterator[Figure]:
    """Whole ingest, its store path alone, and a quiet re-run, each against raw sqlite3."""
    items = [_item(number) for number in range(ITEMS)]
    with tempfile.TemporaryDirectory() as folder:
        app, readers = installation(Path(folder))
        with app.app_context():
            first = _ours(items, readers, app)
            quiet = _ours(items, readers, app)
            written = Path(str(db.engine.url.database))
            db.engine.dispose()
        raw = _Raw(written, Path(folder) / "raw.db")
        raw_first, raw_again = raw.upsert(), raw.upsert()
    yield _rate("whole ingest, SQLite", first.whole, raw_first, "≥ 0.15 of raw sqlite3")
    yield _rate("store path alone, SQLite", first.storing, raw_first, "≥ 0.85 of raw sqlite3")
    yield _rate("quiet re-ingest, SQLite", quiet.whole, raw_again, "≥ 0.8 of raw re-run")


def _rate(name: str, ours: float, raw: float, aim: str) -> Figure:
    return Figure(name, ITEMS / ours, "/s", ITEMS / raw, raw / ours, aim)


def _item(number: int) -> Activity:
    return Activity(
        ref=f"feed:{number:040}",
        kind=Kind.ARTICLE,
        platform=Platform.FEED,
        at=NOW - timedelta(hours=number % 8000),
        text=f"{number} {PARAGRAPH}",
        title=f"Post {number}",
        url=f"https://blog.example/{number}",
        channel="blog.example",
        metrics={"views": number},
    )


class _Raw:
    """The rows that we wrote, written again by nothing but sqlite3 into the same tables with the same indexes."""

    def __init__(self, ours: Path, file: Path) -> None:
        shutil.copy(ours, file)
        self._connection = sqlite3.connect(file, isolation_level=None)
        for pragma in PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")
        self._batches = {table: self._rows(table) for table in TABLES}
        for table in reversed(TABLES):
            self._connection.execute(f"DELETE FROM {table}")
        self._connection.execute("VACUUM")

    def upsert(self) -> float:
        """Seconds for one upsert a row, as many items a transaction as ours."""
        start = time.process_time()
        for batch in range(-(-ITEMS // BATCH)):
            self._connection.execute("BEGIN IMMEDIATE")
            for table, key in TABLES.items():
                if rows := self._batches[table].get(batch):
                    places = ", ".join("?" * len(rows[0]))
                    self._connection.executemany(f"INSERT INTO {table} VALUES ({places}) {_conflict(table, key)}", rows)
            self._connection.execute("COMMIT")
        return time.process_time() - start

    def _rows(self, table: str) -> dict[int, list[tuple[object, ...]]]:
        """The rows of a table by the batch their activity came in."""
        number = "id" if table == "activity" else "activity_id"
        found = self._connection.execute(f"SELECT ({number} - 1) / {BATCH}, * FROM {table}").fetchall()
        batches: dict[int, list[tuple[object, ...]]] = {}
        for batch, *row in found:
            batches.setdefault(batch, []).append(tuple(row))
        return batches


def _conflict(table: str, key: str) -> str:
    if table == "activity":
        return f"ON CONFLICT ({key}) DO UPDATE SET text = excluded.text WHERE content_hash <> excluded.content_hash"
    return f"ON CONFLICT ({key}) DO NOTHING"


def installation(folder: Path) -> tuple[Flask, list[Reader]]:
    """A fresh SQLite installation with the starter ladder and one person with a blog."""
    environ = {"ADVOCACY_SECRET_KEY": secrets.token_hex(32), "ADVOCACY_DATA_DIR": str(folder)}
    app = create_app(config.load(environ, folder))
    with app.app_context():
        db.create_all()
        rules, page = app.extensions["advocacy.rules"], ladder.text("starter.md").encode()
        ladder_import.apply(ladder_import.preview(page, "starter.md", rules), page, None, NOW)
        person = roster.add("asha@example.org", "Asha", NOW)
        roster.give_role(person.id, "starter", roster.EVER)
        blog = connect.add(person.id, Platform.FEED, "https://blog.example/feed", by=person.id, now=NOW)
        generations.ensure(rules.fingerprint, NOW)
        db.session.commit()
        return app, [Reader(Owner(blog.id, person.id, "UTC"))]


def _ours(items: Sequence[Activity], readers: Sequence[Reader], app: Flask) -> Taken:
    """Read them all in, a page at a time, as a pull does."""
    rules, storing = app.extensions["advocacy.rules"], 0.0
    begun = time.process_time()
    for first in range(0, len(items), BATCH):
        ready = prepare(items[first : first + BATCH], readers, rules, facts.settled)
        db.session.rollback()
        start = time.process_time()
        store(ready, (), 1, NOW)
        db.session.commit()
        storing += time.process_time() - start
    return Taken(time.process_time() - begun, storing)
