"""What came to a person since a moment: for the weekly letter."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from advocacy.domain.activity import Kind
from advocacy.domain.training import ClassState
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.attention import unsaid
from advocacy.models.base import Row, db
from advocacy.models.evidence import Evidence
from advocacy.models.trainings.classes import Class
from advocacy.models.trainings.trainers import gives

AHEAD = timedelta(days=14)  #: so far the letter looks ahead at classes


def arrived(person_id: int, since: datetime, until: datetime) -> dict[Kind, int]:
    """How many items of each kind we first saw after the one moment and not after the other, the most first."""
    one, count = ActivityRow, sa.func.count()
    query = (
        sa.select(one.kind, count)
        .join(ActivityPerson, ActivityPerson.activity_id == one.id)
        .where(ActivityPerson.person_id == person_id, one.deleted_at.is_(None))
        .where(one.first_seen_at > since, one.first_seen_at <= until)
        .group_by(one.kind)
        .order_by(count.desc(), one.kind)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def waiting_new(person_id: int, first: date, last: date, today: date, since: datetime) -> int:
    """Of what waits in the inbox for these days, how much we first saw after a moment."""
    query = (
        sa.select(sa.func.count(Evidence.activity_id.distinct()))
        .join(ActivityRow, ActivityRow.id == Evidence.activity_id)
        .where(unsaid(person_id, today), Evidence.day.between(first, last), ActivityRow.first_seen_at > since)
    )
    return db.session.scalar(query) or 0


def classes_ahead(person_id: int, today: date) -> list[Row]:
    """Classes that the person gives within two weeks: id, title, day, place."""
    one = Class
    query = (
        sa.select(one.id, one.title, one.day, one.place)
        .where(one.state == ClassState.PLANNED, one.day.between(today, today + AHEAD), gives(person_id, one.id))
        .order_by(one.day, one.id)
    )
    return list(db.session.execute(query))
