"""Who works on which address: a lease with a fencing token, taken before the request and given back with its result."""

import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Platform
from advocacy.domain.health import Condition, Outcome
from advocacy.models import sqlite
from advocacy.models.accounts import Account, Subscription
from advocacy.models.base import Row, db
from advocacy.models.fact import Owner
from advocacy.models.people import Person
from advocacy.models.runs import Pull
from ingest.prepare import Reader
from ingest.selection import Selection, free, wanted

EVERY = timedelta(hours=1)
"""How often an address is visited that tells no wish of its own and shows no trouble."""

PER_HOST = 4
"""How many addresses of one host somebody asks at the same time."""

LOOK = 4  #: times as many rows are looked at as are wanted, to find some of other hosts
ROUNDS = 3  #: looks at most; what a host's many addresses hide is found by the next claim


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


class Lost(Exception):
    """Our lease ended and somebody else works on it: what we have must not be written."""


def claim(
    selection: Selection, limit: int, run_id: int, now: datetime, lease: timedelta, busy: Mapping[str, int] = {}
) -> list[Claim]:
    """Take up to `limit` free subscriptions and commit; `next_due` moves first, so that a crash cannot hot-loop.

    `busy` tells how many of each host the claimer holds already: one host is never asked by a whole herd.
    """
    chosen = _choose(selection, limit, now, busy)
    claims = _take(chosen, run_id, now, lease) if chosen else []
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


def readers(subscription_id: int, *, lock: bool = False) -> list[Reader]:
    """For whom an address is read: accounts that are `wanted` (one that an operator added may be refused).

    `lock` keeps it so until the transaction ends: nobody can leave between our reading and our writing.
    """
    query = (
        sa.select(Account.id, Account.person_id, Person.zone, Account.author, Account.start_on, Account.ignore_words)
        .join(Person, Person.id == Account.person_id)
        .where(Account.subscription_id == subscription_id, wanted())
        .order_by(Account.id)
    )
    if lock:
        query = query.with_for_update(read=True, of=Account)
    return [
        Reader(Owner(account_id, person_id, zone), author, start_on, tuple(ignore))
        for account_id, person_id, zone, author, start_on, ignore in db.session.execute(query)
    ]


def give_back(claims: Collection[Claim], now: datetime) -> None:
    """End leases before their time, for a claimer that stops, and commit: what was held is due at once.

    Whatever a thread of ours may still bring for them is refused.
    """
    held = {one.token for one in claims}
    mine = sa.and_(Subscription.lease_token.in_(held), Subscription.id.in_([one.subscription_id for one in claims]))
    due = sa.case((Subscription.next_due.is_not(None), now))
    back = sa.update(Subscription).where(mine).values(lease_token=None, lease_until=None, next_due=due)
    told = sa.update(Pull).where(Pull.id.in_([one.pull_id for one in claims]), Pull.outcome == Outcome.LOST)
    db.session.execute(back, execution_options={"synchronize_session": False})
    db.session.execute(told.values(message="the worker was stopped"), execution_options={"synchronize_session": False})
    db.session.commit()


def _choose(selection: Selection, limit: int, now: datetime, busy: Mapping[str, int]) -> list[int]:
    """The ids of the longest due, locked, as far as their hosts are not busy with us."""
    asked, chosen = Counter(busy), list[int]()
    for _ in range(ROUNDS):
        full = [host for host, number in asked.items() if host and number >= PER_HOST]
        others = sa.and_(Subscription.host.not_in(full), Subscription.id.not_in(chosen))
        look = free(selection, now).where(others).limit((limit - len(chosen)) * LOOK)
        found = db.session.execute(look.with_for_update(skip_locked=True, of=Subscription)).all()
        chosen += _spread(found, limit - len(chosen), asked)
        if len(chosen) >= limit or not found:
            break
    return chosen


def _spread(rows: Iterable[Row], limit: int, asked: Counter[str]) -> list[int]:
    chosen: list[int] = []
    for key, host in rows:
        if len(chosen) < limit and (not host or asked[host] < PER_HOST):
            asked[host] += 1
            chosen.append(key)
    return chosen


def _take(ids: Collection[int], run_id: int, now: datetime, lease: timedelta) -> list[Claim]:
    """Due again when the lease ends, should we die; what one of us died of already has to wait as long as usual."""
    one, token = Subscription, secrets.token_hex(16)
    due = sa.case((one.lease_token.is_(None), now + lease), else_=now + EVERY)
    values = {"lease_token": token, "lease_until": now + lease, "next_due": due, "last_try_at": now}
    told = (one.id, one.platform, one.address, one.host, one.cursor, one.vocabulary, one.next_due)
    taken = sa.update(one).where(one.id.in_(ids)).values(values)
    rows = db.session.execute(
        taken.returning(*told, one.state, one.state_since, one.failures),
        execution_options={"synchronize_session": False},
    ).all()
    pulls = _open_pulls(rows, run_id, now)
    return [
        Claim(
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
        )
        for row in sorted(rows, key=lambda row: list(ids).index(row.id))
    ]


def _open_pulls(rows: Iterable[Row], run_id: int, now: datetime) -> dict[int, int]:
    """A record for each that says it was lost until it is known to be otherwise; subscription → pull."""
    known = {"run_id": run_id, "started_at": now, "outcome": Outcome.LOST, "message": ""}
    begun = [{**known, "subscription_id": row.id, "platform": row.platform} for row in rows]
    made = sa.insert(Pull.metadata.tables["pull"]).returning(Pull.subscription_id, Pull.id)
    return {row.subscription_id: row.id for row in db.session.execute(made, begun)}
