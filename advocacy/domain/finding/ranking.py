"""How well people answer a question: four factors, each between 0 and 1 and with its arithmetic, and their sum.

What is asked for is counted by topic (exactly) or by words (among the newest texts); people are put in order by the
sum, and of equals who has less ahead comes first. Nothing else about a person is in it.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

FULL_DEPTH, FULL_DELIVERY = 16, 8  #: works, and talks with trainings, from which on more is not better
HALF_LIFE = 365  #: days after which a work weighs half in recency
PARTS_ONLY = 0.5  #: of a topic of whose parts alone somebody speaks
FITS_WELL = 8.0  #: how well a text has to fit to answer words as a topic does
WEIGHTS = {"match": 40, "depth": 20, "recency": 20, "delivery": 20}
"""Out of 100: to speak about the very thing comes before all else."""


@dataclass(frozen=True, slots=True)
class Signal:
    """What one person showed of one thing that is asked for; `match`: how well that is the thing."""

    works: int
    delivered: int  #: talks and trainings among them
    last: date
    match: float = 1.0
    amount: float | None = None  #: the works counted by how much each is on it, where that is known

    @property
    def depth(self) -> float:
        """What the works come to."""
        return self.works if self.amount is None else self.amount


@dataclass(frozen=True, slots=True)
class Factor:
    """One part of the sum: its weight times its value; `how` is the arithmetic in words."""

    name: str
    weight: int
    value: float
    how: str

    @property
    def points(self) -> float:
        """What it adds to the sum, to one place."""
        return round(self.weight * self.value, 1)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A person with their signals (by the place of what is asked for) and the sum of the factors."""

    person_id: int
    signals: Mapping[int, Signal]
    score: float

    @property
    def works(self) -> int:
        """Works on what they know most of: of two topics in one work none is counted twice."""
        return max(one.works for one in self.signals.values())

    @property
    def delivered(self) -> int:
        """Talks and trainings on it."""
        return max(one.delivered for one in self.signals.values())

    @property
    def last(self) -> date:
        """The newest of all."""
        return max(one.last for one in self.signals.values())


def rank(people: Mapping[int, Mapping[int, Signal]], asked: int, today: date) -> list[Ranked]:
    """All people, the best first."""
    ranked = [Ranked(one, signals, score(signals, asked, today)) for one, signals in people.items()]
    return sorted(ranked, key=lambda one: (-one.score, one.person_id))


def ordered(best: Iterable[Ranked], load: Mapping[int, int], names: Mapping[int, str]) -> list[Ranked]:
    """The best first; of equals (to whole points) who has less ahead, then by name."""
    return sorted(best, key=lambda one: (-round(one.score), load.get(one.person_id, 0), _name(names, one.person_id)))


def score(signals: Mapping[int, Signal], asked: int, today: date) -> float:
    """The sum of the factors: what `factors` tells in words."""
    return round(sum(round(WEIGHTS[name] * value, 1) for name, value in _values(signals, asked, today)), 1)


def factors(one: Ranked, labels: Sequence[str], today: date) -> tuple[Factor, ...]:
    """The factors of a person with their arithmetic."""
    how = (_matched(one, labels), _deep(one, labels), _recent(one, today), _gave(one))
    values = _values(one.signals, len(labels), today)
    return tuple(Factor(name, WEIGHTS[name], value, words) for (name, value), words in zip(values, how, strict=True))


def merged(signals: Iterable[Signal], count: int) -> Signal | None:
    """What somebody shows of a topic by its parts: only who knows all of them, and as much as of the least."""
    found = list(signals)
    if not found or len(found) < count:
        return None
    works, delivered = min(one.works for one in found), min(one.delivered for one in found)
    return Signal(works, delivered, min(one.last for one in found), PARTS_ONLY)


def weighed(one: Signal, fits: Sequence[tuple[float, date]]) -> Signal:
    """The signal by how much some of its works are on it: the best is the match, and old ones may be what they know.

    `last` is the newest that is on it at least half as much as the best.
    """
    best = max(fit for fit, _ in fits)
    mean = sum(fit for fit, _ in fits) / len(fits)
    last = max(day for fit, day in fits if fit >= best / 2)
    return Signal(one.works, one.delivered, last, best, round(one.works * mean, 1))


def _values(signals: Mapping[int, Signal], asked: int, today: date) -> tuple[tuple[str, float], ...]:
    some = signals.values()
    match = sum(one.match for one in some) / asked
    depth = sum(_share(one.depth, FULL_DEPTH) for one in some) / asked
    recency = sum(one.match * _recency(one, today) for one in some) / asked
    delivery = sum(_share(one.delivered, FULL_DELIVERY) for one in some) / asked
    return ("match", match), ("depth", depth), ("recency", recency), ("delivery", delivery)


def _recency(one: Signal, today: date) -> float:
    return float(0.5 ** (max((today - one.last).days, 0) / HALF_LIFE))


def _share(count: float, full: int) -> float:
    return min(math.log2(1 + count) / math.log2(1 + full), 1.0)


def _name(names: Mapping[int, str], person_id: int) -> tuple[str, int]:
    return names.get(person_id, "").casefold(), person_id


def _matched(one: Ranked, labels: Sequence[str]) -> str:
    parts = [f"{label} {_number(one.signals[n].match) if n in one.signals else 0}" for n, label in enumerate(labels)]
    value = sum(each.match for each in one.signals.values()) / len(labels)
    return ", ".join(parts) if len(parts) == 1 else f"({' + '.join(parts)}) / {len(parts)} = {value:.2f}"


def _deep(one: Ranked, labels: Sequence[str]) -> str:
    told = []
    for number, label in enumerate(labels):
        works = one.signals[number].works if number in one.signals else 0
        value = _share(works, FULL_DEPTH)
        told.append(f"{label}: {_times(works, 'work')}, log₂({1 + works}) / log₂({1 + FULL_DEPTH}) → {value:.2f}")
    return "; ".join(told)


def _recent(one: Ranked, today: date) -> str:
    days = max((today - one.last).days, 0)
    return f"newest {_times(days, 'day')} ago, 0.5^({days} / {HALF_LIFE}) = {0.5 ** (days / HALF_LIFE):.2f}"


def _gave(one: Ranked) -> str:
    count, value = one.delivered, _share(one.delivered, FULL_DELIVERY)
    told = _times(count, "talk or training", "talks and trainings")
    return f"{told}, log₂({1 + count}) / log₂({1 + FULL_DELIVERY}) → {value:.2f}"


def _times(count: int, word: str, many: str = "") -> str:
    return f"{count} {word}" if count == 1 else f"{count} {many or f'{word}s'}"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
