"""How a person's sources are doing: one card for each account."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Platform
from advocacy.domain.coverage import Coverage
from advocacy.domain.health import Health
from advocacy.models.accounts import Account, Subscription
from advocacy.models.activities import PassedOver, Provenance
from advocacy.models.base import Row, db
from advocacy.models.jobs import OPEN, PULL
from advocacy.models.people import Person
from advocacy.models.platforms import PlatformState
from advocacy.models.reach import coverage_by_account
from advocacy.models.runs import JobRun, LastPull, last_pulls
from advocacy.models.strips import Strip, no_strip, strips

PROVABLE = frozenset({Platform.FEED, Platform.X, Platform.REDDIT, Platform.STACKEXCHANGE})
BROKEN = frozenset({Health.FAILING, Health.DORMANT, Health.GONE, Health.REFUSED})


class Fix(StrEnum):
    """The one thing to do about a card."""

    ANSWER = "answer"  #: somebody else connected it: accept or refuse
    RESUME = "resume"
    READDRESS = "readdress"
    TRY = "try"
    NOTHING = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One account with the health of what is polled for it; `kept` of `seen` items are this account's."""

    account_id: int
    platform: Platform
    handle: str
    author: str
    title: str
    address: str
    state: Health
    since: datetime | None
    added_by: str
    fix: Fix
    last_ok_at: datetime | None
    last_try_at: datetime | None
    next_due: datetime | None
    last_error: str
    days: Strip
    seen: int
    kept: int
    coverage: Coverage
    start_on: date | None
    last: LastPull | None  #: the newest visit that ended
    is_polled: bool  #: something is read for it; what only an archive brought is not
    working: str | None  #: the line of a pull that was asked for and is not done
    by_other: bool = False  #: somebody else connected it
    proved_at: datetime | None = None
    ignore_words: tuple[str, ...] = ()
    unready: str = ""  #: why its platform cannot be read at all at the moment

    @property
    def broken(self) -> bool:
        """Whether it fails and numbers may be low."""
        return self.fix is not Fix.ANSWER and self.state in BROKEN

    @property
    def is_provable(self) -> bool:
        """Whether its person can show a code there that the worker finds."""
        return self.platform in PROVABLE


def cards(person: Person, now: datetime, account_id: int | None = None) -> list[Card]:
    """The cards of a person's accounts, those that want something first; refused ones are gone."""
    rows = _accounts(person.id, account_id)
    ids, polled = [row.id for row in rows], [row.subscription_id for row in rows if row.subscription_id]
    told = strips(polled, person.zone, now) | {None: no_strip(person.zone, now)}
    kept, passed = _count(Provenance, Provenance.activity_id, ids), _count(PassedOver, PassedOver.ref_hash, ids)
    jobs, last = _jobs(polled), last_pulls(polled)
    known = coverage_by_account(person.id, person.zone)
    made = [_card(row, told, kept, passed, jobs, last.get(row.subscription_id), known[row.id]) for row in rows]
    return sorted(made, key=lambda card: (card.fix is Fix.NOTHING, card.fix is not Fix.ANSWER, card.handle))


@dataclass(frozen=True, slots=True)
class Troubles:
    """How many sources there are, wait for an answer, and fail; `as_of` is when one was last read."""

    all: int
    unanswered: int
    broken: int
    as_of: datetime | None
    next_due: datetime | None = None  #: when the next one is read


def troubles(person_id: int) -> Troubles:
    """What Home says about the sources, in one query."""
    rows = _accounts(person_id, None)
    asked = [row for row in rows if not row.accepted_at]
    broken = [row for row in rows if row.accepted_at and not row.paused_at and row.state in BROKEN]
    read = [row.last_ok_at for row in rows if row.accepted_at and row.last_ok_at]
    due = [row.next_due for row in rows if row.accepted_at and not row.paused_at and row.next_due]
    return Troubles(len(rows), len(asked), len(broken), max(read, default=None), min(due, default=None))


def _accounts(person_id: int, account_id: int | None) -> Sequence[Row]:
    one, sub, by, unready = Account, Subscription, sa.orm.aliased(Person), PlatformState
    is_unready = sa.and_(unready.platform == one.platform, unready.is_ready.is_(False))
    query = (
        sa.select(one.id, one.platform, one.handle, one.author, one.subscription_id, one.start_on)
        .add_columns(one.person_id, one.accepted_at, one.paused_at, one.added_by_id, by.name.label("added_by"))
        .add_columns(one.proved_at, one.ignore_words, unready.message.label("unready"))
        .add_columns(sub.title, sub.address, sub.state, sub.state_since, sub.next_due, sub.held_until)
        .add_columns(sub.last_ok_at, sub.last_try_at, sub.last_error)
        .outerjoin(sub, sub.id == one.subscription_id)
        .outerjoin(by, by.id == one.added_by_id)
        .outerjoin(unready, is_unready)
        .where(one.person_id == person_id, one.refused_at.is_(None))
    )
    if account_id is not None:
        query = query.where(one.id == account_id)
    return db.session.execute(query.order_by(one.id)).all()


def _count(table: type[Provenance] | type[PassedOver], what: Any, account_ids: list[int]) -> dict[int, int]:
    """How many of each account; what came by two roads is one."""
    query = sa.select(table.account_id, sa.func.count(sa.distinct(what))).where(table.account_id.in_(account_ids))
    return {row[0]: row[1] for row in db.session.execute(query.group_by(table.account_id))}


def _jobs(subscription_ids: Iterable[int]) -> dict[int, str]:
    query = sa.select(JobRun.subject, JobRun.line).where(
        JobRun.kind == PULL, JobRun.state.in_(OPEN), JobRun.subject.in_([str(i) for i in subscription_ids])
    )
    return {int(subject): line or "waiting for the worker" for subject, line in db.session.execute(query)}


def _card(
    row: Row,
    told: Mapping[int | None, Strip],
    kept: Mapping[int, int],
    passed: Mapping[int, int],
    jobs: Mapping[int, str],
    last: LastPull | None,
    coverage: Coverage,
) -> Card:
    state = Health.PAUSED if row.paused_at else row.state or Health.NEW
    return Card(
        account_id=row.id,
        platform=row.platform,
        handle=row.handle,
        author=row.author,
        title=row.title or "",
        address=row.address or row.handle,
        state=state,
        since=row.paused_at or row.state_since,
        added_by=row.added_by or "an operator",
        fix=_fix(row, state),
        last_ok_at=row.last_ok_at,
        last_try_at=row.last_try_at,
        next_due=_next(row, state),
        last_error=row.last_error or "",
        days=told[row.subscription_id],
        seen=kept.get(row.id, 0) + passed.get(row.id, 0),
        kept=kept.get(row.id, 0),
        coverage=coverage,
        start_on=row.start_on,
        last=last,
        is_polled=row.subscription_id is not None,
        working=jobs.get(row.subscription_id),
        by_other=row.added_by_id != row.person_id,
        proved_at=row.proved_at,
        ignore_words=tuple(row.ignore_words),
        unready=row.unready or "",
    )


def _next(row: Row, state: Health) -> datetime | None:
    if state is Health.PAUSED or row.next_due is None:
        return None
    moment: datetime = max(row.next_due, row.held_until or row.next_due)
    return moment


def _fix(row: Row, state: Health) -> Fix:
    if not row.accepted_at:
        return Fix.ANSWER
    if state is Health.PAUSED:
        return Fix.RESUME
    never_good = state is Health.DEGRADED and row.last_ok_at is None
    if never_good or state in (Health.GONE, Health.REFUSED):
        return Fix.READDRESS
    return Fix.TRY if state in (Health.FAILING, Health.DORMANT) else Fix.NOTHING
