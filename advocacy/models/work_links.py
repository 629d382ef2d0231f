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

_Row: TypeAlias = tuple[bytes, int, bool]
_COLUMNS = ("link_hash", "activity_id", "own")
_OTHER = sa.orm.aliased(ActivityLink)
_ELSEWHERE = (
    sa.select(_OTHER.activity_id)
    .where(_OTHER.link_hash == ActivityLink.link_hash, _OTHER.activity_id != ActivityLink.activity_id)
    .exists()
)
_ALIKE = sa.select(ActivityLink.activity_id).where(_ELSEWHERE)
_ALIKE_IN_A_ROW = _ALIKE.where(ActivityLink.activity_id.between(sa.bindparam("first"), sa.bindparam("last")))
"""Made once: to make these costs three times what asking about hundreds of activities does."""


def write(said: Mapping[int, Activity], before: Collection[int] = ()) -> set[bytes]:
    """Write the links of activities; of those that were there `before`, give back the marks they no longer have."""
    rows: list[_Row] = []
    for number, one in said.items():
        if number not in before:
            rows += _rows(number, one)
    dropped, more = _rewritten({number: said[number] for number in before}) if before else (set[bytes](), [])
    bulk.insert(ActivityLink, _COLUMNS, [*rows, *more], _COLUMNS)
    return dropped


def _rows(number: int, one: Activity) -> list[_Row]:
    own, shared = marks_of(one)
    rows = [(mark, number, True) for mark in own]
    return [*rows, *((mark, number, False) for mark in shared)] if shared else rows


def _rewritten(said: Mapping[int, Activity]) -> tuple[set[bytes], list[_Row]]:
    """Take away the links of activities that have others now; the marks that go, and what is to be written."""
    old, dropped, rows = of(said.keys()), set[bytes](), []
    for number, one in said.items():
        fresh = _rows(number, one)
        had, has = old[number], {(mark, own) for mark, _, own in fresh}
        if had != has:
            dropped |= {mark for mark, _ in had - has}
            rows.append((number, fresh))
    if rows:
        gone = sa.delete(ActivityLink).where(ActivityLink.activity_id.in_([number for number, _ in rows]))
        db.session.execute(gone, execution_options={"synchronize_session": False})
    return dropped, [row for _, fresh in rows for row in fresh]


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
    one, other = ActivityLink, _OTHER
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
    first, last = min(numbers), max(numbers)
    if last - first < 2 * len(numbers):  # as a page brings them
        rows = db.session.connection().execute(_ALIKE_IN_A_ROW, {"first": first, "last": last})
    else:
        rows = db.session.connection().execute(_ALIKE.where(ActivityLink.activity_id.in_(numbers)))
    found = {row[0] for row in rows} & set(numbers)
    if dropped:
        having = sa.select(ActivityLink.activity_id).where(ActivityLink.link_hash.in_(dropped))
        found |= set(db.session.scalars(having))
    return found
