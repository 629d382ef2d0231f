"""What colleagues published: shown beside what the person did for it, and never as its effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Kind
from advocacy.models import leadership
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.audience import Audience, shown_to
from advocacy.models.base import Row, db
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
        first=_first_ones([row.activity_id for row in rows[:MOST]]),
        writers=len({row.person_id for row in rows}),
        colleagues=len(others),
    )


def _published(person_ids: Sequence[int], first: date, last: date) -> sa.Select[Any]:
    one, mine = ActivityRow, ActivityPerson
    return (
        sa.select(mine.activity_id, mine.person_id, mine.day)
        .add_columns(one.title, one.url, one.channel, Person.name)
        .join(one, one.id == mine.activity_id)
        .join(Person, Person.id == mine.person_id)
        .where(mine.person_id.in_(person_ids), mine.day.between(first, last), one.kind == Kind.ARTICLE)
        .where(shown_to(Audience.EVERYBODY), one.deleted_at.is_(None))
        .order_by(mine.day.desc(), mine.activity_id.desc())
        .limit(200)
    )


def _first_ones(activity_ids: Sequence[int]) -> frozenset[int]:
    """Which of them have no released article of the same person before them."""
    if not activity_ids:
        return frozenset()
    mine, before, earlier = ActivityPerson, sa.orm.aliased(ActivityPerson), sa.orm.aliased(ActivityRow)
    one_before = (
        sa.exists()
        .where(before.person_id == mine.person_id, before.at < mine.at, shown_to(Audience.EVERYBODY, before))
        .where(earlier.id == before.activity_id, earlier.kind == Kind.ARTICLE)
    )
    query = sa.select(mine.activity_id).where(mine.activity_id.in_(activity_ids), ~one_before)
    return frozenset(db.session.scalars(query.where(shown_to(Audience.EVERYBODY))))
