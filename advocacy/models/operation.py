"""How the machinery is doing as a whole: workers, what is due, asked for, failed and set aside."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from advocacy.models import hosts, platforms, workers
from advocacy.models.accounts import Account, Subscription
from advocacy.models.activities import Quarantined
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.models.runs import JobRun, Run
from advocacy.models.words import WorkState
from advocacy.models.workers import Crew

LATE = timedelta(minutes=15)  #: what is due for longer is overdue
FAILED_LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """Figures of one moment; `oldest_due` and `oldest_waiting` are None when nothing is."""

    crew: Crew
    last_run: datetime | None
    due: int
    oldest_due: datetime | None
    waiting: int
    running: int
    failed: int
    oldest_waiting: datetime | None
    poison: int
    offline_since: datetime | None

    def is_overdue(self, now: datetime) -> bool:
        """Whether something waits for longer than it should."""
        oldest = [moment for moment in (self.oldest_due, self.oldest_waiting) if moment]
        return any(now - moment > LATE for moment in oldest)


def operation(now: datetime) -> Operation:
    """How it goes now; it costs the same few queries however much there is."""
    due, oldest_due = _due(now)
    jobs = _jobs(now)
    return Operation(
        crew=workers.crew(now),
        last_run=db.session.scalar(sa.select(sa.func.max(Run.started_at))),
        due=due,
        oldest_due=oldest_due,
        waiting=jobs[0],
        running=jobs[1],
        failed=jobs[2],
        oldest_waiting=jobs[3],
        poison=db.session.scalar(sa.select(sa.func.count()).select_from(Quarantined)) or 0,
        offline_since=hosts.offline_since(),
    )


def _due(now: datetime) -> tuple[int, datetime | None]:
    """What could be claimed: due, wanted by somebody, held by nobody, and not to be left alone."""
    one = Subscription
    wanted = (
        sa.select(Account.id)
        .join(Person, Person.id == Account.person_id)
        .where(Account.subscription_id == one.id, Account.refused_at.is_(None), Account.paused_at.is_(None))
        .where(Person.disabled_at.is_(None))
    )
    query = sa.select(sa.func.count(), sa.func.min(one.next_due)).where(
        one.next_due <= now,
        sa.or_(one.lease_until.is_(None), one.lease_until <= now),
        sa.or_(one.held_until.is_(None), one.held_until <= now),
        wanted.exists(),
        ~hosts.is_shut(one.host, now),
        ~platforms.is_closed(one.platform, now),
    )
    number, oldest = db.session.execute(query).one()
    return number, oldest


def _jobs(now: datetime) -> tuple[int, int, int, datetime | None]:
    is_waiting, is_running = JobRun.state == WorkState.WAITING, JobRun.state == WorkState.RUNNING
    has_failed = sa.and_(JobRun.state == WorkState.FAILED, JobRun.ended_at > now - FAILED_LATELY)
    query = sa.select(
        sa.func.count().filter(is_waiting),
        sa.func.count().filter(is_running),
        sa.func.count().filter(has_failed),
        sa.func.min(JobRun.created_at).filter(is_waiting),
    )
    waiting, running, failed, oldest = db.session.execute(query.select_from(JobRun)).one()
    return waiting, running, failed, oldest
