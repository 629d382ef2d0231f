"""How good an order is: NDCG@5 and precision@3 against the grades of people who read."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.ranking.labels import Query

DEEP, TOP, WELL = 5, 3, 2
"""So many count for the order, so many for precision; from which grade on somebody is right."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One query and the names that each way of ordering puts first."""

    query: Query
    orders: Mapping[str, Sequence[str]]

    def ndcg(self, way: str) -> float:
        """The gain of the first five, as a share of the best order's."""
        grades = self.query.grades
        best = sorted(grades.values(), reverse=True)
        return _gain([grades.get(name, 0) for name in self.orders[way]]) / _gain(best)

    def precision(self, way: str) -> float:
        """How many of the first three know it well; of three, even where fewer people do."""
        return sum(self.query.grades.get(name, 0) >= WELL for name in self.orders[way][:TOP]) / TOP

    @property
    def reachable(self) -> float:
        """The precision of the best order."""
        return min(sum(grade >= WELL for grade in self.query.grades.values()), TOP) / TOP


@dataclass(frozen=True, slots=True)
class Mean:
    """Over some queries: both figures of one way."""

    ndcg: float
    precision: float


def mean(answers: Sequence[Answer], way: str) -> Mean:
    """The means over these queries; nothing is 0."""
    many = max(len(answers), 1)
    return Mean(sum(one.ndcg(way) for one in answers) / many, sum(one.precision(way) for one in answers) / many)


def _gain(grades: Sequence[int]) -> float:
    return float(sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:DEEP])))
