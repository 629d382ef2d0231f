"""How well people answer a question: four factors, each between 0 and 1, and their sum (arithmetic.py tells how).

What is asked for is counted by topic (exactly) or by words (among the newest texts), and of the best people each work
by how much it is on it. People are put in order by the sum, and of equals who has less ahead comes first. Nothing
else about a person is in it.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

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
    fits: tuple[tuple[float, date], ...] = ()  #: how much some of them are on it, and their days

    @property
    def depth(self) -> float:
        """What the works come to."""
        return self.works if self.amount is None else self.amount


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


def shares(people: Iterable[Collection[int]], asked: int) -> tuple[float, ...]:
    """What each thing that is asked for counts, together 1: what few of all people know more than what many do.

    `people` are all who are found, each by the places of what they know.
    """
    found = list(people)
    known = Counter(place for places in found for place in places)
    rare = [math.log2(1 + len(found) / max(known[place], 1)) for place in range(asked)]
    total = sum(rare)
    return tuple(round(one / total, 2) if total else round(1 / asked, 2) for one in rare)


def rank(people: Mapping[int, Mapping[int, Signal]], counts: Sequence[float], today: date) -> list[Ranked]:
    """All people, the best first; `counts` is what each thing that is asked for counts."""
    ranked = [Ranked(one, signals, score(signals, counts, today)) for one, signals in people.items()]
    return sorted(ranked, key=lambda one: (-one.score, one.person_id))


def ordered(best: Iterable[Ranked], load: Mapping[int, int], names: Mapping[int, str]) -> list[Ranked]:
    """The best first; of equals (to whole points) who has less ahead, then by name."""
    return sorted(best, key=lambda one: (-round(one.score), load.get(one.person_id, 0), _name(names, one.person_id)))


def score(signals: Mapping[int, Signal], counts: Sequence[float], today: date) -> float:
    """The sum of the factors, each to one place as it is told."""
    told = values(signals, counts, today)
    return round(sum([round(WEIGHTS[name] * value, 1) for name, value in told.items()]), 1)


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
    mean = math.fsum(fit for fit, _ in fits) / len(fits)  # the same in whatever order a database tells them
    last = max(day for fit, day in fits if fit >= best / 2)
    return Signal(one.works, one.delivered, last, best, round(one.works * mean, 1), tuple(sorted(fits)))


def values(signals: Mapping[int, Signal], counts: Sequence[float], today: date) -> dict[str, float]:
    """The factors of a person, each from 0 to 1."""
    match = depth = recency = delivery = 0.0
    for place, one in signals.items():
        count = counts[place]
        match += count * one.match
        depth += count * share(one.depth, FULL_DEPTH)
        recency += count * freshest(one, today)[0]
        delivery += count * share(one.delivered, FULL_DELIVERY)
    return {"match": match, "depth": depth, "recency": recency, "delivery": delivery}


def freshest(one: Signal, today: date) -> tuple[float, float, date]:
    """The work that is most on it for its age: what it comes to, how much it is on it, and its day."""
    return max([(fit * _aged((today - day).days), fit, day) for fit, day in one.fits or ((one.match, one.last),)])


@lru_cache(maxsize=4_096)  # thousands of people are put in order, of few days and counts
def _aged(days: int) -> float:
    """Half of 1 for every HALF_LIFE that a day is past."""
    return float(0.5 ** (max(days, 0) / HALF_LIFE))


@lru_cache(maxsize=4_096)
def share(count: float, full: int) -> float:
    """How near to `full` it is, the first ones counting most."""
    return min(math.log2(1 + count) / math.log2(1 + full), 1.0)


def _name(names: Mapping[int, str], person_id: int) -> tuple[str, int]:
    return names.get(person_id, "").casefold(), person_id
