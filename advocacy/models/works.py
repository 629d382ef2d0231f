"""Works kept: what came or changed is folded with what is the same, in the transaction that stores it."""

from collections.abc import Collection, Iterator, Mapping, Set
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Activity
from advocacy.domain.work_marks import COPIES
from advocacy.domain.works import Place, rearranged
from advocacy.models import turns, work_links
from advocacy.models.activities import ActivityLink, ActivityPerson, ActivityRow
from advocacy.models.base import db
from advocacy.models.evidence import Evidence
from advocacy.models.fact import value_of
from advocacy.models.pieces import Pieces

BATCH = 200  #: activities that are arranged at a time


def fold(said: Mapping[int, Activity], before: Set[int]) -> dict[int, int]:
    """Fold what came or changed; which of these stand in a work with others, and in which.

    `before` are the activities that were there already. What has nothing in common with anything costs one question.
    """
    known = said.keys() & before
    dropped = work_links.write(said, known)
    common = work_links.in_common(said.keys(), dropped)
    return refold(common | known, fresh=said.keys()) if common else {}


def refold(numbers: Collection[int], fresh: Collection[int] = ()) -> dict[int, int]:
    """Arrange these and all near them anew, evidence included; the works of all that were looked at.

    `fresh` are those of them that came or changed just now.
    """
    pieces = Pieces(fresh)
    seeds = {one.id for one in pieces.near(set(numbers))}
    places = rearranged(seeds, pieces.near, pieces.mates)
    _write({number: place for number, place in places.items() if pieces.places.get(number) != place})
    return {number: place.lead for number, place in places.items() if place.lead is not None}


def _write(places: Mapping[int, Place]) -> None:
    """Put the places beside the activities; first these, whose rows whoever derives evidence holds, then evidence."""
    if not places:
        return
    connection = db.session.connection()
    rows = [{"row": number, "lead": place.lead, "why": place.why} for number, place in sorted(places.items())]
    values: dict[str, Any] = {"work_id": sa.bindparam("lead"), "work_why": sa.bindparam("why")}
    connection.execute(sa.update(ActivityRow).where(ActivityRow.id == sa.bindparam("row")).values(values), rows)
    rows = [{"row": number, "lead": place.lead or number} for number, place in sorted(places.items())]
    here = Evidence.activity_id == sa.bindparam("row")
    connection.execute(sa.update(Evidence).where(here).values(work_id=sa.bindparam("lead")), rows)


@contextmanager
def without(going: sa.Select[Any], person_id: int) -> Iterator[None]:
    """The activities selected go in this block, or stop being this person's; what stays is arranged anew after it.

    Another member becomes the lead of a work that lost its own.
    """
    turns.take([person_id])
    one, mate = ActivityRow, sa.orm.aliased(ActivityRow)
    works = sa.select(mate.work_id).where(mate.id.in_(going), mate.work_id.is_not(None))
    touched = work_links.beside(going) | set(db.session.scalars(sa.select(one.id).where(one.work_id.in_(works))))
    yield
    numbers = sorted(touched)
    for first in range(0, len(numbers), BATCH):
        refold(numbers[first : first + BATCH])


def catch_up(after: int) -> int | None:
    """Fold the next of those that were stored before works were known, beyond this number; the last of them.

    What they point at was not kept then: they are found by their addresses and titles. None: there are no more.
    """
    one = ActivityRow
    noted = sa.select(ActivityLink.activity_id).where(ActivityLink.activity_id == one.id)
    query = sa.select(one.id).where(one.id > after, one.kind.in_(COPIES), ~noted.exists(), one.deleted_at.is_(None))
    numbers = db.session.scalars(query.order_by(one.id).limit(BATCH)).all()
    if not numbers:
        return None
    turns.take(set(db.session.scalars(_people(numbers))))
    rows = db.session.scalars(sa.select(one).where(one.id.in_(numbers)))
    said = {row.id: value_of(row) for row in rows}
    work_links.write(said)
    refold(work_links.in_common(said.keys(), ()), fresh=said.keys())
    return numbers[-1]


def _people(numbers: Collection[int]) -> sa.Select[Any]:
    return sa.select(ActivityPerson.person_id).where(ActivityPerson.activity_id.in_(numbers))
