"""Days to come as an organiser says them: next month, in March, March 2027, 2027-03, 2027-03-14."""

import re
from datetime import date, timedelta
from typing import TypeAlias

from advocacy.domain.days import add_months

Days: TypeAlias = tuple[date, date]
"""First and last day, both inside."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = "january|february|march|april|june|july|august|september|october|november|december"
_WAYS = re.compile(
    rf"(?<![\w-])(?:(?P<rel>this|next) (?P<unit>week|month|quarter|year)|(?P<y>20\d\d)-(?P<m>\d\d)(?:-(?P<d>\d\d))?|"
    rf"(?:(?:in|on|for) )?(?:(?P<name>{_NAMES})|may(?= 20\d\d))(?: (?P<year>20\d\d))?)(?![\w-])",
    re.IGNORECASE,
)


def days_in(words: str, today: date) -> tuple[Days | None, str]:
    """The days that the words name, and the words without them."""
    for found in _WAYS.finditer(words):
        days = _meant(found, today)
        if days:
            return days, f"{words[: found.start()]} , {words[found.end() :]}"
    return None, words


def month(first: date) -> Days:
    """The whole month of a day."""
    return first.replace(day=1), add_months(first, 1) - timedelta(days=1)


def _meant(found: re.Match[str], today: date) -> Days | None:
    if found["rel"]:
        return _relative(found["rel"].lower() == "next", found["unit"].lower(), today)
    if found["y"]:
        return _of_numbers(found)
    number = _MONTHS.index((found["name"] or "may")[:3].lower()) + 1
    year = int(found["year"]) if found["year"] else today.year + (number < today.month)
    return month(date(year, number, 1))


def _of_numbers(found: re.Match[str]) -> Days | None:
    try:
        day = date(int(found["y"]), int(found["m"]), int(found["d"] or 1))
    except ValueError:
        return None
    return (day, day) if found["d"] else month(day)


def _relative(is_next: bool, unit: str, today: date) -> Days:
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * is_next)
        return monday, monday + timedelta(days=6)
    length = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = today.replace(day=1, month=today.month - (today.month - 1) % length)
    begins = add_months(first, length * is_next)
    return begins, add_months(begins, length) - timedelta(days=1)
