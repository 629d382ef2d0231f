"""Whose activities are, by which account they came, and on which of their days they fell."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from advocacy.domain.period import day_of
from advocacy.models.activities import ActivityPerson, Provenance
from advocacy.models.base import db
from advocacy.models.fact import Fact, Owner
from advocacy.models.people import Person
from advocacy.models.upsert import insert_new
from advocacy.models.words import Part, Visibility


def link(facts: Sequence[Fact], ids: Mapping[bytes, int], now: datetime) -> set[bytes]:
    """Say whose the activities are and how they came; return the hashes that somebody newly got."""
    pairs = {(ids[f.ref_hash], owner.person_id): (f, owner) for f in facts for owner in f.owners}
    query = sa.select(ActivityPerson.activity_id, ActivityPerson.person_id)
    there = {tuple(row) for row in db.session.execute(query.where(ActivityPerson.activity_id.in_(ids.values())))}
    fresh = {pair: of for pair, of in pairs.items() if pair not in there}
    insert_new(ActivityPerson, [_person(activity_id, *of) for (activity_id, _), of in fresh.items()])
    _trace(facts, ids, now)
    return {fact.ref_hash for fact, _ in fresh.values()}


def _person(activity_id: int, fact: Fact, owner: Owner) -> dict[str, Any]:
    return {
        "activity_id": activity_id,
        "person_id": owner.person_id,
        "part": Part.AUTHOR,
        "visibility": Visibility.PRIVATE,
        "at": fact.activity.at,
        "day": day_of(fact.activity.at, owner.zone),
    }


def _trace(facts: Sequence[Fact], ids: Mapping[bytes, int], now: datetime) -> None:
    query = sa.select(Provenance.activity_id, Provenance.account_id, Provenance.road)
    there = {tuple(row) for row in db.session.execute(query.where(Provenance.activity_id.in_(ids.values())))}
    rows = [
        {"activity_id": ids[f.ref_hash], "account_id": owner.account_id, "road": f.road, "seen_at": now}
        for f in facts
        for owner in f.owners
        if owner.account_id is not None and (ids[f.ref_hash], owner.account_id, f.road) not in there
    ]
    insert_new(Provenance, rows)


def redate(moments: Mapping[int, datetime]) -> None:
    """Carry a corrected date to everybody whose activity it is, each in their own zone."""
    mine = ActivityPerson
    query = sa.select(mine, Person.zone).join(Person, Person.id == mine.person_id).where(mine.activity_id.in_(moments))
    for row, zone in db.session.execute(query):
        at = moments[row.activity_id]
        if row.at != at:
            row.at, row.day = at, day_of(at, zone)
    db.session.flush()
