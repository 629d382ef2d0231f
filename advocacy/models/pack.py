"""All that counts for a person in a period, sentence by sentence, with the numbers as they stood: two questions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Kind, Platform
from advocacy.domain.rulebook import Strength
from advocacy.models.activities import ActivityRow, MetricSnapshot
from advocacy.models.audience import Audience, seen_by
from advocacy.models.base import Row, db
from advocacy.models.evidence import Evidence
from advocacy.models.generations import LIVE
from advocacy.models.timeline import EXCERPT
from advocacy.models.words import Visibility, Word


@dataclass(frozen=True, slots=True)
class Number:
    """What a metric stood at on the last day that it was told; `by_hand`: by the person."""

    metric: str
    value: int
    day: date
    by_hand: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One activity that counts, and why."""

    activity_id: int
    work_id: int
    day: date
    kind: Kind
    platform: Platform
    channel: str
    title: str
    url: str
    excerpt: str
    whys: tuple[str, ...]
    confirmed: bool
    visibility: Visibility
    deleted: bool
    numbers: tuple[Number, ...] = ()


def pieces(
    person_id: int,
    first: date,
    last: date,
    *,
    confirmed_only: bool = False,
    audience: Audience = Audience.OWNER,
) -> dict[int, list[Piece]]:
    """What counts between two days, by expectation, newest first; a work once, where it appeared first.

    Of the places of a work others than its owner see those that were released.
    """
    counts = Evidence.verdict == Word.CONFIRMED
    if not confirmed_only:
        counts = sa.or_(counts, sa.and_(Evidence.verdict.is_(None), Evidence.strength == Strength.STRONG))
    here = sa.and_(
        Evidence.person_id == person_id,
        Evidence.generation_id == LIVE.scalar_subquery(),
        Evidence.day.between(first, last),
        counts,
        seen_by(audience),
    )
    numbers = _numbers(sa.select(Evidence.activity_id).where(here), last)
    grouped: dict[tuple[int, int], list[Row]] = {}
    for row in db.session.execute(_facts(here)):
        grouped.setdefault((row.expectation_id, row.work_id), []).append(row)
    found: dict[int, list[Piece]] = {}
    for (expectation_id, _), rows in grouped.items():
        found.setdefault(expectation_id, []).append(_piece(rows, numbers))
    return {key: sorted(some, key=lambda one: (one.day, one.activity_id), reverse=True) for key, some in found.items()}


def _facts(here: sa.ColumnElement[bool]) -> sa.Select[Any]:
    one, seen = ActivityRow, Evidence
    return (
        sa.select(seen.expectation_id, seen.work_id, seen.activity_id, seen.day, one.kind, one.platform, one.channel)
        .add_columns(one.title, one.url, sa.func.substr(one.text, 1, EXCERPT).label("excerpt"), seen.why)
        .add_columns(seen.verdict, seen.visibility, one.deleted_at)
        .join(one, one.id == seen.activity_id)
        .where(here)
        .order_by(one.at, seen.activity_id, seen.facet)
    )


def _piece(rows: Sequence[Row], numbers: Mapping[int, tuple[Number, ...]]) -> Piece:
    first = rows[0]
    same = [row for row in rows if row.activity_id == first.activity_id]
    return Piece(
        activity_id=first.activity_id,
        work_id=first.work_id,
        day=first.day,
        kind=first.kind,
        platform=first.platform,
        channel=first.channel,
        title=first.title,
        url=first.url,
        excerpt=first.excerpt,
        whys=tuple(dict.fromkeys(row.why for row in same)),
        confirmed=any(row.verdict is Word.CONFIRMED for row in rows),
        visibility=first.visibility,
        deleted=first.deleted_at is not None,
        numbers=numbers.get(first.activity_id, ()),
    )


def _numbers(activity_ids: sa.Select[Any], last: date) -> dict[int, tuple[Number, ...]]:
    """The newest numbers up to a day; of one day the person's word before the machine's."""
    one = MetricSnapshot
    newest = sa.func.row_number().over(
        partition_by=(one.activity_id, one.metric), order_by=(one.day.desc(), one.by_hand.desc())
    )
    ranked = (
        sa.select(one.activity_id, one.metric, one.value, one.day, one.by_hand, newest.label("place"))
        .where(one.activity_id.in_(activity_ids), one.day <= last)
        .subquery()
    )
    query = sa.select(ranked).where(ranked.c.place == 1).order_by(ranked.c.activity_id, ranked.c.metric)
    return _by_activity(db.session.execute(query))


def _by_activity(rows: Iterable[Row]) -> dict[int, tuple[Number, ...]]:
    found: dict[int, list[Number]] = {}
    for row in rows:
        found.setdefault(row.activity_id, []).append(Number(row.metric, row.value, row.day, row.by_hand))
    return {key: tuple(numbers) for key, numbers in found.items()}
