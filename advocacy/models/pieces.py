"""Activities read as far as works are concerned, with all that is near them."""

from collections.abc import Collection, Iterable
from dataclasses import replace

import sqlalchemy as sa

from advocacy.domain.links import link_key
from advocacy.domain.work_marks import is_title
from advocacy.domain.works import Choice, Piece, Place
from advocacy.models import turns, work_links
from advocacy.models.activities import ActivityPerson, ActivityRow, WorkChoice
from advocacy.models.base import Row, db

PAGE = 80  #: characters of an address that a reason names


class Pieces:
    """What was read so far; nothing is read twice.

    `fresh` are activities that come or go: whether a page is pointed at again and again is told without them, for
    those that did so before must be looked at when it begins or ends.
    """

    def __init__(self, fresh: Collection[int] = ()) -> None:
        self._fresh, self._habits = fresh, set[bytes]()
        self.places: dict[int, Place] = {}  #: where each stood when it was read
        self._read: dict[int, Piece] = {}
        self._asked: set[bytes] = set()

    def near(self, core: set[int]) -> Collection[Piece]:
        """These activities and all that have a mark in common with them, among those of their people."""
        self._take(core)
        there = [self._read[number] for number in core if number in self._read]
        marks = {mark for one in there for mark in one.marks} - self._asked
        self._asked |= marks
        people = {person for one in there for person in one.people}
        shared = marks & {mark for one in there for mark in one.shares}
        self._habits |= work_links.habits(shared, people, self._fresh)
        self._take(work_links.near(marks - self._habits, people))
        return [self._without_habits(one) for one in self._read.values()]

    def _without_habits(self, one: Piece) -> Piece:
        return replace(one, shares=one.shares - self._habits) if one.shares & self._habits else one

    def mates(self, core: set[int]) -> set[int]:
        """All that stood in one work with these."""
        self._take(core)
        leads = {self.places[number].lead for number in core if number in self.places} - {None}
        query = sa.select(ActivityRow.id).where(ActivityRow.work_id.in_(leads))
        return set(db.session.scalars(query)) if leads else set()

    def _take(self, numbers: Iterable[int]) -> None:
        if wanted := set(numbers) - self._read.keys():
            people = _people(wanted)
            turns.take({person for all_ in people.values() for person in all_})
            links, choices = work_links.of(wanted), _choices(wanted)
            for row in _rows(wanted):
                self.places[row.id] = Place(row.work_id, row.work_why)
                self._read[row.id] = _piece(row, people.get(row.id, set()), links[row.id], choices.get(row.id))


def _piece(row: Row, people: set[int], links: set[work_links.Link], choice: Choice | None) -> Piece:
    own = [mark for mark, is_own in links if is_own]
    return Piece(
        id=row.id,
        key=row.ref_hash,
        kind=row.kind,
        platform=row.platform,
        at=row.at,
        people=frozenset(people),
        page=link_key(row.url)[:PAGE],
        address=next((mark for mark in own if not is_title(mark)), b""),
        title=next((mark for mark in own if is_title(mark)), b""),
        shares=frozenset(mark for mark, is_own in links if not is_own),
        choice=choice,
    )


def _rows(numbers: Collection[int]) -> Iterable[Row]:
    one = ActivityRow
    query = sa.select(one.id, one.ref_hash, one.kind, one.platform, one.at, one.url, one.work_id, one.work_why)
    return db.session.execute(query.where(one.id.in_(numbers)))


def _people(numbers: Collection[int]) -> dict[int, set[int]]:
    mine = ActivityPerson
    found: dict[int, set[int]] = {}
    query = sa.select(mine.activity_id, mine.person_id).where(mine.activity_id.in_(numbers))
    for number, person in db.session.execute(query):
        found.setdefault(number, set()).add(person)
    return found


def _choices(numbers: Collection[int]) -> dict[int, Choice]:
    """What people said of these; of two who share an activity the later word holds."""
    said = WorkChoice
    query = (
        sa.select(said.activity_id, said.person_id, said.with_id)
        .where(said.activity_id.in_(numbers), said.superseded_at.is_(None))
        .order_by(said.id)
    )
    return {row.activity_id: Choice(row.person_id, row.with_id) for row in db.session.execute(query)}
