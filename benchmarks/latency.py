"""How long a person waits for a write while ingest runs: verdicts through the app, beside one batch of the ingest.

The ingest is a process of its own, as the worker is; it stores pages of new items, one after the other, as a pull does.
"""

import itertools
import multiprocessing
import random
import re
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Self

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from advocacy import config
from advocacy.app import create_app
from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.models import logins
from advocacy.models.accounts import Subscription
from advocacy.models.base import db
from advocacy.models.evidence import Evidence
from benchmarks import company
from benchmarks.clock import worked
from benchmarks.databases import DATABASES, NOW, installed
from benchmarks.figure import Figure
from benchmarks.judging import PARAGRAPH
from benchmarks.processes import environ
from ingest.fetch import Http
from ingest.hands import hands_of
from ingest.selection import Selection
from ingest.source import FreeOfCharge, Page, Polled, Purse
from ingest.sweep import sweep

PEOPLE, ACTIVITIES = 20, 1_000
BATCH, WRITES, BATCH_MS = 500, 100, 50.0
PAUSE = 0.03  #: seconds between two writes
WARM = 3  #: batches before it counts
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
POST = Activity(
    ref="", kind=Kind.ARTICLE, platform=Platform.FEED, at=NOW, text=PARAGRAPH, title="Post", metrics={"views": 1}
)


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of evidence that somebody can say a word on."""

    token: str
    sentence: int
    activities: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Milliseconds that a batch held the database, and that processors worked for it meanwhile."""

    wall: float
    work: float


def figures(writes: int = WRITES, batch: int = BATCH) -> Iterator[Figure]:
    """A batch beside 50 ms, and the p95 of a write beside the p95 of the batches that ran meanwhile."""
    for name, server in DATABASES.items():
        with installed(server) as app:
            app.extensions["advocacy.clock"] = lambda: NOW
            said = _furnished(app)
            alone = _written(app, said, writes)
            with _ingesting(app, batch) as batches:
                busy = _written(app, said, writes)
        longest, work = _p95([one.wall for one in batches()]), statistics.median(one.work for one in batches())
        short = "≤ 50 ms" if name == "SQLite" else ""  # where the others have to wait for it
        yield Figure(f"a batch of {batch}, {name}: p50 of its work", work, "ms", BATCH_MS, work / BATCH_MS, short)
        yield Figure(f"web write p95, nothing else, {name}", _p95(alone), "ms", longest, _p95(alone) / longest, "")
        aim = "≤ 1 × the batches' p95"
        yield Figure(f"web write p95 while ingest runs, {name}", _p95(busy), "ms", longest, _p95(busy) / longest, aim)


def _furnished(app: Flask) -> Said:
    """Somebody who is signed in, and has evidence."""
    with app.app_context():
        company.found(PEOPLE, visits=1)
        company.grow(ACTIVITIES)
        person = company.staff()[0]
        mine = sa.select(Evidence.activity_id, Evidence.expectation_id).where(Evidence.person_id == person)
        rows = db.session.execute(mine).all()
        token = logins.begin(person, NOW)
        db.session.commit()
    sentence = rows[0].expectation_id
    return Said(token, sentence, tuple(row.activity_id for row in rows if row.expectation_id == sentence))


def _written(app: Flask, said: Said, writes: int) -> list[float]:
    """Milliseconds of each of some verdicts, posted as a browser does."""
    client, path = app.test_client(), f"/expectations/{said.sentence}"
    client.set_cookie("advocacy", said.token)
    form = TOKEN.search(client.get(path).text)
    if form is None:
        raise RuntimeError(f"{path} has no form")
    return [_write(client, f"{path}/verdicts", form[1], said, number) for number in range(writes)]


def _write(client: FlaskClient, path: str, token: str, said: Said, number: int) -> float:
    activity, word = said.activities[number % len(said.activities)], ("confirmed", "rejected")[number % 2]
    time.sleep(PAUSE * random.uniform(0.5, 1.5))  # in step with nothing
    start = time.perf_counter()
    answer = client.post(path, data={"csrf_token": token, "activity": activity, "word": word})
    took = (time.perf_counter() - start) * 1000
    if answer.status_code != 303:
        raise RuntimeError(f"{path} answers {answer.status}")
    return took


@contextmanager
def _ingesting(app: Flask, batch: int) -> Iterator[Callable[[], Sequence[Batch]]]:
    """A process that stores batches until the block ends; then what they were."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_ingest, args=(environ(app), batch, theirs))
    process.start()
    ours.recv()
    told: list[Batch] = []
    try:
        yield lambda: told
    finally:
        ours.send("enough")
        told += ours.recv()
        process.join()


def _ingest(variables: dict[str, str], batch: int, told: Connection) -> None:
    """Read a source that never ends until told to; in a process of its own."""
    ours = {name: value for name, value in variables.items() if name.startswith("ADVOCACY_")}
    app = create_app(config.load(ours, Path.cwd()))
    source = Endless(told, batch)
    with app.app_context():
        hands = replace(hands_of(app), sources={Platform.FEED: source}, threads=1)
        blog = db.session.scalars(sa.select(Subscription.id).order_by(Subscription.id).limit(1)).one()
        db.session.rollback()
        with _held(db.engine) as batches:
            sweep(hands, Selection(subscriptions=frozenset({blog}), due_only=False))
        db.engine.dispose()
    told.send(batches[WARM:])


class Endless:
    """A blog with page after page of new posts, until somebody has had enough."""

    platform, batch_size = Platform.FEED, 1

    def __init__(self, told: Connection, size: int) -> None:
        self._told, self._size = told, size

    @classmethod
    def from_config(cls, settings: Mapping[str, str], http: Http, purse: Purse = FreeOfCharge()) -> Self:
        raise NotImplementedError("it is made where it is used")

    def fetch(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
        """Yield pages; after some that warm the process up, tell that it has begun."""
        for number in itertools.count():
            if number == WARM:
                self._told.send("begun")
            if self._told.poll():
                return
            yield Page(address=batch[0].address, activities=self._posts(number * self._size))

    def _posts(self, first: int) -> tuple[Activity, ...]:
        return tuple(
            replace(POST, ref=f"new:{n}", url=f"https://blog.example/{n}", text=f"{n} {PARAGRAPH}")
            for n in range(first, first + self._size)
        )


@contextmanager
def _held(engine: sa.Engine) -> Iterator[list[Batch]]:
    """Each transaction that stored items, from its begin (when the lock is ours) to its commit."""
    batches: list[Batch] = []
    clock, begun, stores = worked(engine), [0.0, 0.0], [False]

    def begin(connection: sa.Connection) -> None:
        begun[:], stores[:] = [time.perf_counter(), clock()], [False]

    def note(connection: sa.Connection, cursor: object, statement: str, *rest: object) -> None:
        stores[0] |= statement.startswith("INSERT INTO activity ")

    def commit(connection: sa.Connection) -> None:
        if stores[0]:
            batches.append(Batch((time.perf_counter() - begun[0]) * 1000, (clock() - begun[1]) * 1000))

    hooks = (("begin", begin), ("before_cursor_execute", note), ("commit", commit))
    for name, hook in hooks:
        sa.event.listen(engine, name, hook)
    yield batches
    for name, hook in hooks:
        sa.event.remove(engine, name, hook)


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
