"""Archives that were handed in on the page: to be looked at first, then to be taken in, each as work for the worker."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from advocacy.models.base import Missing, db
from advocacy.models.jobs import IMPORT, OPEN, TooMany, ask, own
from advocacy.models.people import Person
from advocacy.models.runs import JobRun
from advocacy.models.words import WorkState

LOOK, TAKE = "look", "take"
MOST_OPEN = 3  #: of one person, waiting or under way
MOST_KEPT = 5  #: files of one person that were looked at and not taken in


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A file as it was handed in: `file` is our name for it, `name` what its person calls it."""

    kind: str
    file: str
    name: str
    handle: str = ""
    speaker: str = ""
    event: str = ""
    columns: tuple[tuple[str, str], ...] = ()


def look(handed: Handed, by: int, now: datetime) -> tuple[JobRun, list[str]]:
    """Ask what taking it in would do; with the files that have to go for it, the oldest not taken in.

    Raises TooMany when others of the person have to be done first.
    """
    db.session.execute(sa.select(Person.id).where(Person.id == by).with_for_update())  # one after the other
    mine = sa.select(JobRun).where(JobRun.kind == IMPORT, JobRun.asked_by_id == by).order_by(JobRun.id.desc())
    there = db.session.scalars(mine).all()
    if sum(job.state in OPEN for job in there) >= MOST_OPEN:
        raise TooMany(f"{MOST_OPEN} files of yours are being read; wait until one of them is done")
    old = [job for job in there if job.state not in OPEN and job.payload["step"] == LOOK][MOST_KEPT - 1 :]
    for job in old:
        db.session.delete(job)
    return _ask(asdict(handed) | {"step": LOOK}, by, now), [job.payload["file"] for job in old]


def take(job_id: int, by: int, now: datetime) -> JobRun:
    """The person agrees to what they were shown; raise Missing when nothing was shown that could be taken in."""
    job = own(job_id, IMPORT, by)
    result = job.payload.get("result") or {}
    if job.payload["step"] != LOOK or job.state is not WorkState.DONE or result.get("problem"):
        raise Missing("there is nothing in it to be taken in")
    return _ask({**_order(job.payload), "step": TAKE}, by, now)


def leave(job_id: int, by: int) -> str:
    """The person does not want it: forget what was shown; the file that is to go."""
    job = own(job_id, IMPORT, by)
    if job.state in OPEN:
        raise Missing("it is being read just now: leave it when that is done")
    db.session.delete(job)
    return str(job.payload["file"])


def forget(before: datetime) -> None:
    """Drop what was shown of files that were not taken in, and titles of what nobody agreed to store."""
    old = sa.and_(JobRun.kind == IMPORT, JobRun.ended_at < before)
    db.session.execute(sa.delete(JobRun).where(old), execution_options={"synchronize_session": False})


def _order(payload: Mapping[str, Any]) -> dict[str, Any]:
    return {name: payload[name] for name in Handed.__slots__}


def _ask(payload: dict[str, Any], by: int, now: datetime) -> JobRun:
    return ask(IMPORT, f"{payload['step']} {payload['file']}", payload, by, now)
