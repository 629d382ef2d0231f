"""Who works on which address: a lease with a fencing token, taken before the request and given back with its result."""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

import sqlalchemy as sa

from advocacy.domain.activity import Platform
from advocacy.domain.health import Condition, Outcome
from advocacy.models import sqlite
from advocacy.models.accounts import Subscription
from advocacy.models.base import Row, db
from advocacy.models.runs import Pull
from ingest import audience, batches
from ingest.batches import Room, Together
from ingest.selection import Selection, free

EVERY = timedelta(hours=1)
"""How often an address is visited that tells no wish of its own and shows no trouble."""

SOON = EVERY / 2
"""How long before its time an address is visited when a request for others has room for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One subscription, ours until the lease ends."""

    subscription_id: int
    pull_id: int
    token: str
    platform: Platform
    address: str
    host: str
    cursor: dict[str, Any]
    vocabulary: str
    condition: Condition  #: nobody but us changes it while the lease is ours
    due: datetime  #: what the claim put as the next visit; another moment there says that somebody woke it meanwhile
    until: datetime  #: when the lease ends, if nobody renews it
    since: date | None = None  #: the day before which nobody wants anything
    is_shared: bool = False  #: one request of its platform serves many addresses
    is_newcomer: bool = False  #: it has a history to be read
    is_probe: bool = False  #: its platform refused us lately
    complete_from: datetime | None = None


Batch: TypeAlias = list[Claim]
"""What one call of a source serves: addresses of one platform and host."""


def begun(rules: str) -> str:
    """In the place of a fingerprint: by these rules a walk was begun that did not come to its end yet.

    It goes on from its cursor, and is not read anew from the start, unless somebody woke the address meanwhile.
    """
    return f"begun {rules}"


class Lost(Exception):
    """Our lease ended and somebody else works on it: what we have must not be written."""


def claim(selection: Selection, room: Room, run_id: int, now: datetime, lease: timedelta) -> list[Batch]:
    """Take free subscriptions, in batches, and commit; `next_due` moves first, so that a crash cannot hot-loop."""
    chosen = batches.choose(selection, room, now, now + SOON)
    claims = _take(chosen, room, run_id, now, lease) if chosen else []
    db.session.commit()
    return claims


def any_free(selection: Selection, now: datetime) -> bool:
    """Whether a claim would find anything, for an idle tick that wants to sleep again."""
    with sqlite.reading():
        found = db.session.scalar(free(selection, now).with_only_columns(Subscription.id).limit(1))
        db.session.rollback()
    return found is not None


def count(selection: Selection, now: datetime) -> int:
    """How many subscriptions a claim would find."""
    found = db.session.scalar(sa.select(sa.func.count()).select_from(free(selection, now).order_by(None).subquery()))
    db.session.rollback()
    return found or 0


def give_back(claims: Collection[Claim], now: datetime) -> None:
    """End leases before their time, for a claimer that stops, and commit: what was held is due at once.

    Whatever a thread of ours may still bring for them is refused.
    """
    mine = ours(claims)
    due = sa.case((Subscription.next_due.is_not(None), now))
    back = sa.update(Subscription).where(mine).values(lease_token=None, lease_until=None, next_due=due)
    told = sa.update(Pull).where(Pull.id.in_([one.pull_id for one in claims]), Pull.outcome == Outcome.LOST)
    db.session.execute(back, execution_options={"synchronize_session": False})
    db.session.execute(told.values(message="the worker was stopped"), execution_options={"synchronize_session": False})
    db.session.commit()


def renew(batch: Collection[Claim], until: datetime) -> frozenset[int]:
    """Hold on to what is still ours, and commit; whose lease somebody else has now is not among the ids."""
    one = Subscription
    held = sa.update(one).where(ours(batch)).values(lease_until=until).returning(one.id)
    kept = db.session.scalars(held, execution_options={"synchronize_session": False}).all()
    db.session.commit()
    return frozenset(kept)


def ours(claims: Collection[Claim]) -> sa.ColumnElement[bool]:
    """That a subscription is one of these and its lease still the claim's."""
    tokens, ids = {one.token for one in claims}, [one.subscription_id for one in claims]
    return sa.and_(Subscription.id.in_(ids), Subscription.lease_token.in_(tokens))


def _take(chosen: Collection[Together], room: Room, run_id: int, now: datetime, lease: timedelta) -> list[Batch]:
    """Due again when the lease ends, should we die; what one of us died of already has to wait as long as usual."""
    one, token = Subscription, secrets.token_hex(16)
    ids = [key for batch in chosen for key in batch.ids]
    probes = {key for batch in chosen if batch.is_probe for key in batch.ids}
    due = sa.case((one.lease_token.is_(None), now + lease), else_=now + EVERY)
    values = {"lease_token": token, "lease_until": now + lease, "next_due": due, "last_try_at": now}
    told = (one.id, one.platform, one.address, one.host, one.cursor, one.vocabulary, one.next_due, one.last_ok_at)
    taken = sa.update(one).where(one.id.in_(ids)).values(values)
    rows = db.session.execute(
        taken.returning(*told, one.complete_from, one.state, one.state_since, one.failures),
        execution_options={"synchronize_session": False},
    ).all()
    pulls, since = _open_pulls(rows, run_id, now), audience.since(ids)
    claims = {
        row.id: Claim(
            subscription_id=row.id,
            pull_id=pulls[row.id],
            token=token,
            platform=row.platform,
            address=row.address,
            host=row.host,
            cursor=dict(row.cursor),
            vocabulary=row.vocabulary,
            condition=Condition(row.state, row.state_since, row.failures),
            due=row.next_due,
            until=now + lease,
            since=since.get(row.id),
            is_shared=room.is_shared(row.platform),
            is_newcomer=row.last_ok_at is None or not row.vocabulary,
            is_probe=row.id in probes,
            complete_from=row.complete_from,
        )
        for row in rows
    }
    return [[claims[key] for key in batch.ids] for batch in chosen]


def _open_pulls(rows: Iterable[Row], run_id: int, now: datetime) -> dict[int, int]:
    """A record for each that says it was lost until it is known to be otherwise; subscription → pull."""
    known = {"run_id": run_id, "started_at": now, "outcome": Outcome.LOST, "message": ""}
    begun = [{**known, "subscription_id": row.id, "platform": row.platform} for row in rows]
    made = sa.insert(Pull.metadata.tables["pull"]).returning(Pull.subscription_id, Pull.id)
    return {row.subscription_id: row.id for row in db.session.execute(made, begun)}
