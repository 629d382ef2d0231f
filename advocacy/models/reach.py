"""Since when each platform of a person is complete, as the polled addresses tell it."""

import sqlalchemy as sa

from advocacy.domain.activity import Platform
from advocacy.domain.coverage import Coverage, joint
from advocacy.domain.period import day_of
from advocacy.models.accounts import Account, Subscription
from advocacy.models.base import Row, db


def coverage_of(person_id: int, zone: str) -> dict[Platform, Coverage]:
    """The connected platforms of a person, each with the days that all its accounts cover together."""
    query = (
        sa.select(Account.platform, Subscription.complete_from, Subscription.complete_to, Account.start_on)
        .outerjoin(Subscription, Subscription.id == Account.subscription_id)
        .where(Account.person_id == person_id, Account.refused_at.is_(None))
    )
    accounts: dict[Platform, list[Coverage]] = {}
    for row in db.session.execute(query):
        accounts.setdefault(row.platform, []).append(_of(row, zone))
    return {platform: joint(parts) for platform, parts in accounts.items()}


def _of(row: Row, zone: str) -> Coverage:
    if row.complete_from is None or row.complete_to is None:
        return Coverage()
    begun = day_of(row.complete_from, zone)
    return Coverage(max(begun, row.start_on or begun), day_of(row.complete_to, zone))
