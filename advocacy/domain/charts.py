"""Small drawings as values: where each bar stands, how high it is, and what the drawing says in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from advocacy.domain.period import Period

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Bar:
    """One week or month: its first day, its number, its height (0 to 100), and whether it is of the period shown."""

    day: date
    count: int
    height: float
    inside: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """Bars side by side with the finding they show."""

    bars: tuple[Bar, ...]
    finding: str
    total: int


def year(days: Mapping[date, int], first: date, period: Period) -> Strip:
    """Twelve months by week; `days` are numbers by day, `first` is the first day to show."""
    weeks = {_monday(first) + WEEK * n: 0 for n in range(53)}
    for day, count in days.items():
        if _monday(day) in weeks:
            weeks[_monday(day)] += count
    bars = _bars(weeks, period)
    total = sum(bar.count for bar in bars)
    if not total:
        return Strip(bars, "Nothing yet in these twelve months", 0)
    active = sum(1 for bar in bars if bar.count)
    busiest = max(bars, key=lambda bar: bar.count)
    when = f"{busiest.day.day} {busiest.day:%B}"
    return Strip(bars, f"Active in {active} of 53 weeks, most in the week of {when} ({busiest.count})", total)


def months(counts: Mapping[str, int], first: date, last: date, period: Period) -> Strip:
    """Month by month; `counts` are numbers by `2026-10`."""
    days, month = dict[date, int](), first.replace(day=1)
    while month <= last:
        days[month] = counts.get(f"{month:%Y-%m}", 0)
        month = (month + timedelta(days=32)).replace(day=1)
    bars = _bars(days, period)
    total, active = sum(days.values()), sum(1 for count in days.values() if count)
    return Strip(bars, f"{total} counted in {len(days)} months, something in {active} of them", total)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _bars(counts: Mapping[date, int], period: Period) -> tuple[Bar, ...]:
    most = max(counts.values(), default=0) or 1
    return tuple(
        Bar(day, count, round(100 * count / most, 1), period.start <= day <= period.end)
        for day, count in counts.items()
    )
