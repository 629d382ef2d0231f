"""A person erased for good: what is theirs alone goes, what is other people's too stays theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from advocacy.models import audit, jobs, team_planning, throttle, works
from advocacy.models.accounts import Account, Subscription
from advocacy.models.activities import ActivityPerson, ActivityRow, Provenance, WorkChoice
from advocacy.models.base import db
from advocacy.models.evidence import Evidence, Verdict
from advocacy.models.hosts import Host
from advocacy.models.leaving import hold
from advocacy.models.log_entries import LogEntry
from advocacy.models.offers import Offer
from advocacy.models.people import Person
from advocacy.models.runs import JobRun

_IN_BULK = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Erased:
    """How much went with a person; `shared` activities stay, for they are other people's too."""

    accounts: int
    activities: int
    shared: int
    verdicts: int


@dataclass(frozen=True, slots=True)
class Going(Erased):
    """What would go if it were done now, also `said`: what was logged for colleagues who have not taken it."""

    said: int


def would_go(person_id: int) -> Going:
    """How much would go with a person, and how much would stay."""
    accounts = sa.select(sa.func.count()).where(Account.person_id == person_id)
    said = sa.select(sa.func.count()).select_from(_untaken(person_id).subquery())
    found = _count(person_id, db.session.scalar(accounts) or 0)
    return Going(**{name: getattr(found, name) for name in Erased.__slots__}, said=db.session.scalar(said) or 0)


def erase_person(person: Person, now: datetime, *, by: int | None = None) -> Erased:
    """Forget somebody: all that is theirs alone goes, the audit log keeps what was done and when, and these counts."""
    accounts = hold(person.id)
    polled = {account.subscription_id for account in accounts if account.subscription_id}
    found = _count(person.id, len(accounts))
    mine = sa.select(ActivityPerson.activity_id).where(ActivityPerson.person_id == person.id)
    offered = db.session.scalars(sa.select(Offer.activity_id).where(Offer.to_id == person.id)).all()
    with works.without(mine, person.id):
        for table in (Evidence, Verdict, WorkChoice):
            _delete(sa.delete(table).where(table.person_id == person.id))
        _delete(sa.delete(ActivityRow).where(ActivityRow.id.in_(_alone(person.id))))
        _delete(sa.delete(ActivityRow).where(ActivityRow.id.in_(_untaken(person.id))))
        _delete(sa.delete(ActivityPerson).where(ActivityPerson.person_id == person.id))
    _drop_offered(person.id, offered)
    team_planning.forget(person.id)
    _delete(sa.delete(Account).where(Account.person_id == person.id))
    _delete(sa.delete(JobRun).where(JobRun.asked_by_id == person.id, JobRun.kind != jobs.REMAP))
    _leave(polled)
    throttle.forgive(person.email)
    audit.blank(person.id)
    _delete(sa.delete(Person).where(Person.id == person.id))
    audit.record("person.erased", now, actor=by, **{name: getattr(found, name) for name in Erased.__slots__})
    db.session.flush()
    db.session.expire_all()
    return found


def _count(person_id: int, accounts: int) -> Erased:
    owned = sa.select(sa.func.count()).where(ActivityPerson.person_id == person_id)
    alone = sa.select(sa.func.count()).select_from(_alone(person_id).subquery())
    said = sa.select(sa.func.count()).where(Verdict.person_id == person_id, Verdict.superseded_at.is_(None))
    all_of_it, theirs, verdicts = (db.session.scalar(query) or 0 for query in (owned, alone, said))
    return Erased(accounts=accounts, activities=theirs, shared=all_of_it - theirs, verdicts=verdicts)


def _alone(person_id: int) -> sa.Select[Any]:
    """The activities that are nobody else's."""
    mine, other = ActivityPerson, sa.orm.aliased(ActivityPerson)
    others = sa.select(other.activity_id).where(other.activity_id == mine.activity_id, other.person_id != person_id)
    return sa.select(mine.activity_id).where(mine.person_id == person_id, ~others.exists())


def _untaken(person_id: int) -> sa.Select[Any]:
    """What they said of somebody who has not taken it: their words alone, until then."""
    one, entry = ActivityRow, LogEntry
    logged = sa.select(entry.activity_id).where(entry.person_id == person_id, entry.activity_id.is_not(None))
    offered = sa.select(Offer.activity_id).where(Offer.by_id == person_id)
    said = sa.or_(one.id.in_(logged), one.id.in_(offered))
    return sa.select(one.id).where(said, ~_owned(), ~_brought())


def _drop_offered(person_id: int, activity_ids: Sequence[int]) -> None:
    """What others said of the person goes, unless it is somebody's, or was said of somebody else, too."""
    one = ActivityRow
    _delete(sa.delete(Offer).where(Offer.to_id == person_id))
    waits = sa.exists().where(Offer.activity_id == one.id)
    _delete(sa.delete(one).where(one.id.in_(activity_ids), ~_owned(), ~_brought(), ~waits))


def _owned() -> sa.Exists:
    return sa.exists().where(ActivityPerson.activity_id == ActivityRow.id)


def _brought() -> sa.Exists:
    return sa.exists().where(Provenance.activity_id == ActivityRow.id)


def _leave(subscription_ids: set[int]) -> None:
    """Addresses that nobody wants are forgotten with all that was noted of them; they tell whose they were."""
    wanted = sa.select(Account.id).where(Account.subscription_id == Subscription.id)
    query = sa.select(Subscription.id).where(Subscription.id.in_(subscription_ids), ~wanted.exists())
    unwanted = db.session.scalars(query).all()
    jobs.drop_pulls(unwanted)
    _delete(sa.delete(Subscription).where(Subscription.id.in_(unwanted)))
    named = sa.select(Subscription.id).where(Subscription.host == Host.name)
    _delete(sa.delete(Host).where(~named.exists()))  # a domain of one's own tells whose it was


def _delete(statement: sa.Delete) -> None:
    db.session.execute(statement, execution_options=_IN_BULK)
