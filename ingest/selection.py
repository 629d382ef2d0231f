"""Which subscriptions somebody may work on now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from advocacy import running
from advocacy.domain.activity import Platform
from advocacy.domain.health import Health
from advocacy.models import hosts, platforms
from advocacy.models.accounts import Account, Subscription
from advocacy.models.people import Person
from advocacy.models.runs import Pull

NEWCOMER = sa.or_(Subscription.last_ok_at.is_(None), Subscription.vocabulary == "")
"""That an address has a history to be read: it was never read to the end, or somebody wants all of it anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which subscriptions: of these accounts or platforms (None: all), only what is due or all that may be asked."""

    accounts: frozenset[int] | None = None
    subscriptions: frozenset[int] | None = None
    platforms: frozenset[Platform] | None = None
    due_only: bool = True
    untried_in: int | None = None  #: only what this run did not try yet


def free(selection: Selection, now: datetime, soon: datetime | None = None) -> Any:
    """The selected ones that nobody holds and neither platform nor host wants left alone, the longest due first.

    What is due until `soon` counts as due, unless it is in trouble: that waits as long as its trouble says.
    """
    one = Subscription
    is_read = (
        sa.select(Account.id)
        .join(Person, Person.id == Account.person_id)
        .where(Account.subscription_id == one.id, wanted())
    )
    if selection.accounts is not None:
        is_read = is_read.where(Account.id.in_(selection.accounts))
    query: Any = sa.select(one.id, one.host, one.platform, one.next_due).where(
        sa.or_(one.lease_until.is_(None), one.lease_until <= now),
        sa.or_(one.held_until.is_(None), one.held_until <= now),
        _is_due(selection, now, soon),
        is_read.exists(),
        ~hosts.is_shut(one.host, now),
        ~platforms.is_closed(one.platform, now),
    )
    if selection.platforms is not None:
        # Said by what is left out, for SQLite would else go by the platform and sort all that is due, at every claim.
        query = query.where(one.platform.not_in([other for other in Platform if other not in selection.platforms]))
    if selection.subscriptions is not None:
        query = query.where(one.id.in_(selection.subscriptions))
    if selection.untried_in is not None:
        query = query.where(~sa.exists().where(Pull.subscription_id == one.id, Pull.run_id == selection.untried_in))
    return query.order_by(one.next_due, one.id)


def _is_due(selection: Selection, now: datetime, soon: datetime | None) -> sa.ColumnElement[bool]:
    one = Subscription
    if not selection.due_only:
        return one.next_due.is_not(None)
    if soon is None:
        return one.next_due <= now
    return sa.and_(one.next_due <= soon, sa.or_(one.next_due <= now, one.state.in_([Health.NEW, Health.HEALTHY])))


def wanted() -> sa.ColumnElement[bool]:
    """That an account, joined with its person, is read: neither refused nor paused, and the person not disabled.

    Where the installation asks first (`ADVOCACY_OPT_IN`), the person must have agreed to it.
    """
    asked_first = Account.accepted_at.is_not(None) if running.settings().opt_in else sa.true()
    return sa.and_(Account.refused_at.is_(None), Account.paused_at.is_(None), Person.disabled_at.is_(None), asked_first)
