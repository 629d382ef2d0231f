"""The evidence of one person for one expectation, with its reasons and what was said of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Kind, Platform
from advocacy.domain.rulebook import Strength
from advocacy.models.activities import ActivityRow
from advocacy.models.audience import Audience, seen_by
from advocacy.models.base import Row, db
from advocacy.models.evidence import Evidence, Verdict
from advocacy.models.generations import LIVE
from advocacy.models.ladders import LadderVersion, Wording
from advocacy.models.timeline import EXCERPT
from advocacy.models.words import Visibility, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One activity as evidence: why the rules say so, what the person said, and whether it counts."""

    activity_id: int
    work_id: int
    day: date
    at: datetime
    kind: Kind
    platform: Platform
    channel: str
    title: str
    url: str
    excerpt: str
    whys: tuple[str, ...]
    facets: tuple[str, ...]
    strength: Strength
    verdict: Word | None
    visibility: Visibility
    deleted_on: datetime | None  #: when we heard that it was deleted where it was posted
    dropped: bool  #: its text may not be kept here for now
    edited_since: bool
    reworded_since: bool
    counted: bool
    by_rule: bool = False  #: put aside by a rule of the person's own, not by their word
    copies: tuple["Exhibit", ...] = ()


_ORDER = list(Strength)


def of(
    person_id: int,
    expectation_id: int,
    first: date,
    last: date,
    *,
    before: tuple[date, int] | None = None,
    limit: int = 50,
    audience: Audience = Audience.OWNER,
) -> list[Exhibit]:
    """The evidence between two days, newest first; `before` is the (day, activity id) where the last page ended.

    Others than its owner see what was confirmed and released.
    """
    here = sa.and_(_here(person_id, expectation_id), seen_by(audience))
    keys = _keys(here, first, last, before, limit)
    rows = db.session.execute(_facts(here, keys)).all() if keys else ()
    versions = _rewordings(expectation_id)
    grouped: dict[int, list[Row]] = {key.activity_id: [] for key in keys}
    for row in rows:
        grouped[row.activity_id].append(row)
    return [_exhibit(group, versions) for group in grouped.values() if group]


def by_month(person_id: int, expectation_id: int, first: date, last: date) -> dict[str, int]:
    """How many works count in each month, as `2026-10`; one in several places counts once in each of its months."""
    counted = sa.or_(Evidence.verdict == Word.CONFIRMED, Evidence.strength == Strength.STRONG)
    query = (
        sa.select(Evidence.day, Evidence.work_id)
        .where(_here(person_id, expectation_id), Evidence.day.between(first, last), counted, _kept())
        .distinct()
    )
    months = {(day.strftime("%Y-%m"), work) for day, work in db.session.execute(query)}
    return dict(Counter(month for month, _ in months))


def by_work(found: Iterable[Exhibit]) -> list[Exhibit]:
    """The same with each work once, where its newest place stands: what appeared first, and its copies with it."""
    works: dict[int, list[Exhibit]] = {}
    for one in found:
        works.setdefault(one.work_id, []).append(one)
    return [_first(places) for places in works.values()]


def _first(places: list[Exhibit]) -> Exhibit:
    first, *copies = sorted(places, key=lambda one: (one.at, one.activity_id))
    return replace(first, copies=tuple(copies)) if copies else first


def _here(person_id: int, expectation_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(
        Evidence.expectation_id == expectation_id,
        Evidence.person_id == person_id,
        Evidence.generation_id == LIVE.scalar_subquery(),
    )


def _kept() -> sa.ColumnElement[bool]:
    return sa.or_(Evidence.verdict.is_(None), Evidence.verdict != Word.REJECTED)


def _keys(
    here: sa.ColumnElement[bool], first: date, last: date, before: tuple[date, int] | None, limit: int
) -> Sequence[Row]:
    """One page of (day, activity): keyset paging on the index, never an offset."""
    query = (
        sa.select(Evidence.day, Evidence.activity_id)
        .where(here, Evidence.day.between(first, last))
        .distinct()
        .order_by(Evidence.day.desc(), Evidence.activity_id.desc())
        .limit(limit)
    )
    if before:
        key = sa.tuple_(Evidence.day, Evidence.activity_id)
        query = query.where(key < sa.tuple_(sa.literal(before[0]), sa.literal(before[1])))
    return db.session.execute(query).all()


def _facts(here: sa.ColumnElement[bool], keys: Sequence[Row]) -> sa.Select[Any]:
    """All about one page; its days bound what the index has to show of an expectation with very much evidence."""
    one, seen, said = ActivityRow, Evidence, Verdict
    shown = seen.day.between(keys[-1].day, keys[0].day), seen.activity_id.in_([key.activity_id for key in keys])
    in_force = sa.and_(
        said.activity_id == seen.activity_id,
        said.person_id == seen.person_id,
        said.expectation_id == seen.expectation_id,
        said.superseded_at.is_(None),
    )
    return (
        sa.select(
            seen.activity_id, seen.work_id, seen.day, one.at, one.kind, one.platform, one.channel, one.title, one.url
        )
        .add_columns(sa.func.substr(one.text, 1, EXCERPT).label("excerpt"), seen.why, seen.facet, seen.strength)
        .add_columns(
            one.deleted_at,
            one.dropped_at,
            seen.verdict,
            seen.hidden_by,
            seen.visibility,
            one.content_hash,
            said.content_hash.label("then"),
            said.version_id,
        )
        .join(one, one.id == seen.activity_id)
        .outerjoin(said, in_force)
        .where(here, *shown)
        .order_by(seen.activity_id, seen.facet)
    )


def _rewordings(expectation_id: int) -> list[int]:
    """The versions in which the sentence came to say something else."""
    query = (
        sa.select(Wording.version_id)
        .join(LadderVersion, LadderVersion.id == Wording.version_id)
        .where(Wording.expectation_id == expectation_id, Wording.minor.is_(False))
    )
    return list(db.session.scalars(query))


def _exhibit(group: Sequence[Row], rewordings: Iterable[int]) -> Exhibit:
    row = group[0]
    strength = min((r.strength for r in group), key=_ORDER.index)
    words = [r.verdict for r in group]
    confirmed = Word.CONFIRMED in words
    if confirmed:  # a facet that the person overruled speaks no more
        group = [r for r in group if r.verdict is Word.CONFIRMED]
    return Exhibit(
        activity_id=row.activity_id,
        work_id=row.work_id,
        day=row.day,
        at=row.at,
        kind=row.kind,
        platform=row.platform,
        channel=row.channel,
        title=row.title,
        url=row.url,
        excerpt=row.excerpt,
        whys=tuple(dict.fromkeys(r.why for r in group)),
        facets=tuple(dict.fromkeys(r.facet for r in group if r.facet)),
        strength=strength,
        verdict=Word.CONFIRMED if confirmed else row.verdict,
        visibility=row.visibility,
        deleted_on=row.deleted_at,
        dropped=row.dropped_at is not None,
        edited_since=confirmed and not row.deleted_at and row.then not in (None, row.content_hash),
        reworded_since=confirmed and any(version > (row.version_id or 0) for version in rewordings),
        counted=confirmed or (row.verdict is None and strength is Strength.STRONG),
        by_rule=row.hidden_by is not None,
    )
