"""Rows made from evidence for those of whom something changed; the same again changes nothing."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Kind
from advocacy.models import bulk
from advocacy.models.base import db
from advocacy.models.findable.items import forget, items_of
from advocacy.models.findable.reading import DELIVERED, SHOWN, VISIBLE
from advocacy.models.findable.tables import FindableCount, FindableStale, FindableTopic, FindableWork
from advocacy.models.findable.works import Work, works_of
from advocacy.models.people import Person

AT_ONCE = 50  #: people whose rows are made in one transaction
_UNSEEN = {"synchronize_session": False}


def renew(at_most: int = AT_ONCE) -> int:
    """Make the rows of people anew whose marks stand, the longest marked first; how many people that were."""
    one = FindableStale
    first = sa.select(one.person_id).group_by(one.person_id).order_by(sa.func.min(one.id)).limit(at_most)
    people = set(db.session.scalars(first))
    if people:
        marks = db.session.scalars(sa.select(one.id).where(one.person_id.in_(people))).all()
        here = set(db.session.scalars(sa.select(Person.id).where(Person.id.in_(people))))
        _write(works_of(here), here)
        db.session.execute(sa.delete(one).where(one.id.in_(marks)), execution_options=_UNSEEN)
    return len(people)


def _write(works: Sequence[Work], people: Collection[int]) -> None:
    items = items_of({one.activity_id for one in works})
    rows = {(w.person_id, w.work_id, items[w.activity_id], w.kind, w.day, w.visibility) for w in works}
    topics = {(topic, w.person_id, kind, w.day, w.visibility, w.work_id) for w in works for topic, kind in w.topics}
    before, before_topics = _there(FindableWork, _WORK, people), _there(FindableTopic, _TOPIC, people)
    gone = {row[:2] for row in before - rows}
    _drop(FindableWork, ("person_id", "work_id"), gone)
    kept = {row for row in before_topics if (row[1], row[5]) not in gone}
    _drop(FindableTopic, _TOPIC, kept - topics)
    bulk.insert(FindableWork, _WORK, rows - before)
    bulk.insert(FindableTopic, _TOPIC, topics - kept)
    if before - rows:
        forget({row[2] for row in before - rows})
    _count(topics, people)


def _count(topics: Iterable[tuple[Any, ...]], people: Collection[int]) -> None:
    shown: dict[tuple[str, int], list[tuple[bool, Kind, date]]] = {}
    for topic, person_id, kind, day, visibility, _ in topics:
        if kind in SHOWN:
            shown.setdefault((topic, person_id), []).append((visibility in VISIBLE, kind, day))
    rows = {(*key, *_counted(some)) for key, some in shown.items()}
    before = _there(FindableCount, _COUNT, people)
    _drop(FindableCount, _COUNT[:2], {row[:2] for row in before - rows})
    bulk.insert(FindableCount, _COUNT, rows - before)


def _counted(some: Sequence[tuple[bool, Kind, date]]) -> tuple[int, int, date]:
    """Works that marketing may see, talks and trainings among them, and the newest day."""
    seen = [(kind, day) for visible, kind, day in some if visible]
    days = [day for _, day in seen] or [day for *_, day in some]
    return len(seen), sum(kind in DELIVERED for kind, _ in seen), max(days)


_WORK = ("person_id", "work_id", "item_id", "kind", "day", "visibility")
_TOPIC = ("topic", "person_id", "kind", "day", "visibility", "work_id")
_COUNT = ("topic", "person_id", "works", "delivered", "last")


def _there(table: type[Any], columns: Sequence[str], people: Collection[int]) -> set[tuple[Any, ...]]:
    query = sa.select(*(getattr(table, name) for name in columns)).where(table.person_id.in_(people))
    return {tuple(row) for row in db.session.execute(query)}


def _drop(table: type[Any], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    key = sa.tuple_(*(getattr(table, name) for name in columns))
    ordered = list(rows)
    for first in range(0, len(ordered), 100):
        some = sa.delete(table).where(key.in_(ordered[first : first + 100]))
        db.session.execute(some, execution_options=_UNSEEN)
