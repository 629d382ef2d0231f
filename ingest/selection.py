"""Which subscriptions somebody may work on now."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Platform
from advocacy.models.accounts import Account, Subscription
from advocacy.models.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which subscriptions: of these accounts or platforms (None: all), only what is due or all that may be asked."""

    accounts: frozenset[int] | None = None
    subscriptions: frozenset[int] | None = None
    platforms: frozenset[Platform] | None = None
    due_only: bool = True
    skip: frozenset[int] = field(default=frozenset())


def free(selection: Selection, now: datetime) -> sa.Select[Any]:
    """The selected ones that nobody holds and no platform asked us to leave alone, the longest due first."""
    one = Subscription
    is_read = (
        sa.select(Account.id)
        .join(Person, Person.id == Account.person_id)
        .where(Account.subscription_id == one.id, wanted())
    )
    if selection.accounts is not None:
        is_read = is_read.where(Account.id.in_(selection.accounts))
    query = sa.select(one).where(
        sa.or_(one.lease_until.is_(None), one.lease_until <= now),
        sa.or_(one.held_until.is_(None), one.held_until <= now),
        one.next_due <= now if selection.due_only else one.next_due.is_not(None),
        is_read.exists(),
    )
    if selection.platforms is not None:
        query = query.where(one.platform.in_(selection.platforms))
    if selection.subscriptions is not None:
        query = query.where(one.id.in_(selection.subscriptions))
    if selection.skip:
        query = query.where(one.id.not_in(selection.skip))
    return query.order_by(one.next_due, one.id)


def wanted() -> sa.ColumnElement[bool]:
    """That an account, joined with its person, is read: neither refused nor paused, and the person not disabled."""
    return sa.and_(Account.refused_at.is_(None), Account.paused_at.is_(None), Person.disabled_at.is_(None))
