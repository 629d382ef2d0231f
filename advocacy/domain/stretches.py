"""Stretches of time, each from a moment up to another: put together, and cut out of each other."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeAlias

Stretch: TypeAlias = tuple[datetime, datetime]
"""From the first moment, up to the second, which is not in it."""


def together(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """All the time that any of them holds, in order and without overlaps."""
    made: list[Stretch] = []
    for since, until in sorted(one for one in stretches if one[0] < one[1]):
        if made and since <= made[-1][1]:
            made[-1] = made[-1][0], max(made[-1][1], until)
        else:
            made.append((since, until))
    return tuple(made)


def less(stretches: Iterable[Stretch], holes: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """What the holes leave of the stretches."""
    rest = list(together(stretches))
    for since, until in together(holes):
        before = [(start, min(end, since)) for start, end in rest if start < since]
        after = [(max(start, until), end) for start, end in rest if end > until]
        rest = before + after
    return together(rest)


def overlap(one: Stretch, other: Stretch) -> bool:
    """Whether some moment is in both."""
    return one[0] < other[1] and other[0] < one[1]
