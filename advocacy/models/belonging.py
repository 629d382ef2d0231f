"""Whose activities are, by which account they came, and on which of their days they fell."""

from collections.abc import Collection, Mapping, Sequence, Set
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from advocacy.domain.period import day_of
from advocacy.models import bulk
from advocacy.models.activities import ActivityPerson, Provenance
from advocacy.models.base import db
from advocacy.models.fact import Fact, Holder, Owner
from advocacy.models.people import Person
from advocacy.models.words import Part, Visibility


def link(facts: Sequence[Fact], ids: Mapping[bytes, int], before: Set[int], now: datetime) -> list[Holder]:
    """Say whose the activities are and how they came; return what somebody newly got.

    `before` are the activities that were there before these facts came: only they can be somebody's already.
    """
    pairs = {(ids[f.ref_hash], owner.person_id): (f, owner) for f in facts for owner in f.owners}
    there = _there(ActivityPerson, ("activity_id", "person_id"), before)
    newly = {pair: of for pair, of in pairs.items() if pair not in there}
    holders = [_holder(activity_id, *of) for (activity_id, _), of in newly.items()]
    rows = [
        (one.activity_id, one.person_id, one.visibility, one.day, Part.AUTHOR, fact.activity.at)
        for one, (fact, _) in zip(holders, newly.values(), strict=True)
    ]
    bulk.insert(ActivityPerson, _PERSON, rows, _PERSON[:2])
    _trace(facts, ids, before, now)
    return holders


_PERSON = ("activity_id", "person_id", "visibility", "day", "part", "at")
_TRACE = ("activity_id", "account_id", "road", "seen_at")


def _holder(activity_id: int, fact: Fact, owner: Owner) -> Holder:
    one = fact.activity
    day = day_of(one.at, owner.zone)
    return Holder(activity_id, owner.person_id, day, Visibility.PRIVATE, one.platform, one.kind, one.channel)


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
