"""What is released to whom: counts for the page that says who sees what, and the list of items behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from advocacy.domain.activity import Kind, Platform
from advocacy.models import roster
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.audience import SEES, Audience
from advocacy.models.base import Row, db
from advocacy.models.evidence import Evidence
from advocacy.models.generations import LIVE
from advocacy.models.people import Grant
from advocacy.models.release.caught import Wanted, items
from advocacy.models.timeline import EXCERPT
from advocacy.models.words import Capability, Visibility, Word


@dataclass(frozen=True, slots=True)
class Share:
    """What an audience could see: `released` items, of which `seen` are evidence that was confirmed."""

    audience: Audience
    released: int
    seen: int


def shares(person_id: int) -> list[Share]:
    """What each audience sees of a person's items: two questions."""
    mine, one = ActivityPerson, Evidence
    there = sa.select(mine.visibility, sa.func.count()).where(mine.person_id == person_id).group_by(mine.visibility)
    released = {row[0]: row[1] for row in db.session.execute(there)}
    confirmed = (
        sa.select(one.visibility, sa.func.count(sa.distinct(one.activity_id)))
        .where(one.person_id == person_id, one.generation_id == LIVE.scalar_subquery())
        .where(one.verdict == Word.CONFIRMED, one.visibility != Visibility.PRIVATE)
        .group_by(one.visibility)
    )
    seen = {row[0]: row[1] for row in db.session.execute(confirmed)}
    return [
        Share(
            audience, sum(released.get(one, 0) for one in SEES[audience]), sum(seen.get(v, 0) for v in SEES[audience])
        )
        for audience in (Audience.LEAD, Audience.MARKETING, Audience.EVERYBODY)
    ]


def total(person_id: int) -> int:
    """How many items a person has."""
    return db.session.scalar(sa.select(sa.func.count()).where(ActivityPerson.person_id == person_id)) or 0


def marketing(person_id: int) -> Sequence[str]:
    """The names of those in marketing."""
    theirs = sa.select(Grant.person_id).where(Grant.capability == Capability.MARKETING, Grant.person_id != person_id)
    return list(roster.names_of(db.session.scalars(theirs), here=True).values())


def count(person_id: int, wanted: Wanted) -> int:
    """How many items a filter shows."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(items(person_id, wanted).subquery())) or 0


def page(
    person_id: int, wanted: Wanted, before: tuple[datetime, int] | None = None, limit: int | None = None
) -> Sequence[Row]:
    """The items a filter shows, the newest first; `before` is (moment, number) where the last page ended."""
    one, mine = ActivityRow, ActivityPerson
    query = (
        items(person_id, wanted)
        .add_columns(mine.at, mine.day, one.kind, one.platform, one.channel, one.title)
        .add_columns(sa.func.substr(one.text, 1, EXCERPT).label("excerpt"), mine.visibility, mine.said_at, mine.quiet)
        .add_columns(mine.release_rule_id, _confirmed(person_id).label("confirmed"))
    )
    if before is not None:
        query = query.where(sa.tuple_(mine.at, one.id) < sa.tuple_(*map(sa.literal, before)))
    return db.session.execute(query.order_by(mine.at.desc(), one.id.desc()).limit(limit)).all()


def _confirmed(person_id: int) -> sa.ColumnElement[bool]:
    one = Evidence
    here = one.activity_id == ActivityRow.id, one.person_id == person_id, one.verdict == Word.CONFIRMED
    return sa.exists().where(*here, one.generation_id == LIVE.scalar_subquery())


def choices(person_id: int) -> tuple[list[Kind], list[Platform]]:
    """The kinds and platforms that a person's items have."""
    one, mine = ActivityRow, ActivityPerson
    query = sa.select(one.kind, one.platform).join(mine, mine.activity_id == one.id).where(mine.person_id == person_id)
    found = db.session.execute(query.distinct()).all()
    kinds, platforms = {row.kind for row in found}, {row.platform for row in found}
    return [kind for kind in Kind if kind in kinds], [name for name in Platform if name in platforms]
