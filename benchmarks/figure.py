"""One measured promise, and how a run of them is shown."""

import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A value beside its limit, taken in the same run; `ratio` is what travels to another machine."""

    figure: str
    value: float
    unit: str
    limit: float
    ratio: float
    aim: str


def seconds(work: Callable[[], object], rounds: int = 5) -> float:
    """The median time of some rounds after a warm-up, of this process alone."""
    work()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def as_json(figures: Sequence[Figure]) -> str:
    """The figures for machines."""
    return json.dumps([asdict(figure) for figure in figures], indent=2)


def as_table(figures: Sequence[Figure]) -> str:
    """The figures for people."""
    lines = [f"{'figure':<46} {'value':>10} {'limit':>10} {'ratio':>7}  aim"]
    for one in figures:
        value, limit = f"{one.value:.4g} {one.unit}", f"{one.limit:.4g} {one.unit}"
        lines.append(f"{one.figure:<46} {value:>10} {limit:>10} {one.ratio:>7.2f}  {one.aim}")
    return "\n".join(lines)
