"""All that is known of one activity, as its person sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.domain.rulebook import Strength
from advocacy.models.accounts import Account
from advocacy.models.activities import ActivityPerson, ActivityRow, Provenance
from advocacy.models.base import Missing, Row, db
from advocacy.models.evidence import Evidence
from advocacy.models.fact import value_of
from advocacy.models.generations import LIVE
from advocacy.models.ladders import Expectation, RolePageRow, Wording
from advocacy.models.timeline import EXCERPT
from advocacy.models.words import Road, Visibility, Word

NEAR = 15  #: items before and after, of which one may be the same work


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityPage:
    """One activity with what the tables know of its history; `day` is the one where the person lives."""

    id: int
    activity: Activity
    day: date
    visibility: Visibility
    said_at: datetime | None  #: when its person said who sees it
    release_rule_id: int | None  #: the rule of theirs that released it
    answered: int | None
    first_seen_at: datetime
    changed_at: datetime
    changes: int
    deleted_at: datetime | None
    dropped_at: datetime | None
    shared: bool  #: somebody else of ours made it, too


@dataclass(frozen=True, slots=True)
class Member:
    """One place of a work; `why` it belongs there, None for the first."""

    activity_id: int
    day: date
    kind: Kind
    platform: Platform
    channel: str
    title: str
    excerpt: str
    url: str
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """A sentence that the activity is evidence for, with the reasons."""

    expectation_id: int
    sentence: str
    whys: tuple[str, ...]
    strength: Strength
    verdict: Word | None
    rule: str | None = None  #: by which the sentence was recognised
    by_rule: bool = False  #: put aside by a rule of the person's own, not by their word


@dataclass(frozen=True, slots=True)
class Way:
    """By which account of the person's, and by which road, it came."""

    platform: Platform
    handle: str
    road: Road
    seen_at: datetime
    account_id: int


def of(activity_id: int, person_id: int) -> ActivityPage:
    """The activity; raise Missing when it is not the person's."""
    mine = sa.and_(ActivityPerson.activity_id == ActivityRow.id, ActivityPerson.person_id == person_id)
    other = sa.orm.aliased(ActivityPerson)
    others = sa.select(other.person_id).where(other.activity_id == activity_id, other.person_id != person_id).exists()
    query = sa.select(ActivityRow, ActivityPerson, others).join(ActivityPerson, mine)
    found = db.session.execute(query.where(ActivityRow.id == activity_id)).first()
    if found is None:
        raise Missing("there is no such activity of yours")
    row, own, shared = found
    return ActivityPage(
        id=row.id,
        activity=value_of(row),
        day=own.day,
        visibility=own.visibility,
        said_at=own.said_at,
        release_rule_id=own.release_rule_id,
        answered=row.thread_answered,
        first_seen_at=row.first_seen_at,
        changed_at=row.changed_at,
        changes=row.changes,
        deleted_at=row.deleted_at,
        dropped_at=row.dropped_at,
        shared=shared,
    )


def members(activity_id: int, person_id: int) -> list[Member]:
    """The places of its work that are the person's, the first before the others; itself alone when there are none."""
    one = ActivityRow
    lead = sa.select(one.work_id).where(one.id == activity_id).scalar_subquery()
    query = _members(person_id).add_columns(one.work_why).where(sa.or_(one.id == activity_id, one.work_id == lead))
    return [Member(*row) for row in db.session.execute(query.order_by(one.id))]


def near(activity_id: int, person_id: int, at: datetime, but: Sequence[Member]) -> list[Member]:
    """The person's other items about that time, the newest first: what may be the same work."""
    mine, others = ActivityPerson, ActivityPerson.activity_id.not_in([one.activity_id for one in but])
    query = _members(person_id).where(others, ActivityRow.deleted_at.is_(None)).limit(NEAR)
    later = db.session.execute(query.where(mine.at >= at).order_by(mine.at, mine.activity_id)).all()
    before = db.session.execute(query.where(mine.at < at).order_by(mine.at.desc(), mine.activity_id.desc())).all()
    return [Member(*row) for row in (*later[::-1], *before)]


def _members(person_id: int) -> sa.Select[Any]:
    one, mine = ActivityRow, ActivityPerson
    return (
        sa.select(one.id, mine.day, one.kind, one.platform, one.channel, one.title)
        .add_columns(sa.func.substr(one.text, 1, EXCERPT), one.url)
        .join(mine, mine.activity_id == one.id)
        .where(mine.person_id == person_id)
    )


def supports(activity_id: int, person_id: int) -> list[Support]:
    """The sentences it is evidence for, in the order of the role pages."""
    seen, said, page = Evidence, Wording, RolePageRow
    query = (
        sa.select(seen.expectation_id, said.text, seen.why, seen.strength, seen.verdict)
        .add_columns(Expectation.rule, seen.hidden_by)
        .join(Expectation, Expectation.id == seen.expectation_id)
        .join(page, page.id == Expectation.page_id)
        .join(said, sa.and_(said.expectation_id == seen.expectation_id, said.version_id == page.current_id))
        .where(seen.activity_id == activity_id, seen.person_id == person_id)
        .where(seen.generation_id == LIVE.scalar_subquery())
        .order_by(page.id, said.position, seen.facet)
    )
    grouped: dict[int, list[Row]] = {}
    for row in db.session.execute(query):
        grouped.setdefault(row.expectation_id, []).append(row)
    return [_support(rows) for rows in grouped.values()]


def _support(rows: Sequence[Row]) -> Support:
    rows = [row for row in rows if row.verdict is Word.CONFIRMED] or rows
    first = rows[0]
    strongest = min((row.strength for row in rows), key=list(Strength).index)
    whys = tuple(dict.fromkeys(row.why for row in rows))
    hidden = first.hidden_by is not None
    return Support(first.expectation_id, first.text, whys, strongest, first.verdict, first.rule, hidden)


def ways(activity_id: int, person_id: int) -> list[Way]:
    """How it came to the person, the first way first."""
    way = Provenance
    query = (
        sa.select(Account.platform, Account.handle, way.road, way.seen_at, Account.id)
        .join(Account, Account.id == way.account_id)
        .where(way.activity_id == activity_id, Account.person_id == person_id)
        .order_by(way.seen_at, Account.id)
    )
    return [Way(*row) for row in db.session.execute(query)]
