"""One target against the tallies: how many there are, how many are needed, over which days."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from advocacy.domain.activity import Platform
from advocacy.domain.days import Span, amount, clip
from advocacy.domain.period import Period
from advocacy.domain.survey import NOTHING_ASKED, Asked
from advocacy.domain.target import Counting, Measure, Target, Unit


class Tally(NamedTuple):
    """One piece of evidence for one expectation; a work counts once, whatever its facets and copies.

    `counted` says that it stands (confirmed, or strong and not yet looked at); what does not waits for the
    person's word.
    """

    day: date
    work: int
    facet: str = ""
    medium: str = Platform.MANUAL.value
    counted: bool = True
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A measure with its figures; `window` are the days it was read over, `lacking` the terms still without one."""

    measure: Measure
    window: Span
    count: int
    need: int
    note: str = ""
    lacking: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        """Whether it is reached."""
        return self.count >= self.need


def measured(
    target: Target,
    tallies: Sequence[Tally],
    period: Period,
    active: Sequence[Span],
    personas: tuple[str, ...] = (),
    asked: Asked = NOTHING_ASKED,
) -> tuple[tuple[Reached, ...], ...]:
    """Every measure of the target with its count and need, in the target's own groups."""
    return tuple(tuple(_reach(m, tallies, period, active, personas, asked) for m in group) for group in target)


def _reach(
    measure: Measure,
    tallies: Sequence[Tally],
    period: Period,
    active: Sequence[Span],
    personas: tuple[str, ...],
    asked: Asked,
) -> Reached:
    window = period.window(measure.per)
    days = clip(active, window)
    here = [t for t in tallies if t.counted and window[0] <= t.day <= window[1] and _is_of(t.facet, measure.facet)]
    if not days:
        return Reached(
            measure=measure,
            window=window,
            count=_items(here),
            need=0,
            note="not in this role, or away, for all of it",
        )
    if measure.counting is Counting.ASKED:
        return Reached(measure=measure, window=window, count=asked.done, need=asked.due, note=asked.note)
    rate = _rate(measure, days)
    if measure.counting is Counting.EACH:
        wanted = personas if measure.each == ("*",) else measure.each
        met = [facet for facet in wanted if _items(t for t in here if _is_of(t.facet, facet)) >= rate]
        lacking = tuple(facet for facet in wanted if facet not in met)
        return Reached(
            measure=measure,
            window=window,
            count=len(met),
            need=len(wanted),
            note=f"missing: {', '.join(lacking)}" if lacking else "",
            lacking=lacking,
        )
    count = {Counting.PLATFORMS: _platforms, Counting.PAIRS: _pairs}.get(measure.counting, _items)(here)
    need = _share(measure, days, window) if measure.counting is Counting.PLATFORMS else rate
    return Reached(measure=measure, window=window, count=count, need=need)


def _rate(measure: Measure, days: Sequence[Span]) -> int:
    """`at_least` a unit over the active days, rounded half up; at least one as long as a day is active."""
    return max(1, math.floor(measure.at_least * amount(days, measure.per) + 0.5))


def _share(measure: Measure, days: Sequence[Span], window: Span) -> int:
    """Different platforms do not add up over a longer time: only absence lowers the number."""
    return max(1, math.floor(measure.at_least * amount(days, Unit.MONTH) / amount([window], Unit.MONTH) + 0.5))


def _items(tallies: Iterable[Tally]) -> int:
    return len({t.work for t in tallies})


def _platforms(tallies: Iterable[Tally]) -> int:
    return len({t.medium for t in tallies})


def _pairs(tallies: Iterable[Tally]) -> int:
    """Topics that were learned first and taught on that day or later."""
    tallies = tuple(tallies)
    learned = dict(sorted(_topics(tallies, "learned"), reverse=True))
    return len({topic for topic, day in _topics(tallies, "taught") if topic in learned and learned[topic] <= day})


def _topics(tallies: Iterable[Tally], act: str) -> list[tuple[str, date]]:
    return [(t.facet.partition("/")[2], t.day) for t in tallies if t.facet.startswith(f"{act}/")]


def _is_of(facet: str, wanted: str) -> bool:
    return not wanted or facet == wanted or facet.startswith(f"{wanted}/")
