"""What ingest costs on SQLite: items a second from source to rows, beside a raw upsert of the same rows."""

import secrets
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask

from advocacy import config, ladder
from advocacy.app import create_app
from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.domain.normal import content_hash, ref_hash
from advocacy.models import facts, generations, ladder_import, roster
from advocacy.models.base import db
from advocacy.models.fact import Owner
from benchmarks.figure import Figure
from benchmarks.judging import PARAGRAPH
from ingest.pipeline import store
from ingest.prepare import Reader, prepare

ITEMS, BATCH = 5_000, 250
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def figures() -> Iterator[Figure]:
    """Whole ingest, its store path alone, and a quiet re-run, each against raw sqlite3."""
    items = [_item(number) for number in range(ITEMS)]
    with tempfile.TemporaryDirectory() as folder:
        raw, raw_again = _raw(Path(folder) / "raw.db", items), _raw(Path(folder) / "raw.db", items)
        app, readers = installation(Path(folder))
        with app.app_context():
            whole, alone = _ours(items, readers, app)
            quiet, _ = _ours(items, readers, app)
    yield _rate("whole ingest, SQLite", whole, raw, "≥ 0.15 of raw sqlite3")
    yield _rate("store path with evidence, SQLite", alone, raw, "≥ 0.85 of raw sqlite3 (activity rows only)")
    yield _rate("quiet re-ingest, SQLite", quiet, raw_again, "≥ 0.8 of raw re-run")


def _rate(name: str, ours: float, raw: float, aim: str) -> Figure:
    return Figure(name, ITEMS / ours, "/s", ITEMS / raw, raw / ours, aim)


def _item(number: int) -> Activity:
    return Activity(
        ref=f"feed:{number:040}",
        kind=Kind.ARTICLE,
        platform=Platform.FEED,
        at=NOW - timedelta(hours=number),
        text=f"{number} {PARAGRAPH}",
        title=f"Post {number}",
        url=f"https://blog.example/{number}",
        channel="blog.example",
    )


def _raw(file: Path, items: Sequence[Activity]) -> float:
    """One upsert a row with a content guard, 250 rows a transaction."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("CREATE TABLE IF NOT EXISTS a (h BLOB PRIMARY KEY, c BLOB, ref, title, text, url, at)")
    rows = [(ref_hash(i.ref), content_hash(i), i.ref, i.title, i.text, i.url, i.at.isoformat()) for i in items]
    start = time.perf_counter()
    for first in range(0, len(rows), BATCH):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO a VALUES (?,?,?,?,?,?,?) ON CONFLICT (h) DO UPDATE SET c=excluded.c, text=excluded.text "
            "WHERE c <> excluded.c",
            rows[first : first + BATCH],
        )
        connection.execute("COMMIT")
    taken = time.perf_counter() - start
    connection.close()
    return taken


def installation(folder: Path) -> tuple[Flask, list[Reader]]:
    """A fresh SQLite installation with the starter ladder and one person."""
    environ = {"ADVOCACY_SECRET_KEY": secrets.token_hex(32), "ADVOCACY_DATA_DIR": str(folder)}
    app = create_app(config.load(environ, folder))
    with app.app_context():
        db.create_all()
        rules, page = app.extensions["advocacy.rules"], ladder.text("starter.md").encode()
        ladder_import.apply(ladder_import.preview(page, "starter.md", rules), page, None, NOW)
        person = roster.add("asha@example.org", "Asha", NOW)
        roster.give_role(person.id, "starter", roster.EVER)
        generations.ensure(rules.fingerprint, NOW)
        db.session.commit()
        return app, [Reader(Owner(None, person.id, "UTC"))]


def _ours(items: Sequence[Activity], readers: Sequence[Reader], app: Flask) -> tuple[float, float]:
    """Seconds for all of it, and for the store path alone."""
    rules, storing = app.extensions["advocacy.rules"], 0.0
    begun = time.perf_counter()
    for first in range(0, len(items), BATCH):
        ready = prepare(items[first : first + BATCH], readers, rules, facts.settled)
        start = time.perf_counter()
        store(ready, (), 0, NOW)
        db.session.commit()
        storing += time.perf_counter() - start
    return time.perf_counter() - begun, storing
