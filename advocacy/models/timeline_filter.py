"""Which of a person's activities the timeline shows, a page after the other, the newest or the best first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeAlias

import sqlalchemy as sa

from advocacy.domain.activity import Kind, Platform
from advocacy.domain.asked import Asked, Piece
from advocacy.domain.relevance import around, relevance
from advocacy.models import words_index
from advocacy.models.activities import ActivityPerson, ActivityRow, Provenance
from advocacy.models.base import Row, db
from advocacy.models.evidence import Evidence
from advocacy.models.generations import LIVE
from advocacy.models.timeline import EXCERPT, Item
from advocacy.models.words import Word

COUNTED = 2_000  #: more are not counted
SAMPLE = 2_000  #: the newest so many are put in order by how well they fit


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


Place: TypeAlias = tuple[datetime, int]
"""The moment and the number of the last item of a page."""


@dataclass(frozen=True, slots=True)
class Found:
    """An item with how well it fits; its excerpt is from around what was asked."""

    item: Item
    fits: float


def page(person_id: int, wanted: Filter, before: Place | None, limit: int) -> list[Item]:
    """The person's activities, newest first, from after `before` on."""
    query = _items(sa.func.substr(ActivityRow.text, 1, EXCERPT), person_id, wanted).limit(limit)
    mine = ActivityPerson
    if before:
        place = sa.literal(before[0], mine.at.type), sa.literal(before[1])
        query = query.where(sa.tuple_(mine.at, mine.activity_id) < sa.tuple_(*place))
    return [Item(*row) for row in db.session.execute(query)]


def best(person_id: int, wanted: Filter, before: tuple[float, Place] | None, limit: int) -> list[Found]:
    """Those of the newest SAMPLE that fit best, of equals the newer first, from after `before` on."""
    pieces = wanted.asked.wanted
    rows = db.session.execute(_items(ActivityRow.text, person_id, wanted).limit(SAMPLE)).all()
    ranked = sorted(((relevance(pieces, row.title, row.text), row) for row in rows), key=_rank)
    if before:
        ranked = [one for one in ranked if _rank(one) > (-before[0], -before[1][0].timestamp(), -before[1][1])]
    return [Found(_around(row, pieces), fits) for fits, row in ranked[:limit]]


def _rank(one: tuple[float, Row]) -> tuple[float, float, int]:
    fits, row = one
    return -fits, -row.at.timestamp(), -row.id


def _around(row: Row, pieces: Sequence[Piece]) -> Item:
    told = row._asdict()
    return Item(*{**told, "text": around(told["text"], pieces, EXCERPT)}.values())


def _items(text: sa.ColumnElement[str] | Any, person_id: int, wanted: Filter) -> "sa.Select[Any]":
    one, mine = ActivityRow, ActivityPerson
    return (
        sa.select(one.id, mine.at, one.at_guessed, mine.day, one.kind, one.platform, one.channel, one.title, one.url)
        .add_columns(text.label("text"), mine.visibility, one.dropped_at.is_not(None))
        .join(mine, mine.activity_id == one.id)
        .where(*_conditions(person_id, wanted))
        .order_by(mine.at.desc(), mine.activity_id.desc())
    )


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
    return found + [*_says(wanted.asked.wanted), *(~one for piece in wanted.asked.unwanted for one in _says([piece]))]


def _state(person_id: int, state: State) -> sa.ColumnElement[bool]:
    if state is State.NOTHING:
        return ~_evidence(person_id)
    said = {State.CONFIRMED: Word.CONFIRMED, State.REJECTED: Word.REJECTED}.get(state)
    return _evidence(person_id, Evidence.verdict == said if said else Evidence.verdict.is_(None))


def _evidence(person_id: int, *more: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    seen = Evidence
    live = seen.generation_id == LIVE.scalar_subquery()
    return sa.exists().where(seen.activity_id == ActivityRow.id, seen.person_id == person_id, live, *more)


def _says(pieces: Sequence[Piece]) -> list[sa.ColumnElement[bool]]:
    """What the index can tell asked of it, the rest read from the person's own texts."""
    indexed = [piece for piece in pieces if words_index.is_indexed(piece)]
    found = [words_index.ACTIVITIES.says(indexed, db.engine.dialect.name)] if indexed else []
    return found + [_reads(piece.text) for piece in pieces if piece not in indexed]


def _reads(piece: str) -> sa.ColumnElement[bool]:
    return sa.or_(*(column.icontains(piece, autoescape=True) for column in (ActivityRow.title, ActivityRow.text)))
