"""What is done once in a while, by one worker of all: forgetting, and mending what a wrong clock left."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from advocacy import running, uploads
from advocacy.letters import sending
from advocacy.models import import_jobs, jobs, log_entries, outbox, portraits, retention, ticks, workers
from advocacy.models.accounts import Subscription
from advocacy.models.base import db
from advocacy.models.findable import fold
from advocacy.models.hosts import Host
from advocacy.models.platforms import PROBE, PlatformState
from advocacy.models.runs import JobRun, Pull, Run

PREVIEWS_LAST = timedelta(hours=1)  #: long enough to look at one and decide
PULLS_LAST = timedelta(days=60)  #: pages show thirty
JOBS_LAST = timedelta(days=30)
LETTERS_LAST = timedelta(days=365)
GONE_LAST = timedelta(days=1)  #: so long a deleted entry of a log, or a portrait, can be brought back
AT_ONCE = 2_000  #: records forgotten in one transaction
SLACK = timedelta(minutes=5)  #: two clocks may differ by so much
LONGEST_LEASE = timedelta(hours=1)  #: no setting allows more
LONGEST_SHUT = timedelta(hours=24)  #: no host is left alone for longer
_UNSEEN = {"synchronize_session": False}


def forget_previews(now: datetime) -> None:
    """Drop what previews showed."""
    jobs.forget_previews(now - PREVIEWS_LAST)


def forget_records(now: datetime) -> None:
    """Drop records of pulls, runs and jobs that no page shows any more, and of workers that are long gone."""
    while _forget_pulls(now - PULLS_LAST) == AT_ONCE:
        db.session.commit()  # others want to write too
    empty = ~sa.exists().where(Pull.run_id == Run.id)
    runs = sa.delete(Run).where(Run.started_at < now - PULLS_LAST, empty)
    db.session.execute(runs, execution_options=_UNSEEN)
    done = sa.delete(JobRun).where(JobRun.ended_at < now - JOBS_LAST)
    db.session.execute(done, execution_options=_UNSEEN)
    workers.forget(now)


def _forget_pulls(before: datetime) -> int:
    """Drop the oldest records of pulls, by their key and not too many; how many that was."""
    oldest = db.session.execute(sa.select(Pull.id, Pull.started_at).order_by(Pull.id).limit(AT_ONCE))
    old = [key for key, started_at in oldest if started_at < before]
    if old:
        gone = sa.delete(Pull).where(Pull.id <= max(old), Pull.started_at < before)
        db.session.execute(gone, execution_options=_UNSEEN)
    return len(old)


def mend_clock(now: datetime) -> None:
    """After the time was set back, what was tried in a future that never came is due now, and its leases are over.

    What a platform asked us to wait for is waited for even so.
    """
    one = Subscription
    ahead = sa.or_(one.last_try_at > now + SLACK, one.lease_until > now + LONGEST_LEASE + SLACK)
    due = {"last_try_at": now, "lease_until": sa.case((one.lease_until.is_not(None), now))}
    due["next_due"] = sa.case((one.next_due.is_not(None), now))
    db.session.execute(sa.update(one).where(ahead).values(due), execution_options=_UNSEEN)
    job = sa.update(JobRun).where(JobRun.lease_until > now + LONGEST_LEASE + SLACK)
    db.session.execute(job.values(lease_until=now), execution_options=_UNSEEN)
    probe = sa.update(PlatformState).where(PlatformState.probe_at > now + PROBE + SLACK)
    db.session.execute(probe.values(probe_at=now), execution_options=_UNSEEN)
    wrong = sa.or_(Host.answered > now + SLACK, Host.since > now + SLACK, Host.shut_until > now + LONGEST_SHUT + SLACK)
    db.session.execute(sa.delete(Host).where(wrong), execution_options=_UNSEEN)


def drop_stale(now: datetime) -> None:
    """Drop the texts that nobody could look at again in time."""
    retention.drop_stale(now)


def forget_gone_entries(now: datetime) -> None:
    """Drop what people deleted from their logs and did not bring back within a day."""
    log_entries.forget_gone(now - GONE_LAST)


def forget_uploads(now: datetime) -> None:
    """Drop archives that were handed in and not taken in within a day, and what they would have given."""
    import_jobs.forget(now - uploads.LAST)
    uploads.forget(running.settings().data_dir, now)


def ask_for_letters(now: datetime) -> None:
    """Ask for a round of letters when one is due."""
    if sending.is_set_up() and sending.is_anything_due(now):
        jobs.ask(jobs.LETTERS, "", {}, None, now)


def renew_findable(now: datetime) -> None:
    """Make anew what others may find of people of whom something changed."""
    while fold.renew() == fold.AT_ONCE:
        db.session.commit()  # others want to write too


def forget_letters(now: datetime) -> None:
    """Drop letters of last year."""
    outbox.forget(now - LETTERS_LAST)


def forget_portraits(now: datetime) -> None:
    """Drop portraits that were taken off or replaced, and that nobody took back."""
    portraits.forget(now - GONE_LAST)


@dataclass(frozen=True, slots=True)
class Chore:
    """One of them, and how often."""

    what: str
    every: timedelta
    act: Callable[[datetime], None]


CHORES = (
    Chore("mend the clock", timedelta(minutes=1), mend_clock),
    Chore("renew what can be found", timedelta(minutes=1), renew_findable),
    Chore("forget previews", timedelta(minutes=10), forget_previews),
    Chore("drop stale texts", timedelta(minutes=10), drop_stale),
    Chore("forget deleted entries", timedelta(hours=1), forget_gone_entries),
    Chore("forget portraits", timedelta(hours=1), forget_portraits),
    Chore("forget uploads", timedelta(hours=1), forget_uploads),
    Chore("ask for letters", timedelta(minutes=5), ask_for_letters),
    Chore("forget letters", timedelta(days=1), forget_letters),
    Chore("forget records", timedelta(days=1), forget_records),
)


class Rota:
    """Does what is to be done in this slot and nobody has done; remembers what needs no second look."""

    def __init__(self) -> None:
        self._looked: dict[str, datetime] = {}

    def tick(self, now: datetime) -> list[str]:
        """Do the chores of this moment, each in a transaction of its own; which they were."""
        return [chore.what for chore in CHORES if self._is_ours(chore, now)]

    def _is_ours(self, chore: Chore, now: datetime) -> bool:
        slot = ticks.slot_of(now, chore.every)
        if self._looked.get(chore.what) == slot:
            return False
        ours = ticks.take(chore.what, chore.every, now)
        if ours:
            chore.act(now)
        db.session.commit()
        self._looked[chore.what] = slot
        return ours
