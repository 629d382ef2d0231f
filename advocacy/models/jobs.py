"""Work asked for: the web puts a row in its own transaction, a worker finds it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from advocacy.models.base import Missing, db
from advocacy.models.runs import JobRun
from advocacy.models.upsert import insert_new
from advocacy.models.words import WorkState

PULL, PREVIEW, REMAP = "pull", "preview", "remap"
OPEN = (WorkState.WAITING, WorkState.RUNNING)


def ask(kind: str, subject: str, payload: dict[str, Any], by: int | None, now: datetime) -> JobRun:
    """Ask for work; the open job of the same kind and subject when there is one (pressing twice is one)."""
    while (job := open_job(kind, subject)) is None:
        row = {"kind": kind, "subject": subject, "payload": payload, "asked_by_id": by, "created_at": now}
        insert_new(JobRun, [row])  # somebody may ask at the same moment
    return job


def open_job(kind: str, subject: str) -> JobRun | None:
    """The job of that kind and subject that waits or runs."""
    return db.session.scalar(
        sa.select(JobRun).where(JobRun.kind == kind, JobRun.subject == subject, JobRun.state.in_(OPEN))
    )


def forget_previews(before: datetime) -> None:
    """Drop what previews showed: titles of what nobody agreed to store, or of what is not about work."""
    old = sa.and_(JobRun.kind == PREVIEW, JobRun.ended_at < before)
    db.session.execute(sa.delete(JobRun).where(old), execution_options={"synchronize_session": False})


def own(job_id: int, kind: str, person_id: int) -> JobRun:
    """The job that this person asked for; raise Missing for anybody else's."""
    job = db.session.scalar(
        sa.select(JobRun).where(JobRun.id == job_id, JobRun.kind == kind, JobRun.asked_by_id == person_id)
    )
    if job is None:
        raise Missing("there is no such preview of yours")
    return job
