"""Who works on which address: a lease with a fencing token, taken before the request and given back with its result."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import random
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Platform
from advocacy.domain.health import Condition, Outcome, after, next_visit
from advocacy.domain.normal import TITLE_LIMIT, storable
from advocacy.models.accounts import Account, Subscription
from advocacy.models.base import db
from advocacy.models.fact import Owner
from advocacy.models.people import Person
from advocacy.models.runs import Pull
from ingest.prepare import Reader
from ingest.selection import Selection, free, wanted
from ingest.source import Page

EVERY = timedelta(hours=1)
"""How often an address is visited that tells no wish of its own and shows no trouble."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One subscription, ours until the lease ends."""

    subscription_id: int
    pull_id: int
    token: str
    platform: Platform
    address: str
    cursor: dict[str, Any]
    vocabulary: str
    due: datetime  #: what the claim put as the next visit; another moment there says that somebody woke it meanwhile


class Lost(Exception):
    """Our lease ended and somebody else works on it: what we have must not be written."""


def claim(selection: Selection, limit: int, run_id: int, now: datetime, lease: timedelta) -> list[Claim]:
    """Take up to `limit` free subscriptions and commit; `next_due` moves first, so that a crash cannot hot-loop."""
    rows = db.session.scalars(free(selection, now).limit(limit).with_for_update(skip_locked=True)).all()
    claims = [_take(row, run_id, now, lease) for row in rows]
    db.session.commit()
    return claims


def any_free(selection: Selection, now: datetime) -> bool:
    """Whether a claim would find anything, for an idle tick that wants to sleep again."""
    found = db.session.scalar(free(selection, now).with_only_columns(Subscription.id).limit(1))
    db.session.rollback()
    return found is not None


def count(selection: Selection, now: datetime) -> int:
    """How many subscriptions a claim would find."""
    found = db.session.scalar(sa.select(sa.func.count()).select_from(free(selection, now).order_by(None).subquery()))
    db.session.rollback()
    return found or 0


def readers(subscription_id: int, *, lock: bool = False) -> list[Reader]:
    """For whom an address is read: accounts that are `wanted` (one that an operator added may be refused).

    `lock` keeps it so until the transaction ends: nobody can leave between our reading and our writing.
    """
    query = (
        sa.select(Account.id, Account.person_id, Person.zone, Account.author, Account.start_on)
        .join(Person, Person.id == Account.person_id)
        .where(Account.subscription_id == subscription_id, wanted())
        .order_by(Account.id)
    )
    if lock:
        query = query.with_for_update(read=True, of=Account)
    return [
        Reader(Owner(account_id, person_id, zone), author, start_on)
        for account_id, person_id, zone, author, start_on in db.session.execute(query)
    ]


def advance(held: Claim, page: Page) -> None:
    """Adopt a page's cursor and coverage in the transaction under way; raise Lost when the lease is no longer ours."""
    subscription = fence(held)
    if page.cursor is not None:
        subscription.cursor = dict(page.cursor)
    if page.title:
        subscription.title = storable(page.title, TITLE_LIMIT)
    if page.gap:
        subscription.gap_at = page.covers_from
    if page.covers_from and (page.gap or subscription.complete_from is None):
        subscription.complete_from = page.covers_from
    elif page.covers_from and subscription.complete_from:
        subscription.complete_from = min(subscription.complete_from, page.covers_from)


def settle(
    held: Claim, outcome: Outcome, message: str, started: datetime, now: datetime, wish: datetime | None, rules: str
) -> None:
    """Give the lease back with how it went and when to come again; raise Lost when it is no longer ours."""
    subscription = fence(held)
    poison = db.session.scalar(sa.select(Pull.poison).where(Pull.id == held.pull_id)) or 0
    old = Condition(subscription.state, subscription.state_since, subscription.failures)
    new = after(old, outcome, now, poison)
    subscription.state, subscription.state_since, subscription.failures = new.state, new.since, new.failures
    subscription.last_error = message
    read = outcome in (Outcome.OK, Outcome.UNCHANGED)
    subscription.held_until = None if read else wish
    if read:
        subscription.last_ok_at, subscription.complete_to = now, started
    if subscription.next_due == held.due:
        subscription.next_due = next_visit(new, now, EVERY, random(), wish)
        subscription.vocabulary = rules if read else subscription.vocabulary
    subscription.lease_until = subscription.lease_token = None


def fence(held: Claim) -> Subscription:
    """The row, locked, while the lease is still ours; raise Lost when it is not."""
    query = sa.select(Subscription).where(
        Subscription.id == held.subscription_id, Subscription.lease_token == held.token
    )
    subscription = db.session.scalar(query.with_for_update())
    if subscription is None:
        raise Lost(f"somebody else works on {held.address} now")
    return subscription


def _take(row: Subscription, run_id: int, now: datetime, lease: timedelta) -> Claim:
    """Due again when the lease ends, should we die; what one of us died of already has to wait as long as usual."""
    due = now + (EVERY if row.lease_token else lease)
    row.lease_token, row.lease_until = secrets.token_hex(16), now + lease
    row.next_due, row.last_try_at = due, now
    pull = Pull(
        run_id=run_id, subscription_id=row.id, platform=row.platform, started_at=now, outcome=Outcome.LOST, message=""
    )
    db.session.add(pull)
    db.session.flush()
    return Claim(
        subscription_id=row.id,
        pull_id=pull.id,
        token=row.lease_token,
        platform=row.platform,
        address=row.address,
        cursor=dict(row.cursor),
        vocabulary=row.vocabulary,
        due=due,
    )


def tell(held: Claim, changes: Sequence[tuple[str, float]]) -> None:
    """Add figures to the pull's record, in the transaction under way."""
    values = {name: getattr(Pull, name) + number for name, number in changes if number}
    if values:
        db.session.execute(sa.update(Pull).where(Pull.id == held.pull_id).values(values))
