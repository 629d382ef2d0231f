"""Whose activities are, by which account they came, and on which of their days they fell."""

from collections.abc import Collection, Mapping, Sequence, Set
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Activity
from advocacy.domain.period import day_of
from advocacy.models import bulk
from advocacy.models.activities import ActivityPerson, Provenance
from advocacy.models.base import db
from advocacy.models.fact import Fact, Holder
from advocacy.models.people import Person
from advocacy.models.release.apply import release_new
from advocacy.models.words import Road, Visibility


def link(facts: Sequence[Fact], ids: Mapping[bytes, int], before: Set[int], now: datetime) -> list[Holder]:
    """Say whose the activities are and how they came; return what somebody newly got.

    `before` are the activities that were there before these facts came: only they can be somebody's already.
    """
    there = _there(ActivityPerson, _PERSON[:2], before)
    holders: dict[tuple[int, int], Holder] = {}
    rows = []
    for fact in facts:
        for owner in fact.owners:
            pair = (ids[fact.ref_hash], owner.person_id)
            if pair not in there and pair not in holders:
                one = holders[pair] = _holder(pair, fact.activity, owner.zone)
                rows.append((*pair, one.visibility, one.day, owner.part, fact.activity.at, fact.road is Road.HAND))
    bulk.insert(ActivityPerson, _PERSON, rows, _PERSON[:2])
    _trace(facts, ids, before, now)
    return release_new(list(holders.values())) if holders else []


_PERSON = ("activity_id", "person_id", "visibility", "day", "part", "at", "by_hand")
_TRACE = ("activity_id", "account_id", "road", "seen_at")


def _holder(pair: tuple[int, int], one: Activity, zone: str) -> Holder:
    return Holder(*pair, day_of(one.at, zone), Visibility.PRIVATE, one.platform, one.kind, one.channel, pair[0])


def _trace(facts: Sequence[Fact], ids: Mapping[bytes, int], before: Collection[int], now: datetime) -> None:
    there = _there(Provenance, _TRACE[:3], before)
    rows = {
        key: (*key, now)
        for fact in facts
        for owner in fact.owners
        if owner.account_id is not None and (key := (ids[fact.ref_hash], owner.account_id, fact.road)) not in there
    }
    bulk.insert(Provenance, _TRACE, rows.values(), _TRACE[:3])


def _there(table: type[ActivityPerson | Provenance], key: Sequence[str], activity_ids: Collection[int]) -> set[Any]:
    if not activity_ids:
        return set()
    query = sa.select(*(getattr(table, name) for name in key)).where(table.activity_id.in_(activity_ids))
    return {tuple(row) for row in db.session.execute(query)}


def redate(moments: Mapping[int, datetime]) -> None:
    """Carry a corrected date to everybody whose activity it is, each in their own zone."""
    mine = ActivityPerson
    query = sa.select(mine, Person.zone).join(Person, Person.id == mine.person_id).where(mine.activity_id.in_(moments))
    for row, zone in db.session.execute(query):
        at = moments[row.activity_id]
        if row.at != at:
            row.at, row.day = at, day_of(at, zone)
    db.session.flush()
