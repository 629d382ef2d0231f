"""What stands in the tables of the items that an archive holds, and what an archive may do about it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from advocacy.domain.activity import Activity
from advocacy.models.activities import ActivityPerson, ActivityRow, Provenance
from advocacy.models.base import db
from advocacy.models.fact import value_of
from advocacy.models.words import Road


class Stand(StrEnum):
    """How firmly a row stands."""

    OURS = "ours"  #: only archives of this account brought it: a newer one may change it
    FIRM = "firm"  #: a source or a person brought it: it stays as it is, and is noted to have come by the archive too
    THEIRS = "theirs"  #: only other people's archives or hands brought it: it is not shown to whoever names it
    GONE = "gone"  #: it was deleted where it came from


@dataclass(frozen=True, slots=True)
class Standing:
    """One row: whose hold it has, what it says, and whether this person has it."""

    activity_id: int
    stand: Stand
    content_hash: bytes
    is_held: bool


def standing(hashes: Collection[bytes], person_id: int, account_id: int | None) -> dict[bytes, Standing]:
    """What is there of these items, by the hash of the ref, for an archive of this account."""
    one = ActivityRow
    query = sa.select(one.id, one.ref_hash, one.content_hash, one.deleted_at).where(one.ref_hash.in_(hashes))
    rows = db.session.execute(query).all() if hashes else []
    ids = [row.id for row in rows]
    roads, holders = _roads(ids), _holders(ids)
    return {
        row.ref_hash: Standing(
            row.id,
            Stand.GONE if row.deleted_at else _stand(roads.get(row.id, set()), holders[row.id], person_id, account_id),
            row.content_hash,
            person_id in holders[row.id],
        )
        for row in rows
    }


def values(stood: Mapping[bytes, Standing]) -> dict[bytes, Activity]:
    """What the rows that stand firm say."""
    ids = [one.activity_id for one in stood.values() if one.stand is Stand.FIRM]
    if not ids:
        return {}
    rows = db.session.scalars(sa.select(ActivityRow).where(ActivityRow.id.in_(ids)))
    return {row.ref_hash: value_of(row) for row in rows}


def _stand(roads: set[tuple[int, Road]], holders: set[int], person_id: int, account_id: int | None) -> Stand:
    if roads and roads <= {(account_id, Road.ARCHIVE)} and holders <= {person_id}:
        return Stand.OURS
    if person_id in holders or any(road is Road.SOURCE for _, road in roads):
        return Stand.FIRM
    return Stand.THEIRS


def _roads(ids: Collection[int]) -> dict[int, set[tuple[int, Road]]]:
    way = Provenance
    found: dict[int, set[tuple[int, Road]]] = {}
    if ids:
        query = sa.select(way.activity_id, way.account_id, way.road).where(way.activity_id.in_(ids))
        for activity_id, account_id, road in db.session.execute(query):
            found.setdefault(activity_id, set()).add((account_id, road))
    return found


def _holders(ids: Collection[int]) -> dict[int, set[int]]:
    mine = ActivityPerson
    found: dict[int, set[int]] = {number: set() for number in ids}
    if ids:
        query = sa.select(mine.activity_id, mine.person_id).where(mine.activity_id.in_(ids))
        for activity_id, person_id in db.session.execute(query):
            found[activity_id].add(person_id)
    return found
