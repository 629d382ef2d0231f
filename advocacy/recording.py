"""What people say they did, put on the timeline: an activity like any other, judged and tied to sentences at once."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from advocacy.domain.activity import Activity
from advocacy.domain.normal import content_hash, normal, ref_hash
from advocacy.domain.period import day_of
from advocacy.models import facts, generations, turns, works
from advocacy.models.activities import ActivityPerson, ActivityRow, Provenance
from advocacy.models.base import Missing, db
from advocacy.models.derivation import Judged, derive
from advocacy.models.evidence import Evidence, Verdict
from advocacy.models.fact import Fact, Owner, value_of
from advocacy.models.people import Person
from advocacy.models.release.apply import release_one
from advocacy.models.snoozes import Snooze
from advocacy.models.stood import ConfirmedText
from advocacy.models.words import Part, Road, Visibility
from advocacy.rules import Rules

_IN_BULK = {"synchronize_session": False}


def record(activity: Activity, people: Mapping[int, Part], now: datetime, rules: Rules) -> int:
    """Keep an activity as its people tell it, and derive its evidence; its id.

    Told again under the same ref, it says what it says now; but what a source or an archive brought stays as it told
    it, and becomes these people's. Whoever is not named any more keeps their part until they `leave`. Raises
    Unstorable for what no database keeps, Missing for a person who is not there.
    """
    fit, owners = normal(activity), _owners(people)
    key = ref_hash(fit.ref)
    brought = sa.exists().where(Provenance.activity_id == ActivityRow.id)
    there = db.session.scalar(sa.select(ActivityRow.id).where(ActivityRow.ref_hash == key, brought))
    if there is None:
        facts.keep([Fact(fit, rules.judge(fit), owners, key, content_hash(fit), Road.HAND)], now, rules.judge)
    number = there or db.session.scalars(sa.select(ActivityRow.id).where(ActivityRow.ref_hash == key)).one()
    for person_id, part in people.items():
        join(number, person_id, part, rules)
    return number


def _owners(people: Mapping[int, Part]) -> tuple[Owner, ...]:
    zones = sa.select(Person.id, Person.zone).where(Person.id.in_(people))
    found: dict[int, str] = {row.id: row.zone for row in db.session.execute(zones)}
    if len(found) < len(people):
        raise Missing("one of these people is not here any more")
    return tuple(Owner(None, person_id, found[person_id], part) for person_id, part in people.items())


def join(activity_id: int, person_id: int, part: Part, rules: Rules) -> None:
    """Say that an activity is this person's, too; no account that goes takes it away from them."""
    turns.take({person_id})
    row = db.session.get(ActivityRow, activity_id, with_for_update=True)
    zone = db.session.scalar(sa.select(Person.zone).where(Person.id == person_id))
    if row is None or zone is None:
        raise Missing("there is no such item, or no such person")
    mine = db.session.get(ActivityPerson, (activity_id, person_id))
    if mine is not None:
        mine.by_hand = True
        return
    when = {"part": part, "visibility": Visibility.PRIVATE, "at": row.at, "day": day_of(row.at, zone)}
    db.session.add(ActivityPerson(activity_id=activity_id, person_id=person_id, by_hand=True, **when))
    db.session.flush()
    release_one(activity_id, person_id)
    derive([Judged(activity_id, rules.judge(value_of(row)))], generations.written())


def leave(activity_id: int, person_id: int) -> None:
    """Say that an activity is not this person's; logged by hand and nobody's any more, it goes."""
    one, mine = ActivityRow, ActivityPerson
    with works.without(sa.select(one.id).where(one.id == activity_id), person_id):
        for table in (Evidence, Verdict, ConfirmedText, Snooze, mine):
            theirs = sa.and_(table.activity_id == activity_id, table.person_id == person_id)
            db.session.execute(sa.delete(table).where(theirs), execution_options=_IN_BULK)
        owned = sa.exists().where(mine.activity_id == one.id)
        by_road = sa.exists().where(Provenance.activity_id == one.id)
        orphan = sa.delete(one).where(one.id == activity_id, ~owned, ~by_road)
        db.session.execute(orphan, execution_options=_IN_BULK)
