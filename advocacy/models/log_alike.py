"""What seems to be there already: a person's activities with the same link, or with the same title within days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Kind, Platform
from advocacy.domain.normal import ref_hash
from advocacy.domain.refs import ref_of
from advocacy.domain.work_marks import link_mark
from advocacy.models.activities import ActivityLink, ActivityPerson, ActivityRow
from advocacy.models.base import Row, db
from advocacy.models.log_entries import LogEntry, link_hash
from advocacy.models.timeline import EXCERPT

NEAR = timedelta(days=7)
MOST = 3
SHORTEST = 4  #: letters of a title that says anything


@dataclass(frozen=True, slots=True)
class Alike:
    """One that is there, and why it may be the same."""

    activity_id: int
    day: date
    kind: Kind
    platform: Platform
    title: str
    excerpt: str
    why: str


def alike(person_id: int, url: str, title: str, at: datetime, but: int | None = None) -> list[Alike]:
    """The person's activities that may be the one about to be logged, those with the same link first."""
    found = [_found(row, "the same link") for row in db.session.execute(_linked(person_id, url))] if url else []
    if len(title) >= SHORTEST:
        seen = {one.activity_id for one in found}
        titled = db.session.execute(_titled(person_id, title, at))
        found += [_found(row, "the same title, within a week") for row in titled if row.id not in seen]
    return [one for one in found if one.activity_id != but][:MOST]


def _found(row: Row, why: str) -> Alike:
    return Alike(*(*row, why))


def _linked(person_id: int, url: str) -> sa.Select[Any]:
    ref, mark, key = ref_of(url), link_mark(url), link_hash(url)
    one, link, entry = ActivityRow, ActivityLink, LogEntry
    ways: list[sa.Select[Any]] = [sa.select(one.id).where(one.ref_hash == ref_hash(ref))] if ref else []
    if mark:
        ways.append(sa.select(link.activity_id).where(link.link_hash == mark, link.own.is_(True)))
    here = entry.person_id == person_id, entry.link_hash == key, entry.activity_id.is_not(None)
    ways.append(sa.select(entry.activity_id).where(*here))
    return _mine(person_id).where(one.id.in_(sa.union(*ways)))


def _titled(person_id: int, title: str, at: datetime) -> sa.Select[Any]:
    near = ActivityPerson.at.between(at - NEAR, at + NEAR)
    return _mine(person_id).where(near, sa.func.lower(ActivityRow.title) == title.lower())


def _mine(person_id: int) -> sa.Select[Any]:
    one, mine = ActivityRow, ActivityPerson
    return (
        sa.select(one.id, mine.day, one.kind, one.platform, one.title, sa.func.substr(one.text, 1, EXCERPT))
        .join(mine, mine.activity_id == one.id)
        .where(mine.person_id == person_id, one.deleted_at.is_(None))
        .order_by(mine.at.desc(), one.id.desc())
        .limit(MOST + 1)
    )
