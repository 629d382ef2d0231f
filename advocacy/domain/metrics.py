"""Numbers over time: what one gained between two days, and which change of a number is news."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from advocacy.domain.activity import Platform

FUZZ = 2
"""By how much Reddit's scores waver though nobody voted: they are fuzzed on purpose, against who sells votes."""

_FUZZED = frozenset({(Platform.REDDIT, "score"), (Platform.REDDIT, "ups")})


class Snapshot(NamedTuple):
    """A number as it stood at the end of a day, told by a machine or stated by a person."""

    day: date
    value: int
    by_hand: bool = False


def standing(snapshots: Iterable[Snapshot]) -> list[Snapshot]:
    """One for each day, the earliest first; of a day that both speak of the person's word stands."""
    told: dict[date, Snapshot] = {}
    for one in sorted(snapshots, key=lambda one: (one.day, one.by_hand)):
        told[one.day] = one
    return list(told.values())


def gained(snapshots: Iterable[Snapshot], first: date, last: date, born: date) -> int | None:
    """How far a number came from the beginning of `first` to the end of `last`; None where nobody can know.

    What is born inside begins at 0. Of anything older a number from before `first` is needed (or from that very day):
    unknown is not zero. What is told no more, because its item was deleted, stays at what it was.
    """
    told = [one for one in standing(snapshots) if one.day <= last]
    if not told or born > last:
        return None
    if born >= first:
        return told[-1].value
    before = [one.value for one in told if one.day < first]
    begun = before[-1] if before else next((one.value for one in told if one.day == first), None)
    return None if begun is None else told[-1].value - begun


def is_news(platform: Platform, metric: str, old: int | None, new: int) -> bool:
    """Whether a number is to be written down: another one than before, and by more than it wavers by itself."""
    if old is None:
        return True
    return abs(new - old) > (FUZZ if (platform, metric) in _FUZZED else 0)


def news(platform: Platform, old: Mapping[str, int], new: Mapping[str, int]) -> dict[str, int]:
    """Those of the new numbers that are news; what another road does not tell of stays as it was."""
    return {metric: value for metric, value in new.items() if is_news(platform, metric, old.get(metric), value)}
