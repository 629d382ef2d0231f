"""What a page costs to read: Home's board for people of a company of 5,000 with 100,000 activities, on SQLite."""

import random
import time
from collections.abc import Iterator
from datetime import date, timedelta

import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Kind, Platform
from advocacy.domain.normal import ref_hash
from advocacy.domain.rulebook import Strength
from advocacy.models import generations
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.base import db
from advocacy.models.board import board, default_period
from advocacy.models.evidence import Evidence
from advocacy.models.ladders import Expectation, RolePageRow
from advocacy.models.people import Person, RoleHeld
from advocacy.models.roster import EVER
from advocacy.models.sqlite import reading
from advocacy.models.words import Part, Visibility
from benchmarks.databases import NOW, installed
from benchmarks.figure import Figure

PEOPLE, EACH = 5_000, 20
LOOKS = 200
LIMIT_MS = 20.0


def figures() -> Iterator[Figure]:
    """The 95th percentile of the whole board, beside SPEED.md's 20 ms for its queries."""
    with installed("") as app, app.app_context():
        _fill()
        slow = _look(app)
    yield Figure("board, 100 k activities, 5,000 people, p95", slow, "ms", LIMIT_MS, slow / LIMIT_MS, "≤ 1")


def _fill() -> None:
    chance = random.Random(7)
    page = db.session.scalars(sa.select(RolePageRow)).one()
    rules = list(db.session.scalars(sa.select(Expectation.id).where(Expectation.rule.is_not(None))))
    live = generations.written()[0]
    people = range(2, PEOPLE + 2)
    _insert(Person, [{"id": n, "email": f"{n}@x", "name": f"P{n}", "zone": "UTC", "created_at": NOW} for n in people])
    _insert(RoleHeld, [{"person_id": n, "page_id": page.id, "since": EVER} for n in people])
    number = 0
    for person in people:
        activities, belongings, evidence = [], [], []
        for _ in range(EACH):
            number += 1
            at = NOW - timedelta(hours=chance.randrange(24 * 365))
            activities.append(_activity(number, at))
            who = {"activity_id": number, "person_id": person, "visibility": Visibility.PRIVATE}
            belongings.append({**who, "part": Part.AUTHOR, "at": at, "day": at.date()})
            evidence += [_evidence(who, at.date(), rule, live) for rule in chance.sample(rules, 2)]
        for table, rows in ((ActivityRow, activities), (ActivityPerson, belongings), (Evidence, evidence)):
            _insert(table, rows)
    db.session.commit()


def _activity(number: int, at: object) -> dict[str, object]:
    ref = f"feed:{number}"
    plain = dict.fromkeys(("channel", "url", "title", "lang"), "x")
    empty = {"authors": [], "metrics": {}, "tags": {}, "at_guessed": False, "role": "unknown"}
    known = {"id": number, "ref": ref, "ref_hash": ref_hash(ref), "content_hash": b"", "text": "x" * 600}
    kinds = {"kind": Kind.ARTICLE, "platform": Platform.FEED}
    return {**plain, **empty, **known, **kinds, "at": at, "first_seen_at": NOW, "changed_at": NOW}


def _evidence(who: dict[str, object], day: date, rule: int, live: int) -> dict[str, object]:
    said = {"medium": "feed", "rule": "r", "facet": "", "strength": Strength.STRONG, "why": "because", "verdict": None}
    return {
        **{**who, "work_id": who["activity_id"], "day": day, "expectation_id": rule, "generation_id": live},
        **said,
    }


def _insert(table: type, rows: list[dict[str, object]]) -> None:
    db.session.execute(sa.insert(table.__table__), rows)  # type: ignore[attr-defined]


def _look(app: Flask) -> float:
    rules, times = app.extensions["advocacy.rules"], []
    chance = random.Random(8)
    for _ in range(LOOKS):
        with reading():
            person = db.session.get_one(Person, chance.randrange(2, PEOPLE + 2))
            start = time.perf_counter()
            board(person, default_period(person, NOW), NOW, rules)
            times.append((time.perf_counter() - start) * 1000)
            db.session.rollback()
    return sorted(times)[int(LOOKS * 0.95)]
