"""Handles packed into as few search queries as their length allows. Pure."""

from collections import deque
from collections.abc import Iterable, Mapping

_OR = " OR "
_FINE = 120
"""So many characters of a query are not filled with what comes next but with what fills them best."""


def query(handles: Iterable[str], only: str) -> str:
    """What the search is asked: posts from any of these handles, of the sort that `only` says (`-is:reply`)."""
    return " ".join(filter(None, [f"({_OR.join(f'from:{handle}' for handle in handles)})", only]))


def packed(handles: Iterable[str], only: str, limit: int) -> list[list[str]]:
    """The handles in groups whose queries keep to `limit` characters each.

    Every query but the last is filled to its last character where the lengths at hand allow it: most of each with
    the length that is most frequent, so that there are different ones to choose from until the end.
    """
    most = limit - len(query((), only)) + len(_OR)
    waiting: dict[int, deque[str]] = {}
    for handle in sorted(handles, key=str.casefold):
        waiting.setdefault(len(f"from:{handle}{_OR}"), deque()).append(handle)
    groups: list[list[str]] = []
    while any(waiting.values()):
        sizes = _sizes({size: len(ones) for size, ones in waiting.items()}, most)
        groups.append([waiting[size].popleft() for size in sizes])
    return groups


def _sizes(counts: dict[int, int], room: int) -> list[int]:
    """Which lengths go into the next query."""
    chosen: list[int] = []
    while room > _FINE and any(counts.values()):
        size = max(counts, key=lambda one: (counts[one], one))
        counts[size] -= 1
        room -= size
        chosen.append(size)
    return [*chosen, *_fullest(counts, room)]


def _fullest(counts: Mapping[int, int], room: int) -> tuple[int, ...]:
    """Those of the lengths that leave the least of this room empty."""
    filled: dict[int, tuple[int, ...]] = {0: ()}
    for size, count in sorted(counts.items(), reverse=True):
        for total, sizes in list(filled.items()):
            for times in range(1, min(count, (room - total) // size) + 1):
                filled.setdefault(total + times * size, (*sizes, *[size] * times))
    return filled[max(filled)]
