"""The arithmetic behind a person's place, in words: each factor with the sum that gives its value."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from advocacy.domain.finding.ranking import (
    FULL_DELIVERY,
    FULL_DEPTH,
    HALF_LIFE,
    WEIGHTS,
    Ranked,
    Signal,
    freshest,
    share,
    values,
)


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


def factors(one: Ranked, labels: Sequence[str], counts: Sequence[float], today: date) -> tuple[Factor, ...]:
    """The factors of a person with their arithmetic; `counts` is what each thing that is asked for counts."""
    told: dict[str, Callable[[Signal], tuple[str, float]]] = {
        "match": _match,
        "depth": _depth,
        "recency": lambda signal: _recency(signal, today),
        "delivery": _delivery,
    }
    found = []
    for name, value in values(one.signals, counts, today).items():
        seen = [one.signals.get(place) for place in range(len(labels))]
        each = [told[name](signal) if signal else ("nothing", 0.0) for signal in seen]
        rows = [(label, how, part) for label, (how, part) in zip(labels, each, strict=True)]
        found.append(Factor(name, WEIGHTS[name], value, _summed(rows, counts, value)))
    return tuple(found)


def _summed(told: Sequence[tuple[str, str, float]], counts: Sequence[float], value: float) -> str:
    """What each thing that is asked for gives: its label, how, and the value."""
    each = "; ".join(f"{label}: {how}" for label, how, _ in told)
    if len(told) == 1:
        return each
    parts = (f"{_number(count)} × {_number(one)}" for count, (_, _, one) in zip(counts, told, strict=True))
    return f"{each}; {' + '.join(parts)} = {value:.2f}"


def _match(one: Signal) -> tuple[str, float]:
    return f"the best work fits {_number(one.match)}", one.match


def _depth(one: Signal) -> tuple[str, float]:
    value, comes = share(one.depth, FULL_DEPTH), one.depth != one.works
    weighed = f" that come to {_number(one.depth)}" if comes else ""
    how = f"log₂({_number(1 + one.depth)}) / log₂({1 + FULL_DEPTH}) → {value:.2f}"
    return f"{_times(one.works, 'work')}{weighed}, {how}", value


def _recency(one: Signal, today: date) -> tuple[str, float]:
    value, fit, day = freshest(one, today)
    days = max((today - day).days, 0)
    return f"{_times(days, 'day')} ago, {_number(fit)} × 0.5^({days} / {HALF_LIFE}) = {value:.2f}", value


def _delivery(one: Signal) -> tuple[str, float]:
    value = share(one.delivered, FULL_DELIVERY)
    told = _times(one.delivered, "talk or training", "talks and trainings")
    return f"{told}, log₂({1 + one.delivered}) / log₂({1 + FULL_DELIVERY}) → {value:.2f}", value


def _times(count: int, word: str, many: str = "") -> str:
    return f"{count} {word}" if count == 1 else f"{count} {many or f'{word}s'}"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
