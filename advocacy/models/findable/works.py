"""What of a person's works others may find, as the evidence says at this moment."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Kind
from advocacy.models.activities import ActivityRow
from advocacy.models.base import Row, db
from advocacy.models.evidence import Evidence
from advocacy.models.generations import LIVE
from advocacy.models.words import Visibility, Word

WIDTH = list(Visibility)  #: from the narrowest to the widest
FACETS = {"learned": Kind.LEARNING, "taught": Kind.TRAINING_GIVEN}
"""Evidence that names its own topic, and what was done for it."""


@dataclass(frozen=True, slots=True)
class Work:
    """One work of a person's as it can be found; `topics` with what was done for each."""

    person_id: int
    work_id: int
    activity_id: int
    kind: Kind
    day: date
    visibility: Visibility
    topics: frozenset[tuple[str, Kind]]


def works_of(people: Collection[int]) -> list[Work]:
    """What these people let others find, as the evidence says at this moment."""
    copies: dict[tuple[int, int], list[Row]] = {}
    for row in db.session.execute(_released(people)) if people else ():
        copies.setdefault((row.person_id, row.work_id), []).append(row)
    return [_work(rows) for rows in copies.values()]


def _released(people: Collection[int]) -> sa.Select[Any]:
    seen, one = Evidence, ActivityRow
    return (
        sa.select(seen.person_id, seen.work_id, seen.activity_id, seen.day, seen.visibility, seen.facet)
        .add_columns(one.kind, one.tags)
        .join(one, one.id == seen.activity_id)
        .where(seen.person_id.in_(people), seen.generation_id == LIVE.scalar_subquery(), one.deleted_at.is_(None))
        .where(seen.verdict == Word.CONFIRMED, seen.visibility != Visibility.PRIVATE)
        .order_by(seen.person_id, seen.activity_id, seen.id)
    )


def _work(rows: Sequence[Row]) -> Work:
    """The widest copy stands for the work; what narrower ones say stays with those who may see them."""
    widest = max((row.visibility for row in rows), key=WIDTH.index)
    open_ones = [row for row in rows if row.visibility is widest]
    shown = min(open_ones, key=lambda row: (row.activity_id != row.work_id, row.activity_id))
    topics = frozenset(topic for row in open_ones for topic in _topics(row))
    return Work(shown.person_id, shown.work_id, shown.activity_id, shown.kind, shown.day, widest, topics)


def _topics(row: Row) -> Iterable[tuple[str, Kind]]:
    act, _, topic = row.facet.partition("/")
    if act in FACETS and topic:
        return [(topic, FACETS[act])]
    tags = row.tags or {}
    return [(one, row.kind) for one in (*tags.get("topics", ()), *tags.get("components", ()))]
