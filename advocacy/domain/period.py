"""Stretches of days: the period a page speaks of, and how many weeks, months, quarters of it count."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from advocacy.domain.days import MONTHS_IN, Span, add_months
from advocacy.domain.target import Unit

_SHAPE = re.compile(
    r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<month>0[1-9]|1[0-2])(?:-(?P<span>3|6|12)m)?))?",
    re.IGNORECASE,
)


class NoPeriod(ValueError):
    """The words name no period."""


@dataclass(frozen=True, slots=True)
class Period:
    """A named stretch; `start` and `end` are days of the person's own zone, both inside."""

    label: str
    start: date
    end: date

    @property
    def months(self) -> int:
        """How many calendar months it covers."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    def shift(self, steps: int) -> "Period":
        """The period of the same length so many steps later (earlier when negative)."""
        return _of_months(add_months(self.start, steps * self.months), self.months)

    def window_widest(self) -> date:
        """The first day that any target read at this period can reach back to."""
        return self.window(Unit.YEAR)[0]

    def window(self, unit: Unit) -> Span:
        """The days a rate per `unit` is read over: the period, or the unit that ends with it if that is longer."""
        months = max(self.months, MONTHS_IN.get(unit, 1))
        return add_months(self.end + timedelta(days=1), -months), self.end


def parse(words: str) -> Period:
    """Read `2026`, `2026-H2`, `2026-Q4`, `2026-10`, or so many months from one on: `2026-04-12m`."""
    found = _SHAPE.fullmatch(words.strip())
    if not found or not 1990 <= int(found["year"]) <= 2200:
        raise NoPeriod(f"{words!r} is no period: write 2026 (a year), 2026-H2, 2026-Q4 or 2026-10 (a month)")
    year = int(found["year"])
    if found["quarter"]:
        return _of_months(date(year, 3 * int(found["quarter"]) - 2, 1), 3)
    if found["half"]:
        return _of_months(date(year, 6 * int(found["half"]) - 5, 1), 6)
    if found["month"]:
        return _of_months(date(year, int(found["month"]), 1), int(found["span"] or 1))
    return _of_months(date(year, 1, 1), 12)


def quarter_of(day: date) -> Period:
    """The calendar quarter a day lies in."""
    return _of_months(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3)


def cycle_of(start: date, day: date) -> Period:
    """The review year that a day lies in when years begin with the month of `start`."""
    years = day.year - (day.month < start.month)
    return _of_months(date(years, start.month, 1), 12)


def day_of(moment: datetime, zone: str) -> date:
    """The day a moment falls on where the person lives."""
    return moment.astimezone(ZoneInfo(zone)).date()


def _of_months(start: date, months: int) -> Period:
    month = f"{start.year}-{start.month:02}"
    calendar = {
        12: f"{start.year}",
        6: f"{start.year}-H{(start.month + 5) // 6}",
        3: f"{start.year}-Q{(start.month + 2) // 3}",
        1: month,
    }[months]
    label = calendar if start.month % months == 1 % months else f"{month}-{months}m"
    return Period(label, start, add_months(start, months) - timedelta(days=1))
