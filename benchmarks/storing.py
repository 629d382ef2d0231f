"""What ingest costs: items a second from source to rows, beside the raw driver writing the very same rows."""

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask

from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.models import connect, facts
from advocacy.models.base import db
from advocacy.models.fact import Owner
from advocacy.models.people import Person
from benchmarks.databases import DATABASES, NOW, installed
from benchmarks.figure import Figure
from benchmarks.judging import PARAGRAPH
from benchmarks.raw import RAW
from ingest.pipeline import store
from ingest.prepare import Reader, prepare

ITEMS, BATCH = 5_000, 500


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds for all of it, and for the store path alone."""

    whole: float
    storing: float


def figures() -> Iterator[Figure]:
    """Whole ingest, its store path alone, and a quiet re-run, each against the raw driver."""
    for name, url in DATABASES.items():
        yield from _of_database(name, url)


def _of_database(name: str, url: str) -> Iterator[Figure]:
    items, limit = [_item(number) for number in range(ITEMS)], RAW[name]
    with installed(url) as app, app.app_context():
        reader = _blog()
        gc.collect()
        gc.freeze()  # as the worker does when it starts
        first = _ours(items, reader, app, limit.clock)
        quiet = _ours(items, reader, app, limit.clock)
        raw = limit(db.engine, ITEMS, BATCH)
        raw_first, raw_again = raw.write(), raw.write_again()
    yield _rate(f"whole ingest, {name}", first.whole, raw_first, f"≥ 0.15 of {limit.called}")
    yield _rate(f"store path alone, {name}", first.storing, raw_first, f"≥ {limit.aim} of {limit.called}")
    yield _rate(f"quiet re-ingest, {name}", quiet.whole, raw_again, "≥ 0.8 of its re-run")


def _blog() -> list[Reader]:
    """The first person of the installation, with a blog."""
    person = db.session.query(Person).first()
    assert person
    blog = connect.add(person.id, Platform.FEED, "https://blog.example/feed", by=person.id, now=NOW)
    db.session.commit()
    return [Reader(Owner(blog.id, person.id, "UTC"))]


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


def _ours(items: Sequence[Activity], readers: Sequence[Reader], app: Flask, clock: Callable[[], float]) -> Taken:
    """Read them all in, a page at a time, as a pull does."""
    rules, storing = app.extensions["advocacy.rules"], 0.0
    begun = clock()
    for first in range(0, len(items), BATCH):
        ready = prepare(items[first : first + BATCH], readers, rules, facts.settled)
        db.session.rollback()
        start = clock()
        store(ready, (), 1, NOW)
        db.session.commit()
        storing += clock() - start
    return Taken(clock() - begun, storing)
