"""The works by which somebody is recognised as able to speak about what is asked: the best three."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from advocacy.domain.activity import Kind

SHOWN = 3
BEST = (Kind.TALK, Kind.TRAINING_GIVEN, Kind.ARTICLE, Kind.ANSWER)
"""What shows best that somebody can speak, the best first; all else comes after."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One work, and which of what is asked it is on; `fits`: how well its words do, where words were asked for."""

    person_id: int
    work_id: int
    kind: Kind
    day: date
    on: frozenset[int]
    fits: float = 0.0


def best(found: Iterable[Receipt], count: int = SHOWN) -> list[Receipt]:
    """What is on most of what was asked, then what fits its words best, then by kind, then the newest."""
    together: dict[int, Receipt] = {}
    for one in found:
        same = together.get(one.work_id)
        together[one.work_id] = one if same is None else _both(same, one)
    return sorted(together.values(), key=_order)[:count]


def _both(one: Receipt, other: Receipt) -> Receipt:
    kind = min(one.kind, other.kind, key=_place)
    fits = max(one.fits, other.fits)
    return Receipt(one.person_id, one.work_id, kind, one.day, one.on | other.on, fits)


def _order(one: Receipt) -> tuple[int, float, int, int, int]:
    return -len(one.on), -one.fits, _place(one.kind), -one.day.toordinal(), one.work_id


def _place(kind: Kind) -> int:
    return BEST.index(kind) if kind in BEST else len(BEST)
