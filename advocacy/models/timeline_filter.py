"""Which of a person's activities the timeline shows, a page after the other."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Kind, Platform
from advocacy.domain.asked import Asked
from advocacy.models.activities import ActivityPerson, ActivityRow, Provenance
from advocacy.models.base import db
from advocacy.models.evidence import Evidence
from advocacy.models.generations import LIVE
from advocacy.models.timeline import EXCERPT, Item
from advocacy.models.words import Word

COUNTED = 2_000  #: more are not counted


class State(StrEnum):
    """What the person's word on an activity is."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What is asked for; None and nothing leave everything in."""

    kind: Kind | None = None
    platform: Platform | None = None
    state: State | None = None
    account: int | None = None
    expectation: int | None = None
    since: date | None = None
    until: date | None = None
    channel: str = ""
    asked: Asked = Asked()


def page(person_id: int, wanted: Filter, before: tuple[datetime, int] | None, limit: int) -> list[Item]:
    """The person's activities, newest first, from after `before` on."""
    one, mine = ActivityRow, ActivityPerson
    query = (
        sa.select(one.id, mine.at, one.at_guessed, mine.day, one.kind, one.platform, one.channel, one.title, one.url)
        .add_columns(sa.func.substr(one.text, 1, EXCERPT), mine.visibility, one.dropped_at.is_not(None))
        .join(mine, mine.activity_id == one.id)
        .where(*_conditions(person_id, wanted))
        .order_by(mine.at.desc(), mine.activity_id.desc())
        .limit(limit)
    )
    if before:
        place = sa.literal(before[0], mine.at.type), sa.literal(before[1])
        query = query.where(sa.tuple_(mine.at, mine.activity_id) < sa.tuple_(*place))
    return [Item(*row) for row in db.session.execute(query)]


def count(person_id: int, wanted: Filter) -> int:
    """How many there are; COUNTED + 1 stands for any number above COUNTED."""
    one, mine = ActivityRow, ActivityPerson
    found = sa.select(one.id).join(mine, mine.activity_id == one.id).where(*_conditions(person_id, wanted))
    return db.session.scalar(sa.select(sa.func.count()).select_from(found.limit(COUNTED + 1).subquery())) or 0


def _conditions(person_id: int, wanted: Filter) -> list[sa.ColumnElement[bool]]:
    one, mine = ActivityRow, ActivityPerson
    same: tuple[tuple[Any, Any], ...] = ((one.kind, wanted.kind), (one.platform, wanted.platform))
    found = [mine.person_id == person_id, one.deleted_at.is_(None), *(column == is_ for column, is_ in same if is_)]
    if wanted.channel:
        found.append(one.channel == wanted.channel)
    if wanted.since:
        found.append(mine.day >= wanted.since)
    if wanted.until:
        found.append(mine.day <= wanted.until)
    if wanted.account:
        way = Provenance
        found.append(sa.exists().where(way.activity_id == one.id, way.account_id == wanted.account))
    if wanted.expectation:
        found.append(_evidence(person_id, Evidence.expectation_id == wanted.expectation))
    if wanted.state:
        found.append(_state(person_id, wanted.state))
    found += [_says(piece) for piece in wanted.asked.wanted]
    return found + [~_says(piece) for piece in wanted.asked.unwanted]


def _state(person_id: int, state: State) -> sa.ColumnElement[bool]:
    if state is State.NOTHING:
        return ~_evidence(person_id)
    said = {State.CONFIRMED: Word.CONFIRMED, State.REJECTED: Word.REJECTED}.get(state)
    return _evidence(person_id, Evidence.verdict == said if said else Evidence.verdict.is_(None))


def _evidence(person_id: int, *more: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    seen = Evidence
    live = seen.generation_id == LIVE.scalar_subquery()
    return sa.exists().where(seen.activity_id == ActivityRow.id, seen.person_id == person_id, live, *more)


def _says(piece: str) -> sa.ColumnElement[bool]:
    title = sa.func.coalesce(ActivityRow.title, "").icontains(piece, autoescape=True)
    return sa.or_(title, sa.func.coalesce(ActivityRow.text, "").icontains(piece, autoescape=True))
