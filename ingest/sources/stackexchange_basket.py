"""What a visit found and has not given away yet: everybody's items, until it is known what became of their threads."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from advocacy.domain.activity import Activity
from ingest.source import Unreadable
from ingest.sources.stackexchange_json import Item, inner, number
from ingest.sources.stackexchange_posts import BadItem, activity, question_of, unreadable
from ingest.sources.stackexchange_threads import UNKNOWN, Discussion


class Basket:
    """Items by person; `now` is when the visit began."""

    def __init__(self, host: str, now: datetime) -> None:
        self._host, self._now = host, now
        self._items: dict[int, list[tuple[str, Item]]] = {}
        self._odd: dict[int, list[Unreadable]] = {}

    def put(self, person: int, method: str, item: Item) -> None:
        """Keep an item of somebody's."""
        self._items.setdefault(person, []).append((method, item))

    def put_aside(self, person: int, method: str, item: object, reason: str) -> None:
        """Keep what cannot be read."""
        self._odd.setdefault(person, []).append(unreadable(self._host, method, item, reason))

    @property
    def questions(self) -> set[int]:
        """The questions that the items stand below."""
        return {
            question
            for items in self._items.values()
            for method, item in items
            if (question := question_of(method, item)) is not None
        }

    @property
    def people(self) -> list[int]:
        """Whose something is in it."""
        return sorted(self._items.keys() | self._odd.keys())

    def take(self, person: int, threads: Mapping[int, Discussion]) -> tuple[list[Activity], list[Unreadable]]:
        """Give away what there is of somebody's, translated, and what could not be."""
        made: list[Activity] = []
        for method, item in self._items.pop(person, []):
            seen = threads.get(question_of(method, item) or 0, UNKNOWN)
            try:
                made.append(activity(self._host, method, item, self._now, seen))
            except BadItem as error:
                self.put_aside(person, method, item, str(error))
        return made, self._odd.pop(person, [])


def owner_of(item: object, among: Sequence[int]) -> int | None:
    """Whose an item is; None when it is by nobody that was asked for."""
    found = number(inner(inner(item).get("owner")).get("user_id"))
    return found if found in among else None
