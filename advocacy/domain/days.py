"""Stretches of days: cut, clipped, and counted in weeks, months, quarters."""

import calendar
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TypeAlias

from advocacy.domain.target import Unit

Span: TypeAlias = tuple[date, date]
"""First and last day, both inside."""

MONTHS_IN = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF_YEAR: 6, Unit.YEAR: 12}


def add_months(day: date, months: int) -> date:
    """The first of the month so many months later."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def months_on(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    first = add_months(day, months)
    last = add_months(first, 1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def clip(spans: Iterable[Span], window: Span) -> tuple[Span, ...]:
    """The parts of the spans that lie in the window."""
    cut = ((max(start, window[0]), min(end, window[1])) for start, end in spans)
    return tuple(span for span in cut if span[0] <= span[1])


def without(spans: Sequence[Span], holes: Iterable[Span]) -> tuple[Span, ...]:
    """The spans less the holes (leave, on hold)."""
    rest = list(spans)
    for first, last in holes:
        before = [(start, min(end, first - timedelta(days=1))) for start, end in rest if start < first]
        after = [(max(start, last + timedelta(days=1)), end) for start, end in rest if end > last]
        rest = sorted(before + after)
    return tuple(rest)


def amount(spans: Iterable[Span], unit: Unit) -> float:
    """How many units the days amount to: a month counts by the share of its own days, a week by seven."""
    spans = tuple(spans)
    if unit is Unit.WEEK:
        return sum((end - start).days + 1 for start, end in spans) / 7
    return sum(_months_in(span) for span in spans) / MONTHS_IN[unit]


def _months_in(span: Span) -> float:
    total, month = 0.0, span[0].replace(day=1)
    while month <= span[1]:
        length = calendar.monthrange(month.year, month.month)[1]
        for start, end in clip([span], (month, month.replace(day=length))):
            total += ((end - start).days + 1) / length
        month = add_months(month, 1)
    return total
