"""Released items in a stretch of days, as the tables of the public voice count them: one question."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from advocacy.domain.public_voice import KINDS, Place, Work, format_of, works
from advocacy.models.accounts import Account, Subscription
from advocacy.models.activities import ActivityPerson, ActivityRow, Provenance
from advocacy.models.base import Row, db
from advocacy.models.evidence import RELEASED, Evidence
from advocacy.models.generations import LIVE
from advocacy.models.people import Person

MOST = 20_000  #: newest pieces that are counted; a page says so when there are more


@dataclass(frozen=True, slots=True)
class Said:
    """The works of a stretch, the newest first; `cut`: there was more than is counted."""

    works: tuple[Work, ...]
    cut: bool = False


def said(first: date, last: date) -> Said:
    """What people who are here confirmed and released to marketing of these days; of what was deleted nothing."""
    rows = db.session.execute(_places(_newest(first, last))).all()
    places = [place for row in rows if (place := _place(row)) is not None]
    return Said(tuple(works(places)), len(rows) >= MOST)


def read_since(first: date, last: date) -> date | None:
    """Since when all the addresses that brought these items have been read; None: of one it is not known."""
    newest_items, came, sub = _newest(first, last), Provenance, Subscription
    seen = newest_items.c
    addresses = (
        sa.select(Account.subscription_id)
        .select_from(newest_items)
        .join(came, came.activity_id == seen.activity_id)
        .join(Account, sa.and_(Account.id == came.account_id, Account.person_id == seen.person_id))
    )
    query = sa.select(sa.func.max(sub.complete_from), sa.func.count(), sa.func.count(sub.complete_from))
    newest, there, known = db.session.execute(query.where(sub.id.in_(addresses))).one()
    return newest.date() if newest and there == known else None


def quiet(activity_ids: Collection[int]) -> set[int]:
    """Those of these items that somebody whose they are asked not to promote."""
    one = ActivityRow
    query = sa.select(one.id).where(one.id.in_(activity_ids), _asked_not_to())
    return set(db.session.scalars(query)) if activity_ids else set()


def _newest(first: date, last: date) -> sa.Subquery:
    seen, one = Evidence, ActivityRow
    return (
        sa.select(seen.work_id, seen.activity_id, seen.person_id, seen.day)
        .join(one, one.id == seen.activity_id)
        .join(Person, Person.id == seen.person_id)
        .where(seen.generation_id == LIVE.scalar_subquery(), sa.text(RELEASED), seen.day.between(first, last))
        .where(one.deleted_at.is_(None), one.kind.in_(KINDS), Person.disabled_at.is_(None))
        .distinct()
        .order_by(seen.day.desc(), seen.activity_id.desc(), seen.person_id)
        .limit(MOST)
        .subquery()
    )


def _places(newest: Any) -> sa.Select[Any]:
    one, seen = ActivityRow, newest.c
    webinar = sa.func.lower(one.channel + " " + one.title).contains("webinar")
    return (
        sa.select(seen.work_id, seen.activity_id, seen.person_id, seen.day, one.kind, one.platform)
        .add_columns(webinar.label("webinar"), sa.cast(one.tags, sa.Text).label("tags"), _asked_not_to().label("quiet"))
        .join(one, one.id == seen.activity_id)
    )


def _asked_not_to() -> sa.ColumnElement[bool]:
    """Whether anybody whose item it is wishes so, whether or not they released it themselves."""
    theirs, who = aliased(ActivityPerson), aliased(Person)
    return (
        sa.exists()
        .where(theirs.activity_id == ActivityRow.id, who.id == theirs.person_id, sa.or_(theirs.quiet, who.quiet))
        .correlate(ActivityRow)
    )


def _place(row: Row) -> Place | None:
    form = format_of(row.kind, row.platform, webinar=bool(row.webinar))
    if form is None:
        return None
    tags = json.loads(row.tags or "{}")
    return Place(
        work_id=row.work_id,
        activity_id=row.activity_id,
        person_id=row.person_id,
        day=row.day,
        format=form,
        platform=row.platform,
        topics=tuple(tags.get("topics", ())),
        personas=tuple(tags.get("personas", ())),
        quiet=bool(row.quiet),
    )
