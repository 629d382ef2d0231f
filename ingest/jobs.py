"""Work that pages asked for, claimed by a lease and done once: pull now, preview an address, derive anew."""

import logging
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from advocacy import running
from advocacy.domain.activity import Platform
from advocacy.letters import sending
from advocacy.models import connect, generations, jobs, sqlite
from advocacy.models.accounts import Account, Subscription
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.models.runs import JobRun
from advocacy.models.words import WorkState
from advocacy.remap import forget_retired, remap_if_stale
from ingest import import_job, registry, sweep
from ingest.hands import Hands
from ingest.preview import preview
from ingest.proof import lacking
from ingest.selection import Selection
from ingest.summary import summary
from ingest.unfurl import unfurl

log = logging.getLogger(__name__)

ATTEMPTS = 5  #: a job whose worker died this often is given up, and says so


def claim(now: datetime, limit: int, lease: timedelta) -> list[tuple[int, str]]:
    """Take waiting jobs, and running ones whose worker is gone; commit; (job id, token) each."""
    free = sa.or_(JobRun.state == WorkState.WAITING, JobRun.lease_until <= now)
    query = sa.select(JobRun).where(JobRun.state.in_(jobs.OPEN), free).order_by(JobRun.id).limit(limit)
    if not _any(query):
        return []
    taken = []
    for job in db.session.scalars(query.with_for_update(skip_locked=True)).all():
        job.attempts += 1
        if job.attempts > ATTEMPTS:
            job.state, job.ended_at, job.line = WorkState.FAILED, now, "given up: it was cut off every time"
            continue
        job.state, job.started_at, job.lease_until = WorkState.RUNNING, now, now + lease
        job.lease_token = secrets.token_hex(16)
        taken.append((job.id, job.lease_token))
    db.session.commit()
    return taken


def _any(query: Any) -> bool:
    """A look that takes no write lock, for a tick that finds nothing nearly always."""
    with sqlite.reading():
        found = db.session.scalar(query.with_only_columns(JobRun.id).order_by(None))
        db.session.rollback()
    return found is not None


def give_back(tokens: Collection[str], now: datetime) -> None:
    """End leases before their time, for a worker that stops, and commit: another one goes on; it counts as no try."""
    mine = sa.and_(JobRun.lease_token.in_(tokens), JobRun.state == WorkState.RUNNING)
    back = {"state": WorkState.WAITING, "lease_until": None, "lease_token": None, "attempts": JobRun.attempts - 1}
    db.session.execute(sa.update(JobRun).where(mine).values(back), execution_options={"synchronize_session": False})
    db.session.commit()


def perform(hands: Hands, job_id: int, token: str) -> None:
    """Do a claimed job and record how it ended; a job that is no longer ours is left alone."""
    job = _ours(job_id, token)
    db.session.rollback()
    if job is None:
        return
    try:
        line, result = KINDS[job.kind](hands, job, _Reporter(hands, job_id, token))
        state = WorkState.DONE
    except Exception as error:
        db.session.rollback()
        log.exception("job %s (%s) failed", job_id, job.kind)
        state, line, result = WorkState.FAILED, f"a fault of ours, it is in the log: {type(error).__name__}", {}
    _finish(job_id, token, state, line, result, hands.clock())
    if job.kind == jobs.REMAP and state is WorkState.DONE:
        remap_when_stale(hands)  # what was changed meanwhile found this job open, and asked for no other


def remap_when_stale(hands: Hands) -> None:
    """Ask for evidence to be derived anew when the rules in force are not those it was derived by; commit."""
    now = hands.clock()
    generations.ensure(hands.rules.fingerprint, now)
    forget_retired()
    if generations.is_stale(hands.rules.fingerprint):
        jobs.ask(jobs.REMAP, "", {}, None, now)
    db.session.commit()


class _Reporter:
    """Writes the live line, and keeps the lease while the work goes on."""

    def __init__(self, hands: Hands, job_id: int, token: str) -> None:
        self._hands, self._job_id, self._token = hands, job_id, token

    def __call__(self, done: int, total: int | None, line: str) -> None:
        mine = sa.and_(JobRun.id == self._job_id, JobRun.lease_token == self._token)
        values = {"done": done, "total": total, "line": line, "lease_until": self._hands.clock() + self._hands.lease}
        db.session.execute(sa.update(JobRun).where(mine).values(values))
        db.session.commit()


def _ours(job_id: int, token: str) -> JobRun | None:
    job = db.session.scalar(sa.select(JobRun).where(JobRun.id == job_id, JobRun.lease_token == token))
    if job is not None:
        db.session.expunge(job)
    return job


def _finish(job_id: int, token: str, state: WorkState, line: str, result: Mapping[str, Any], now: datetime) -> None:
    job = db.session.scalar(sa.select(JobRun).where(JobRun.id == job_id, JobRun.lease_token == token))
    if job is not None:
        job.state, job.line, job.ended_at, job.lease_until = state, line, now, None
        job.payload = {**job.payload, "result": dict(result)}
    db.session.commit()


Outcome = tuple[str, Mapping[str, Any]]


def _pull(hands: Hands, job: JobRun, report: _Reporter) -> Outcome:
    """Read one subscription now, due or not."""
    report(0, 1, "asking …")
    only = Selection(subscriptions=frozenset([int(job.subject)]), due_only=False)
    run_id = sweep.sweep(replace(hands, threads=1), only, asked_by="sync now")
    result = summary(run_id)
    platform = db.session.scalar(sa.select(Subscription.platform).where(Subscription.id == int(job.subject)))
    db.session.rollback()
    return _told(result, str(platform)), result


def _told(result: Mapping[str, Any], platform: str) -> str:
    if result["errors"]:
        return str(result["errors"][0]["message"])
    figures = next(iter(result["platforms"].values()), None)
    if figures is None:
        return str(result["unready"].get(platform, "somebody else is reading it, or the platform asked us to wait"))
    if not figures["seen"]:
        return "nothing new"
    return f"{figures['seen']} seen: {figures['new']} new, {figures['changed']} changed, {figures['skipped']} not kept"


def _preview(hands: Hands, job: JobRun, report: _Reporter) -> Outcome:
    """Show what an address would give."""
    report(0, None, f"asking {job.payload['address']} …")
    zone = db.session.scalar(sa.select(Person.zone).where(Person.id == job.asked_by_id)) or "UTC"
    db.session.rollback()
    asked = job.payload
    source = hands.sources.get(Platform(asked.get("platform", Platform.FEED)))
    if source is None:
        problem = f"{asked['platform']} is not set up here: an operator can mend that, and an archive can be imported"
        return problem, {"problem": problem}
    if asked.get("code") and (problem := lacking(source, asked["address"], asked["code"], hands.clock())):
        return problem, {"problem": problem, "unproved": True}
    found = preview(source, asked["address"], asked.get("author", ""), zone, hands.rules, hands.clock())
    return found["problem"] or f"{found['seen']} seen, {found['kept']} would be kept", found


def _prove(hands: Hands, job: JobRun, report: _Reporter) -> Outcome:
    """Look whether an account's code is shown there."""
    report(0, None, "looking for the code …")
    account = db.session.get(Account, int(job.subject))
    if account is None:
        return "the account is no more", {"problem": "the account is no more"}
    platform, handle = account.platform, account.subscription.address if account.subscription else account.handle
    db.session.rollback()
    problem = lacking(hands.sources.get(platform), handle, job.payload["code"], hands.clock())
    if not problem and (account := db.session.get(Account, int(job.subject))):
        connect.prove(account, hands.clock())
        db.session.commit()
    return problem or "it is proved to be yours", {"problem": problem}


def _remap(hands: Hands, job: JobRun, report: _Reporter) -> Outcome:
    """Derive all evidence anew, unless it is of today already."""

    def told(done: int, left: int) -> None:
        report(done, done + left, f"{done} derived anew")

    total = remap_if_stale(hands.rules, hands.clock, told)
    return f"{total} activities derived anew", {"activities": total}


def _import(hands: Hands, job: JobRun, report: _Reporter) -> Outcome:
    """Look at an archive that somebody handed in, or take it in."""
    result = import_job.do(hands, job, lambda done, of: report(done, of, f"{done} rows read …"))
    return result.get("problem") or import_job.words(result), result


def _unfurl(hands: Hands, job: JobRun, report: _Reporter) -> Outcome:
    """Look what the page behind a logged link says of itself."""
    if job.asked_by_id is None:
        return "nobody asks for it any more", {}
    report(0, None, "looking at the page …")
    gate = registry.way_out(running.settings())
    return unfurl(gate, int(job.subject), job.asked_by_id, job.payload["url"], hands.rules, hands.clock()), {}


def _letters(hands: Hands, job: JobRun, report: _Reporter) -> Outcome:
    """Write and send the letters that are due."""
    if not sending.is_set_up():
        return "letters have no way to leave", {}
    told = sending.go_round(hands.clock(), hands.rules, lambda done, of: report(done, of, f"letter {done} of {of}"))
    return told.words, {}


KINDS: Mapping[str, Callable[[Hands, JobRun, _Reporter], Outcome]] = {
    jobs.PULL: _pull,
    jobs.PREVIEW: _preview,
    jobs.PROVE: _prove,
    jobs.IMPORT: _import,
    jobs.REMAP: _remap,
    jobs.UNFURL: _unfurl,
    jobs.LETTERS: _letters,
}
