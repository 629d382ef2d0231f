"""Rules carried to the items, and what stands beside an item copied to its evidence: both always agree."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from advocacy.domain.second_looks import FOLLOWED
from advocacy.models import turns
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.base import db
from advocacy.models.evidence import Evidence
from advocacy.models.fact import Holder
from advocacy.models.look_again import follow
from advocacy.models.release.caught import items, of_rule
from advocacy.models.release.rows import ReleaseRule
from advocacy.models.words import Visibility

WIDTH = list(Visibility)  #: from the narrowest to the widest
_IN_BULK = {"synchronize_session": False}


def in_force(people: Collection[int]) -> Sequence[ReleaseRule]:
    """The rules of these people, the narrowest first, of equals the oldest: each opens what stands narrower."""
    one = ReleaseRule
    query = sa.select(one).where(one.person_id.in_(people), one.ended_at.is_(None))
    found = db.session.scalars(query.order_by(one.id)).all()
    return sorted(found, key=lambda rule: WIDTH.index(rule.to))


def begin(person_id: int) -> None:
    """Nobody else changes who sees this person's items, or brings some, until the transaction ends."""
    turns.take([person_id])


def release_new(holders: Sequence[Holder]) -> list[Holder]:
    """What people newly got, released as their rules say; nobody has spoken of these items yet."""
    rules = in_force({one.person_id for one in holders})
    seen = {(one.activity_id, one.person_id): one.visibility for one in holders}
    for rule in rules:
        fresh = [one.activity_id for one in holders if one.person_id == rule.person_id]
        for number in _carry(rule, items(rule.person_id, of_rule(rule)).where(ActivityRow.id.in_(fresh))):
            seen[number, rule.person_id] = rule.to
    return [one._replace(visibility=seen[one.activity_id, one.person_id]) for one in holders] if rules else [*holders]


def release_one(activity_id: int, person_id: int) -> None:
    """What a person newly got of somebody else, released as their rules say."""
    for rule in in_force([person_id]):
        _carry(rule, items(person_id, of_rule(rule)).where(ActivityRow.id == activity_id))


def carry(rule: ReleaseRule, now: datetime) -> int:
    """Release what is there and the rule speaks of; how many items that opens further than they were."""
    found = _carry(rule, _reached(rule))
    keep_true(found, now)
    copy(rule.person_id, found)
    return len(found)


def settle(person_id: int, rule: ReleaseRule) -> int:
    """Close what a rule that ended had opened, as far as no other rule keeps it open; how many items that touches."""
    mine = ActivityPerson
    theirs = sa.and_(mine.person_id == person_id, mine.release_rule_id == rule.id)
    found = db.session.scalars(sa.select(mine.activity_id).where(theirs)).all()
    resettle(person_id, found)
    return len(found)


def resettle(person_id: int, numbers: Collection[int]) -> None:
    """Leave these items to the rules in force: nothing stands of what was said of them."""
    write(person_id, numbers, Visibility.PRIVATE, None)
    for rule in in_force([person_id]):
        for some in _some(numbers):
            _carry(rule, _reached(rule).where(ActivityRow.id.in_(some)))
    copy(person_id, numbers)


def _reached(rule: ReleaseRule) -> sa.Select[Any]:
    """What a rule speaks of among what is there: a rule from now on speaks of what was first seen since."""
    return items(rule.person_id, of_rule(rule), None if rule.backwards else rule.made_at)


def _carry(rule: ReleaseRule, wanted: sa.Select[Any]) -> list[int]:
    """Open the wanted items that stand narrower, and of which their person said nothing; their numbers."""
    narrower = WIDTH[: WIDTH.index(rule.to)]
    unsaid = ActivityPerson.visibility.in_(narrower), ActivityPerson.said_at.is_(None)
    found = list(db.session.scalars(wanted.where(*unsaid)))
    write(rule.person_id, found, rule.to, rule.id)
    return found


def write(
    person_id: int, numbers: Collection[int], to: Visibility, rule_id: int | None, said_at: datetime | None = None
) -> None:
    """Put beside items who sees them, because of which rule, or since when by their person's own word."""
    mine = ActivityPerson
    for some in _some(numbers):
        here = sa.update(mine).where(mine.person_id == person_id, mine.activity_id.in_(some))
        said = here.values(visibility=to, release_rule_id=rule_id, said_at=said_at)
        db.session.execute(said, execution_options=_IN_BULK)


def keep_true(numbers: Collection[int], now: datetime) -> None:
    """Whose text others may see is followed: where its platform can be asked, it is asked again."""
    for some in _some(numbers):
        query = sa.select(ActivityRow).where(ActivityRow.id.in_(some), ActivityRow.look_at.is_(None))
        for row in db.session.scalars(query.where(ActivityRow.platform.in_(FOLLOWED))):
            follow(row, now)


def copy(person_id: int, numbers: Collection[int]) -> None:
    """Let the evidence of these items, in every generation, say what stands beside them.

    The items are locked in the order in which everybody writes them, so that nobody derives evidence from what stood
    there before while ours is on its way.
    """
    mine, seen = ActivityPerson, Evidence
    for some in _some(numbers):
        locked = sa.select(ActivityRow.id).where(ActivityRow.id.in_(some)).order_by(ActivityRow.ref_hash)
        db.session.execute(locked.with_for_update()).all()
        stands = (
            sa.select(mine.visibility)
            .where(mine.person_id == person_id, mine.activity_id == seen.activity_id)
            .scalar_subquery()
        )
        here = sa.update(seen).where(seen.person_id == person_id, seen.activity_id.in_(some))
        db.session.execute(here.values(visibility=stands), execution_options=_IN_BULK)


def _some(numbers: Collection[int], at_once: int = 500) -> list[list[int]]:
    ordered = sorted(numbers)
    return [ordered[first : first + at_once] for first in range(0, len(ordered), at_once)]
