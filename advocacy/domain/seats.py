"""Seats of a class: who has one and who waits, by the order in which people said that they come."""

from collections.abc import Iterable
from dataclasses import dataclass

from advocacy.domain.training import Presence, Said


@dataclass(frozen=True, slots=True)
class Seating:
    """People by number, each in the order of their word; `waiting` have no seat yet."""

    seated: tuple[int, ...]
    waiting: tuple[int, ...]
    capacity: int | None = None

    @property
    def free(self) -> int | None:
        """How many more may come; None when nobody counts."""
        return None if self.capacity is None else max(self.capacity - len(self.seated), 0)

    def place(self, person_id: int) -> int:
        """Which one somebody is in the line of those who wait, from 1 on; 0 for who does not wait."""
        return self.waiting.index(person_id) + 1 if person_id in self.waiting else 0


def seating(words: Iterable[tuple[int, Said]], capacity: int | None) -> Seating:
    """Who comes, of words in the order they were said: the place goes by one's first yes since the last no."""
    line: dict[int, None] = {}
    for person_id, said in words:
        if said.own and said.presence is Presence.GOING:
            line.setdefault(person_id)
        elif said.own and said.presence is Presence.ABSENT:
            line.pop(person_id, None)
    people = tuple(line)
    seats = len(people) if capacity is None else capacity
    return Seating(people[:seats], people[seats:], capacity)
