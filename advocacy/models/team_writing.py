"""What colleagues published: shown beside what the person did for it, and never as its effect."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Kind
from advocacy.models import leadership
from advocacy.models.activities import ActivityRow
from advocacy.models.audience import Audience, seen_by
from advocacy.models.base import Row, db
from advocacy.models.evidence import Evidence
from advocacy.models.generations import LIVE
from advocacy.models.people import Person

MOST = 20


@dataclass(frozen=True, slots=True)
class TeamWriting:
    """The newest published pieces of colleagues; `first` are the ids of those that are their author's first known.

    `writers` of `colleagues` released something that they wrote in the period; of the others nothing is known, which
    is their right.
    """

    pieces: Sequence[Row]
    first: frozenset[int]
    writers: int
    colleagues: int


def of(person_id: int, first: date, last: date, today: date) -> TeamWriting:
    """What colleagues released of what they wrote between two days."""
    others = leadership.colleagues(person_id, today)
    rows = db.session.execute(_published(others, first, last)).all() if others else ()
    return TeamWriting(
        pieces=rows[:MOST],
        first=_first_ones(rows[:MOST]),
        writers=len({row.person_id for row in rows}),
        colleagues=len(others),
    )


def _published(person_ids: Sequence[int], first: date, last: date) -> sa.Select[Any]:
    return (
        _public(person_ids)
        .add_columns(ActivityRow.title, ActivityRow.url, ActivityRow.channel, Person.name)
        .join(Person, Person.id == Evidence.person_id)
        .where(Evidence.day.between(first, last))
        .order_by(Evidence.day.desc(), Evidence.activity_id.desc())
        .limit(200)
    )


def _first_ones(pieces: Sequence[Row]) -> frozenset[int]:
    """Which of them are the first released article of their person."""
    first: dict[int, tuple[date, int]] = {}
    for row in db.session.execute(_public({one.person_id for one in pieces})) if pieces else ():
        piece = row.day, row.activity_id
        first[row.person_id] = min(piece, first.get(row.person_id, piece))
    return frozenset(one.activity_id for one in pieces if first[one.person_id] == (one.day, one.activity_id))


def _public(person_ids: Collection[int]) -> sa.Select[Any]:
    """Articles of these people that everybody may see, each once: begun at the evidence, of which few are released."""
    seen, one = Evidence, ActivityRow
    return (
        sa.select(seen.activity_id, seen.person_id)
        .add_columns(seen.day)
        .join(one, one.id == seen.activity_id)
        .where(seen.person_id.in_(person_ids), seen.generation_id == LIVE.scalar_subquery())
        .where(seen_by(Audience.EVERYBODY), one.kind == Kind.ARTICLE, one.deleted_at.is_(None))
        .distinct()
    )
