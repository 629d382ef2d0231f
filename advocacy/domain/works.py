"""One work in several places: a post, its copy elsewhere, the message that points at it – folded, with the reason.

Whether two activities are one work may depend on others: who links to five posts of his own is no copy of any of
them. So groups are made of all that could belong together, and come out the same in whatever order it arrived.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple, TypeAlias

from advocacy.domain.activity import Kind, Platform
from advocacy.domain.work_marks import COPIES

SPAN = timedelta(days=30)  #: further apart, the same title or the same foreign page is another occasion
MANY = 4  #: a foreign page pointed at more often than this is a habit and no work
BY_HAND = "you put them together"

Reason: TypeAlias = str
"""Why one activity is the same work as another, as its person reads it: `links to example.org/post`."""


class Choice(NamedTuple):
    """A person's word: the activity belongs to the work of `with_id`, or (None) stands for itself."""

    person: int
    with_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An activity as far as works are concerned; `key` is its ref's hash, `page` its address as people write it."""

    id: int
    key: bytes
    kind: Kind
    platform: Platform
    at: datetime
    people: frozenset[int]
    page: str = ""
    address: bytes = b""
    title: bytes = b""
    shares: frozenset[bytes] = frozenset()
    choice: Choice | None = None

    @property
    def marks(self) -> frozenset[bytes]:
        """All that others may have in common with it."""
        return self.shares | {mark for mark in (self.address, self.title) if mark}


class Place(NamedTuple):
    """Where an activity stands: the smallest id of its work and why it belongs there; None: it stands for itself."""

    lead: int | None = None
    why: Reason | None = None


ALONE = Place()


def fold(one: Piece, other: Piece) -> Reason | None:
    """Why `one` is the same work as `other`, looking at these two alone."""
    if not one.people & other.people or not {one.kind, other.kind} <= COPIES:
        return None
    if other.address and other.address in one.shares:
        return f"links to {other.page}"
    if one.address and one.address in other.shares:
        return f"linked from {other.page}" if other.page else "linked from it"
    if one.address and one.address == other.address and _may_be_there_twice(one, other):
        return "stands at the same address"
    if abs(one.at - other.at) > SPAN:
        return None
    if one.shares and one.shares == other.shares:
        return "links to the same page"
    if one.title and one.title == other.title and one.platform is not other.platform:
        return f"same title, {_apart(abs(one.at - other.at).days)}"
    return None


def arranged(pieces: Collection[Piece]) -> dict[int, Place]:
    """Where each activity stands among these, which must be all that could belong together."""
    ties = _Ties()
    for one, other in _by_hand(pieces):
        ties.tie(one, other, BY_HAND, BY_HAND)
    lists: list[tuple[Piece, list[Piece]]] = []
    for mine in _by_person(pieces):
        for one, other in (*_same_address(mine), *_same_pages(mine), *_same_title(mine)):
            ties.fold(one, other)
        for one, targets in _pointing(mine):
            if len(targets) == 1:
                ties.fold(one, targets[0])
            else:
                lists.append((one, targets))
    for one, target in _of_one_work(lists, ties):
        ties.fold(one, target)
    return {number: place for group in ties.groups(pieces) for number, place in _placed(group, ties)}


def _may_be_there_twice(one: Piece, other: Piece) -> bool:
    """Whether one address tells that two are the same: all episodes of a podcast may lead to its one page."""
    return one.platform is not other.platform or (one.title == other.title != b"")


def rearranged(
    seeds: Collection[int],
    near: Callable[[set[int]], Collection[Piece]],
    mates: Callable[[set[int]], set[int]],
) -> dict[int, Place]:
    """Where the seeds stand now, and all whose place may have changed with theirs.

    The seeds are what changed and what has a mark in common with it, now or before. `near` gives activities with all
    that have a mark in common with them, `mates` all that stood in one work with them.
    """
    core = set(seeds)
    while True:
        found = arranged(near(core))
        leads = {found[number].lead or number for number in core if number in found}
        wider = core | mates(core) | {number for number, place in found.items() if (place.lead or number) in leads}
        if wider == core:
            return {number: found[number] for number in core if number in found}
        core = wider


def _apart(days: int) -> str:
    return {0: "the same day", 1: "1 day apart"}.get(days, f"{days} days apart")


_Tie: TypeAlias = tuple[Piece, Piece]


def _by_hand(pieces: Collection[Piece]) -> Iterator[_Tie]:
    known = {one.id: one for one in pieces}
    for one in pieces:
        other = known.get(one.choice.with_id or 0) if one.choice else None
        if one.choice and other and one.choice.person in one.people & other.people:
            yield one, other


def _by_person(pieces: Collection[Piece]) -> Iterator[list[Piece]]:
    """What the machine may fold, for each person; what somebody said stands for itself is left out."""
    free = [p for p in pieces if p.kind in COPIES and (p.choice is None or p.choice.with_id is not None)]
    for person in sorted({person for one in free for person in one.people}):
        yield _without_habits(sorted((one for one in free if person in one.people), key=_since))


def _without_habits(mine: list[Piece]) -> list[Piece]:
    """The same without the foreign pages that are pointed at again and again."""
    owned = {one.address for one in mine}
    often = {mark for mark, count in Counter(m for one in mine for m in one.shares).items() if count > MANY} - owned
    return [replace(one, shares=one.shares - often) if one.shares & often else one for one in mine]


def _since(one: Piece) -> tuple[datetime, bytes]:
    return one.at, one.key


def _stars(pieces: Iterable[Piece], may: Callable[[Piece, Piece], bool]) -> Iterator[_Tie]:
    """Each with the latest before it that began a work: never one copy with the next, so that no chain grows.

    What a person put somewhere is no copy of anything else, but others may be copies of it.
    """
    begun: list[Piece] = []
    for one in pieces:
        first = next((before for before in reversed(begun) if may(one, before)), None) if not one.choice else None
        if first is None:
            begun.append(one)
        else:
            yield one, first


def _alike(pieces: Iterable[Piece], by: Callable[[Piece], object]) -> Iterator[list[Piece]]:
    found: dict[object, list[Piece]] = {}
    for one in pieces:
        if what := by(one):
            found.setdefault(what, []).append(one)
    return (alike for alike in found.values() if len(alike) > 1)


def _same_address(mine: list[Piece]) -> Iterator[_Tie]:
    for alike in _alike(mine, lambda one: one.address):
        yield from _stars(alike, _may_be_there_twice)


def _same_pages(mine: list[Piece]) -> Iterator[_Tie]:
    """Those that point at the very same pages, none of which is the person's own."""
    owned = {one.address for one in mine}
    for alike in _alike(mine, lambda one: one.shares):
        if not alike[0].shares & owned:
            yield from _stars(alike, lambda one, before: one.at - before.at <= SPAN)


def _same_title(mine: list[Piece]) -> Iterator[_Tie]:
    for alike in _alike(mine, lambda one: one.title):
        yield from _stars(alike, lambda one, before: one.platform is not before.platform and one.at - before.at <= SPAN)


def _pointing(mine: list[Piece]) -> Iterator[tuple[Piece, list[Piece]]]:
    """Those that point at others of the person's own, with all that stands there."""
    owners: dict[bytes, list[Piece]] = {}
    for one in mine:
        owners.setdefault(one.address, []).append(one)
    for one in mine:
        targets = [owner for page in sorted(one.shares) for owner in owners.get(page, ())]
        if targets and not one.choice:
            yield one, targets


def _of_one_work(lists: list[tuple[Piece, list[Piece]]], ties: "_Ties") -> list[_Tie]:
    """Of those that point at several, the ones whose targets are places of one work; told before any is tied."""
    return [(one, targets[0]) for one, targets in lists if len({ties.root(other.id) for other in targets}) == 1]


class _Ties:
    """Who is tied to whom, with the reason as it reads on either side."""

    def __init__(self) -> None:
        self._parents: dict[int, int] = {}
        self.beside: dict[int, dict[int, Reason]] = {}

    def fold(self, one: Piece, other: Piece) -> None:
        told, back = fold(one, other), fold(other, one)
        if told and back:
            self.tie(one, other, told, back)

    def tie(self, one: Piece, other: Piece, told: Reason, back: Reason) -> None:
        self.beside.setdefault(one.id, {}).setdefault(other.id, told)
        self.beside.setdefault(other.id, {}).setdefault(one.id, back)
        self._parents[self.root(one.id)] = self.root(other.id)

    def root(self, number: int) -> int:
        while (parent := self._parents.get(number, number)) != number:
            self._parents[number] = number = self._parents.get(parent, parent)
        return number

    def groups(self, pieces: Iterable[Piece]) -> Iterable[list[int]]:
        found: dict[int, list[int]] = {}
        for number in sorted(one.id for one in pieces):
            found.setdefault(self.root(number), []).append(number)
        return found.values()


def _placed(group: list[int], ties: _Ties) -> Iterator[tuple[int, Place]]:
    """The members from the lead on, each with the reason that ties it to one nearer to the lead."""
    lead = group[0]
    if len(group) == 1:
        yield lead, ALONE
        return
    whys: dict[int, Reason | None] = {lead: None}
    walk = [lead]
    for number in walk:
        for other in sorted(ties.beside[number].keys() - whys.keys()):
            whys[other] = ties.beside[other][number]
            walk.append(other)
    yield from ((number, Place(lead, why)) for number, why in whys.items())
