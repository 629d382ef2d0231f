"""Every polled address as an operator sees it: configuration and health, never what was read there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Platform
from advocacy.domain.health import Health
from advocacy.models.accounts import Account, Subscription
from advocacy.models.activities import Quarantined
from advocacy.models.base import Missing, Row, db
from advocacy.models.jobs import OPEN, PULL
from advocacy.models.runs import JobRun
from advocacy.models.strips import Strip, strips

PAGE = 25
WORST_FIRST = (
    *(Health.FAILING, Health.GONE, Health.REFUSED, Health.DORMANT),
    *(Health.DEGRADED, Health.NEW, Health.HEALTHY, Health.PAUSED),
)
TO_TRY = frozenset(WORST_FIRST[:5])
SORTS = ("trouble", "address")

STATE: sa.ColumnElement[Any] = sa.case(
    (Subscription.next_due.is_(None), Health.PAUSED.value), else_=sa.cast(Subscription.state, sa.String)
)
_RANK = sa.case({state.value: rank for rank, state in enumerate(WORST_FIRST)}, value=STATE, else_=len(WORST_FIRST))


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What an operator wants to see: one state (None: all), addresses that contain some words, in which order."""

    state: Health | None = None
    words: str = ""
    sort: str = SORTS[0]
    after: tuple[str, int] | None = None  #: the sort's value and the id of the last row before


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """One address with its health; `readers` accounts read it, `poison` items of it could not be read or stored."""

    id: int
    platform: Platform
    address: str
    title: str
    state: Health
    since: datetime
    failures: int
    error: str
    last_ok_at: datetime | None
    next_due: datetime | None
    readers: int
    poison: int
    days: Strip = field(default=())
    working: str | None = None
    key: str = ""

    @property
    def is_to_try(self) -> bool:
        """Whether trying it now is what an operator can do about it."""
        return self.state in TO_TRY


def counts() -> Mapping[Health, int]:
    """How many addresses are in which state, the worst first."""
    query = sa.select(STATE.label("state"), sa.func.count()).group_by(STATE)
    found = {Health(state): number for state, number in db.session.execute(query)}
    return {state: found[state] for state in WORST_FIRST if state in found}


def page(look: Look, zone: str, now: datetime, size: int | None = PAGE) -> tuple[Sequence[Polled], bool]:
    """The addresses looked for, with their strips, and whether there are more; `size` None means all of them."""
    query = _query(look)
    rows = db.session.execute(query.limit(size + 1) if size else query).all()
    shown = rows[:size] if size else rows
    ids = [row.id for row in shown]
    told, working = strips(ids, zone, now), _working(ids)
    return [_polled(row, told[row.id], working.get(row.id)) for row in shown], len(rows) > len(shown)


def known(subscription_id: int) -> Subscription:
    """One address that is polled; raise Missing when it is not."""
    found = db.session.get(Subscription, subscription_id)
    if found is None or found.next_due is None:
        raise Missing("there is no such address, or nobody has it read")
    return found


def _query(look: Look) -> sa.Select[Any]:
    one = Subscription
    mine = sa.and_(Account.subscription_id == one.id, Account.refused_at.is_(None), Account.paused_at.is_(None))
    readers = sa.select(sa.func.count()).select_from(Account).where(mine).correlate(one).scalar_subquery()
    bad = sa.select(sa.func.count()).select_from(Quarantined).where(Quarantined.subscription_id == one.id)
    key: Any = one.address if look.sort == "address" else _RANK
    query = (
        sa.select(one.id, one.platform, one.address, one.title, STATE.label("state"), one.state_since, one.failures)
        .add_columns(one.last_error, one.last_ok_at, one.next_due, readers.label("readers"))
        .add_columns(bad.correlate(one).scalar_subquery().label("poison"), key.label("key"))
        .order_by(key, one.id)
    )
    if look.state is not None:
        query = query.where(STATE.in_([look.state.value]))
    if look.words:
        query = query.where(one.address.icontains(look.words, autoescape=True))
    if look.after is not None:
        value, last = look.after
        there = value if look.sort == "address" else int(value)
        query = query.where(sa.or_(key > there, sa.and_(sa.literal(there) == key, one.id > last)))
    return query


def _working(ids: Sequence[int]) -> Mapping[int, str]:
    query = sa.select(JobRun.subject, JobRun.line).where(
        JobRun.kind == PULL, JobRun.state.in_(OPEN), JobRun.subject.in_([str(key) for key in ids])
    )
    return {int(subject): line or "waiting for the worker" for subject, line in db.session.execute(query)}


def _polled(row: Row, days: Strip, working: str | None) -> Polled:
    return Polled(
        id=row.id,
        platform=row.platform,
        address=row.address,
        title=row.title,
        state=Health(row.state),
        since=row.state_since,
        failures=row.failures,
        error=row.last_error,
        last_ok_at=row.last_ok_at,
        next_due=row.next_due,
        readers=row.readers,
        poison=row.poison,
        days=days,
        working=working,
        key=str(row.key),
    )
