"""What waits in the inbox, folded into cards: one for a thread, a work in several places, or a series."""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from advocacy.domain.activity import Kind, Platform
from advocacy.domain.rulebook import Strength


class Together(StrEnum):
    """What makes several items one card."""

    SINGLE = "single"
    THREAD = "thread"
    WORK = "work"
    SERIES = "series"


class Sureness(StrEnum):
    """How sure the rules are of an item, as one can ask for it."""

    STRONG = "strong"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One activity that waits; `suggested` names the sentences it may be evidence for, each with its strength."""

    activity_id: int
    day: date
    work_id: int
    thread_key: str
    kind: Kind
    platform: Platform
    channel: str
    title: str
    excerpt: str
    suggested: Mapping[int, Strength]

    @property
    def is_strong(self) -> bool:
        """Whether any sentence's match is strong."""
        return Strength.STRONG in self.suggested.values()


@dataclass(frozen=True, slots=True)
class Card:
    """Items that are looked at together, the newest first; most cards hold one."""

    together: Together
    pieces: tuple[Piece, ...]

    @property
    def first(self) -> Piece:
        """The newest, which stands for all."""
        return self.pieces[0]

    @property
    def place(self) -> tuple[date, int]:
        """Where it stands in the list."""
        return self.first.day, self.first.activity_id

    def holds(self, activity_id: int) -> bool:
        """Whether the activity is one of it."""
        return any(one.activity_id == activity_id for one in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which of what waits is asked for; None asks for all."""

    expectation: int | None = None
    platform: Platform | None = None
    strength: Sureness | None = None
    together: Together | None = None

    def of(self, pieces: Iterable[Piece]) -> list[Card]:
        """The cards of these, the newest first."""
        found = cards([one for one in pieces if self._wants(one)])
        return [card for card in found if self.together in (None, card.together)]

    def _wants(self, one: Piece) -> bool:
        if self.platform not in (None, one.platform):
            return False
        if self.expectation is not None and self.expectation not in one.suggested:
            return False
        return self.strength is None or one.is_strong is (self.strength is Sureness.STRONG)


def cards(pieces: Sequence[Piece]) -> list[Card]:
    """Fold these into cards, the newest first; a thread, a work and a series may run into each other."""
    ordered = sorted(pieces, key=lambda one: (one.day, one.activity_id), reverse=True)
    counted = Counter(mark for one in ordered for _, mark in _marks(one))
    first: dict[Hashable, int] = {}
    root = list(range(len(ordered)))
    why: dict[int, Together] = {}
    for place, one in enumerate(ordered):
        for together, mark in _marks(one):
            if counted[mark] < 2:
                continue
            there = _root(root, first.setdefault(mark, place))
            root[max(there, _root(root, place))] = min(there, _root(root, place))
            why.setdefault(_root(root, place), together)
    held: dict[int, list[Piece]] = {}
    for place, one in enumerate(ordered):
        held.setdefault(_root(root, place), []).append(one)
    return [Card(why.get(lead, Together.SINGLE), tuple(all_of_it)) for lead, all_of_it in held.items()]


def _root(root: list[int], place: int) -> int:
    while root[place] != place:
        place = root[place]
    return place


_NUMBERED = re.compile(r"\d+")


def _marks(one: Piece) -> Iterator[tuple[Together, Hashable]]:
    """What others may have in common with it, what counts for more first."""
    if one.thread_key:
        yield Together.THREAD, ("thread", one.platform, one.thread_key)
    yield Together.WORK, ("work", one.work_id)
    name, numbers = _NUMBERED.subn("#", one.title.casefold())
    if numbers:  # `Weekly notes 12`, `Part 3 of 5`: the same title but for its numbers, in the same place
        yield Together.SERIES, ("series", one.platform, one.channel, name)
