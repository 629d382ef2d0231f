"""A person's activities in time."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa

from advocacy.domain.activity import Kind, Platform
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.base import db
from advocacy.models.words import Visibility

EXCERPT = 280  #: characters
ZONES = timedelta(hours=36)  #: further from noon in UTC no moment of a day lies anywhere


@dataclass(frozen=True, slots=True)
class Item:
    """One activity as a list shows it."""

    activity_id: int
    at: datetime
    at_guessed: bool
    day: date
    kind: Kind
    platform: Platform
    channel: str
    title: str
    url: str
    excerpt: str
    visibility: Visibility
    dropped: bool  #: its text may not be kept here for now


def recent(person_id: int, limit: int = 5) -> list[Item]:
    """The newest activities, newest first; what was deleted where it was posted is not among them."""
    mine, one = ActivityPerson, ActivityRow
    query = (
        sa.select(one.id, one.at, one.at_guessed, mine.day, one.kind, one.platform, one.channel, one.title, one.url)
        .add_columns(sa.func.substr(one.text, 1, EXCERPT), mine.visibility, one.dropped_at.is_not(None))
        .join(one, one.id == mine.activity_id)
        .where(mine.person_id == person_id, one.deleted_at.is_(None))
        .order_by(mine.at.desc(), mine.activity_id.desc())
        .limit(limit)
    )
    return [Item(*row) for row in db.session.execute(query)]


def by_day(person_id: int, first: date, last: date) -> dict[date, int]:
    """How many activities on each day; days without any are not named."""
    query = sa.select(ActivityPerson.day).where(_between(person_id, first, last))
    return dict(Counter(db.session.scalars(query)))


def by_kind(person_id: int, first: date, last: date) -> dict[Kind, int]:
    """How many activities of each kind, the most frequent first."""
    count = sa.func.count()
    query = (
        sa.select(ActivityRow.kind, count)
        .join(ActivityPerson, ActivityPerson.activity_id == ActivityRow.id)
        .where(_between(person_id, first, last))
        .group_by(ActivityRow.kind)
        .order_by(count.desc(), ActivityRow.kind)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def _between(person_id: int, first: date, last: date) -> sa.ColumnElement[bool]:
    """The days are the person's own; the moments around them bound what the index has to show."""
    mine, noon = ActivityPerson, time(12, tzinfo=UTC)
    begin, end = datetime.combine(first, noon) - ZONES, datetime.combine(last, noon) + ZONES
    return sa.and_(mine.person_id == person_id, mine.at.between(begin, end), mine.day.between(first, last))
