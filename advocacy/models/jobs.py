"""Work asked for: the web puts a row in its own transaction, a worker finds it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Platform
from advocacy.models.base import Missing, db
from advocacy.models.people import Person
from advocacy.models.runs import JobRun
from advocacy.models.upsert import insert_new
from advocacy.models.words import WorkState

PULL, PREVIEW, PROVE, REMAP, IMPORT, UNFURL = "pull", "preview", "prove", "remap", "import", "unfurl"
LETTERS = "letters"
OPEN = (WorkState.WAITING, WorkState.RUNNING)
MOST_PREVIEWS = 5  #: of one person, open at the same time
MOST_UNFURLED = 20  #: likewise
_IN_BULK = {"synchronize_session": False}


class TooMany(RuntimeError):
    """The person has asked for as many previews as may be open at a time."""


def ask(kind: str, subject: str, payload: dict[str, Any], by: int | None, now: datetime) -> JobRun:
    """Ask for work; the open job of the same kind and subject when there is one (pressing twice is one)."""
    while (job := open_job(kind, subject)) is None:
        row = {"kind": kind, "subject": subject, "payload": payload, "asked_by_id": by, "created_at": now}
        insert_new(JobRun, [row])  # somebody may ask at the same moment
    return job


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a person wants to look at before connecting it; `code` is to be found in its profile first."""

    platform: Platform = Platform.FEED
    address: str
    author: str = ""
    code: str = ""

    @property
    def payload(self) -> dict[str, Any]:
        """As the worker finds it."""
        return {"platform": self.platform.value, "address": self.address, "author": self.author, "code": self.code}


def ask_preview(sight: Sight, by: int, now: datetime) -> JobRun:
    """Ask what an address would give; raise TooMany when others of the person have to be done first."""
    subject = f"{by} {sight.platform} {sight.address} {sight.author}"
    db.session.execute(sa.select(Person.id).where(Person.id == by).with_for_update())  # one after the other
    mine = sa.select(sa.func.count()).where(
        JobRun.kind == PREVIEW, JobRun.asked_by_id == by, JobRun.state.in_(OPEN), JobRun.subject != subject
    )
    if (db.session.scalar(mine) or 0) >= MOST_PREVIEWS:
        raise TooMany(f"{MOST_PREVIEWS} addresses are being looked at for you; wait until one of them is done")
    return ask(PREVIEW, subject, sight.payload, by, now)


def ask_proof(account_id: int, code: str, by: int, now: datetime) -> JobRun:
    """Ask whether the code is shown in the profile, or the feed, of an account that is connected."""
    return ask(PROVE, str(account_id), {"code": code}, by, now)


def ask_unfurl(entry_id: int, url: str, by: int, now: datetime) -> bool:
    """Ask what the page behind a link says of itself; whether it is asked: not when so many of theirs wait already."""
    mine = sa.select(sa.func.count()).where(
        JobRun.kind == UNFURL, JobRun.asked_by_id == by, JobRun.state.in_(OPEN), JobRun.subject != str(entry_id)
    )
    if (db.session.scalar(mine) or 0) >= MOST_UNFURLED:
        return False
    ask(UNFURL, str(entry_id), {"url": url}, by, now)
    return True


def last(kind: str, subject: str) -> JobRun | None:
    """The newest job of that kind and subject, whatever became of it."""
    query = sa.select(JobRun).where(JobRun.kind == kind, JobRun.subject == subject)
    return db.session.scalar(query.order_by(JobRun.id.desc()).limit(1))


def open_job(kind: str, subject: str) -> JobRun | None:
    """The job of that kind and subject that waits or runs."""
    return db.session.scalar(
        sa.select(JobRun).where(JobRun.kind == kind, JobRun.subject == subject, JobRun.state.in_(OPEN))
    )


def forget_previews(before: datetime) -> None:
    """Drop what previews showed: titles of what nobody agreed to store, or of what is not about work."""
    old = sa.and_(JobRun.kind == PREVIEW, JobRun.ended_at < before)
    db.session.execute(sa.delete(JobRun).where(old), execution_options=_IN_BULK)


def drop(person_id: int) -> None:
    """Forget what a person asked for themselves, done or not: they leave."""
    theirs = sa.and_(JobRun.asked_by_id == person_id, JobRun.kind.in_((PULL, PREVIEW, PROVE, IMPORT, UNFURL)))
    db.session.execute(sa.delete(JobRun).where(theirs), execution_options=_IN_BULK)


def drop_unfurl(entry_id: int) -> None:
    """Forget that the link of an entry was to be looked at."""
    theirs = sa.and_(JobRun.kind == UNFURL, JobRun.subject == str(entry_id))
    db.session.execute(sa.delete(JobRun).where(theirs), execution_options=_IN_BULK)


def drop_pulls(subscription_ids: Iterable[int]) -> None:
    """Forget that these addresses were to be read."""
    subjects = [str(number) for number in subscription_ids]
    theirs = sa.and_(JobRun.kind == PULL, JobRun.subject.in_(subjects))
    db.session.execute(sa.delete(JobRun).where(theirs), execution_options=_IN_BULK)


def own(job_id: int, kind: str, person_id: int) -> JobRun:
    """The job that this person asked for; raise Missing for anybody else's."""
    job = db.session.scalar(
        sa.select(JobRun).where(JobRun.id == job_id, JobRun.kind == kind, JobRun.asked_by_id == person_id)
    )
    if job is None:
        raise Missing("there is no such preview of yours")
    return job
