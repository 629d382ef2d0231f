"""The numbers of one item told in lines: what each stands at, and what it gained in a period."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from advocacy.domain.metrics import Snapshot, gained
from advocacy.domain.period import Period


class Known(NamedTuple):
    """A number as it stood on a day; `by_hand` says that a person stated it."""

    day: date
    metric: str
    value: int
    by_hand: bool


@dataclass(frozen=True, slots=True)
class NumberLine:
    """One number with its history, the newest last; `gained` is None where nobody can know."""

    metric: str
    value: int
    gained: int | None
    since: date
    history: tuple[Known, ...]

    @property
    def name(self) -> str:
        """The number as people say it."""
        return self.metric.replace("_", " ")


def lines(known: Iterable[Known], period: Period, born: date) -> list[NumberLine]:
    """Each number of an item that appeared on the day `born`, by name; `since` begins the period, or is that day."""
    told: dict[str, list[Known]] = {}
    for one in sorted(known, key=lambda one: (one.metric, one.day, one.by_hand)):
        told.setdefault(one.metric, []).append(one)
    return [_line(metric, history, period, born) for metric, history in told.items()]


def _line(metric: str, history: Sequence[Known], period: Period, born: date) -> NumberLine:
    snapshots = [Snapshot(one.day, one.value, one.by_hand) for one in history]
    gain = gained(snapshots, period.start, period.end, born)
    return NumberLine(metric, history[-1].value, gain, max(period.start, born), tuple(history))
