"""By what works are found: the marks of an activity's address, its title and its links, as hashes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeAlias

import sqlalchemy as sa

from advocacy.domain.activity import Activity
from advocacy.domain.work_marks import own_marks, shared_marks
from advocacy.domain.works import MANY
from advocacy.models import bulk
from advocacy.models.activities import ActivityLink, ActivityPerson
from advocacy.models.base import db

Link: TypeAlias = tuple[bytes, bool]
"""A mark, and whether it is the activity's own."""

_COLUMNS = ("link_hash", "activity_id", "own")


def links_of(one: Activity) -> list[Link]:
    """What is written of an activity."""
    own = [(mark, True) for mark in own_marks(one)]
    return own + [(mark, False) for mark in shared_marks(one)] if one.shares else own


def write(links: Mapping[int, Collection[Link]], before: Collection[int] = ()) -> set[bytes]:
    """Write the links of activities; what those that were there `before` had is replaced and given back."""
    old = of(before)
    stale = [number for number, had in old.items() if had != set(links[number])]
    if stale:
        gone = sa.delete(ActivityLink).where(ActivityLink.activity_id.in_(stale))
        db.session.execute(gone, execution_options={"synchronize_session": False})
    rows = [(mark, number, own) for number, all_ in links.items() for mark, own in all_]
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


def having(marks: Collection[bytes]) -> Sequence[tuple[bytes, int]]:
    """Which activities have these marks: (mark, activity)."""
    if not marks:
        return ()
    one = ActivityLink
    query = sa.select(one.link_hash, one.activity_id).where(one.link_hash.in_(marks))
    return [(mark, number) for mark, number in db.session.execute(query)]


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


def in_common(links: Mapping[int, Iterable[Link]], dropped: set[bytes]) -> set[bytes]:
    """The marks that these activities have in common with others or with each other, those they dropped included."""
    holders: dict[bytes, int] = {}
    common = set()
    for number, all_ in links.items():
        for mark, _ in all_:
            if holders.setdefault(mark, number) != number:
                common.add(mark)
    for mark, number in having(holders.keys() | dropped):
        if holders.get(mark) != number:
            common.add(mark)
    return common
