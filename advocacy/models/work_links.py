"""By what works are found: the marks of an activity's address, its title and its links, as hashes."""

from collections.abc import Collection, Mapping
from typing import Any, TypeAlias

import sqlalchemy as sa

from advocacy.domain.activity import Activity
from advocacy.domain.work_marks import marks_of
from advocacy.domain.works import MANY
from advocacy.models import bulk
from advocacy.models.activities import ActivityLink, ActivityPerson
from advocacy.models.base import db

Link: TypeAlias = tuple[bytes, bool]
"""A mark, and whether it is the activity's own."""

_COLUMNS = ("link_hash", "activity_id", "own")


def links_of(one: Activity) -> list[Link]:
    """What is written of an activity."""
    own, shared = marks_of(one)
    links = [(mark, True) for mark in own]
    return [*links, *((mark, False) for mark in shared)] if shared else links


def write(links: Mapping[int, Collection[Link]], before: Collection[int] = ()) -> set[bytes]:
    """Write the links of activities; what those that were there `before` had is replaced and given back."""
    old = of(before)
    stale = [number for number, had in old.items() if had != set(links[number])]
    if stale:
        gone = sa.delete(ActivityLink).where(ActivityLink.activity_id.in_(stale))
        db.session.execute(gone, execution_options={"synchronize_session": False})
    fresh = links.keys() - (old.keys() - set(stale))
    rows = [(mark, number, own) for number, all_ in links.items() if number in fresh for mark, own in all_]
    bulk.insert(ActivityLink, _COLUMNS, rows, _COLUMNS)
    return {mark for number in stale for mark, _ in old[number]}


def of(activity_ids: Collection[int]) -> dict[int, set[Link]]:
    """The links of activities; those without any are there with none."""
    found: dict[int, set[Link]] = {number: set() for number in activity_ids}
    if found:
        one = ActivityLink
        query = sa.select(one.activity_id, one.link_hash, one.own).where(one.activity_id.in_(activity_ids))
        for number, mark, own in db.session.execute(query):
            found[number].add((mark, own))
    return found


def near(marks: Collection[bytes], people: Collection[int]) -> set[int]:
    """The activities of these people that have one of the marks."""
    if not marks:
        return set()
    one, mine = ActivityLink, ActivityPerson
    query = (
        sa.select(one.activity_id)
        .join(mine, mine.activity_id == one.activity_id)
        .where(one.link_hash.in_(marks), mine.person_id.in_(people))
    )
    return set(db.session.scalars(query))


def beside(going: sa.Select[Any]) -> set[int]:
    """The activities that have a mark in common with one of those selected, these not among them."""
    one, other = ActivityLink, sa.orm.aliased(ActivityLink)
    query = sa.select(other.activity_id).join(one, one.link_hash == other.link_hash)
    return set(db.session.scalars(query.where(one.activity_id.in_(going), other.activity_id.not_in(going)).distinct()))


def habits(marks: Collection[bytes], people: Collection[int], fresh: Collection[int]) -> set[bytes]:
    """Those of the marks that are of foreign pages which these people point at again and again, `fresh` not counted."""
    if not marks:
        return set()
    one, mine = ActivityLink, ActivityPerson
    query = (
        sa.select(one.link_hash)
        .join(mine, mine.activity_id == one.activity_id)
        .where(one.link_hash.in_(marks), mine.person_id.in_(people))
        .group_by(one.link_hash)
        .having(sa.func.count(sa.distinct(sa.case((one.activity_id.not_in(fresh), one.activity_id)))) > MANY)
        .having(sa.func.max(sa.case((one.own, 1), else_=0)) == 0)
    )
    return set(db.session.scalars(query))


def in_common(numbers: Collection[int], dropped: Collection[bytes]) -> set[int]:
    """Of these activities those that share a mark with another, and all that have a mark which one of these dropped."""
    if not numbers:
        return set()
    one, other = ActivityLink, sa.orm.aliased(ActivityLink)
    alike = sa.select(other.activity_id).where(other.link_hash == one.link_hash, other.activity_id != one.activity_id)
    query = sa.select(one.activity_id).where(_among(one.activity_id, numbers), alike.exists())
    found = set(db.session.scalars(query)) & set(numbers)
    if dropped:
        found |= set(db.session.scalars(sa.select(one.activity_id).where(one.link_hash.in_(dropped))))
    return found


def _among(column: sa.SQLColumnExpression[int], numbers: Collection[int]) -> sa.ColumnElement[bool]:
    """A page brings numbers in a row, and two bounds cost a tenth of what hundreds of numbers do."""
    first, last = min(numbers), max(numbers)
    return column.between(first, last) if last - first < 2 * len(numbers) else column.in_(numbers)
