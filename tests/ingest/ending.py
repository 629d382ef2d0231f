"""How a lived year ended in the tables, held against what the simulator says is true."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Platform
from advocacy.models.accounts import Account, Subscription
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.base import Row, db
from advocacy.models.people import Person
from advocacy.models.platforms import Spend
from ingest.loopback.simulation_truth import Fate, Item, Truth, truth
from tests.ingest.life import Life

BUDGET = 3_000_000  #: millionths of a dollar
SCORES = {Platform.X: "likes", Platform.REDDIT: "score", Platform.STACKEXCHANGE: "score"}
BLUR = 3  #: a change of a score on Reddit by so much is no news


def disagreements(life: Life) -> list[str]:
    """Each item, reach and month that is not as it must be, in a line; sorted."""
    return sorted([*_items(truth(life.year, life.visits), _by_name()), *_coverage(life), *_money()])


def works_apart(life: Life) -> list[str]:
    """Each work whose places do not stand together, or that nobody knows of, in a line; sorted."""
    return sorted(_works(truth(life.year, life.visits), _by_name()))


def _by_name() -> dict[str, Row]:
    return {_name(row): row for row in _rows()}


def _rows() -> list[Row]:
    query = sa.select(ActivityRow, Person.name.label("who")).join(
        ActivityPerson, ActivityPerson.activity_id == ActivityRow.id, isouter=True
    )
    query = query.join(Person, Person.id == ActivityPerson.person_id, isouter=True)
    return list(db.session.execute(query).all())


def _name(row: Row) -> str:
    one: Any = row[0]
    return str(one.url if one.platform is Platform.FEED else one.ref)


def _items(told: Truth, rows: dict[str, Row]) -> Iterator[str]:
    for name in sorted(rows.keys() - told.items.keys()):
        yield f"{name}: nobody of ours said that"
    for name, item in told.items.items():
        row = rows.get(name)
        fate = _fate(row)
        if item.fate is not Fate.UNSURE and fate is not item.fate:
            yield f"{name}: is {fate}, must be {item.fate} ({_story(item)})"
        elif row is not None and item.fate is Fate.KEPT:
            yield from _facts(item, row)


def _fate(row: Row | None) -> Fate:
    if row is None:
        return Fate.ABSENT
    one: Any = row[0]
    if one.deleted_at is None:
        return Fate.KEPT
    return Fate.TOMBSTONE if one.text == one.title == "" else Fate.KEPT


def _story(item: Item) -> str:
    said = item.message
    ends = [f"{what} {at:%m-%d %H:%M}" for what in ("deleted_at", "removed_at") if (at := getattr(said, what))]
    edits = [f"edited {at:%m-%d %H:%M}" for at, _ in said.versions[1:]]
    return ", ".join([item.person, f"said {said.at:%m-%d %H:%M}", *edits, *ends])


def _facts(item: Item, row: Row) -> Iterator[str]:
    one: Any = row[0]
    if str(row.who).lower() != item.person:
        yield f"{item.name}: belongs to {row.who}, must be {item.person}'s"
    if not any(text.strip() in one.text for text in item.says):
        yield f"{item.name}: says {one.text!r}, must say one of {item.says} ({_story(item)})"
    if item.score is not None and not _is_close(item, one.metrics.get(SCORES[item.message.platform])):
        yield f"{item.name}: has the score of {one.metrics}, must be {item.score} ({_story(item)})"
    if item.replies is not None and one.replies != item.replies:
        yield f"{item.name}: has {one.replies} replies, must be {item.replies} ({_story(item)})"
    if item.accepted is not None and one.accepted is not item.accepted:
        yield f"{item.name}: accepted is {one.accepted}, must be {item.accepted} ({_story(item)})"
    if item.place is not None and not (one.rank and item.place[0] <= one.rank <= item.place[1]):
        yield f"{item.name}: has the rank {one.rank}, must be in {item.place} ({_story(item)})"


def _is_close(item: Item, score: int | None) -> bool:
    slack = BLUR if item.message.platform is Platform.REDDIT else 0
    return score is not None and item.score is not None and abs(score - item.score) <= slack


def _works(told: Truth, rows: dict[str, Row]) -> Iterator[str]:
    found: dict[int, set[str]] = {}
    for name, row in rows.items():
        one: Any = row[0]
        found.setdefault(one.work_id or one.id, set()).add(name)
    unsure = told.of(Fate.UNSURE)
    ours = {frozenset(names - unsure) for names in found.values() if len(names - unsure) > 1}
    for work in told.works:
        if work not in ours:
            yield f"no work of {sorted(work)}; they stand in {[sorted(one) for one in ours if one & work]}"
    for work in ours - set(told.works):
        yield f"no work of their own: {sorted(work)}"


def _coverage(life: Life) -> Iterator[str]:
    """Whoever is there is known from the beginning to the end; the handle that never was is known not at all."""
    query = sa.select(Subscription, Account.start_on).join(Account, Account.subscription_id == Subscription.id)
    nobody = life.address(*life.year.nobody)
    for row in db.session.execute(query):
        one: Any = row[0]
        if one.address == nobody:
            if one.complete_to is not None or not one.last_error:
                yield f"{one.address}: is said to be known to {one.complete_to} ({one.last_error})"
        elif one.complete_to is None or one.complete_to < life.year.until - timedelta(days=1):
            yield f"{one.address}: is known to {one.complete_to} only ({one.state}: {one.last_error})"
        elif one.complete_from is None or one.complete_from > max(life.year.since, _start(row.start_on)):
            yield f"{one.address}: is known from {one.complete_from} only ({one.complete_why})"


def _start(day: date | None) -> datetime:
    """From when on somebody is to be known who wants nothing told from before a day."""
    return datetime.combine(day, time(), UTC) if day else datetime.min.replace(tzinfo=UTC)


def _money() -> Iterator[str]:
    for month in db.session.scalars(sa.select(Spend)):
        if month.micros > BUDGET:
            yield f"{month.platform} cost {month.micros} in {month.month}"
