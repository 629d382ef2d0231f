"""Which day somebody means: today, yesterday, last Tuesday, 3 days ago, 23 Nov, 2026-11-23."""

import re
from collections.abc import Callable
from datetime import date, timedelta

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = r"(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_COUNTED = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_FIRST = date(1995, 1, 1)


def day_in(words: str, today: date) -> tuple[date | None, str]:
    """The day that the words name, and the words without it; nothing later than today is taken for one."""
    for pattern, meaning in _WAYS:
        for found in pattern.finditer(words):
            day = meaning(found, today)
            if day is not None and _FIRST <= day <= today:
                rest = f"{words[: found.start()]} {words[found.end() :]}"
                return day, " ".join(rest.split())
    return None, words


def _weekday(found: re.Match[str], today: date) -> date:
    """The last one that is over: said on a Tuesday, Tuesday is a week ago."""
    wanted = next(n for n, name in enumerate(_WEEKDAYS) if name.startswith(found[1].lower()[:3]))
    return today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1)


def _ago(found: re.Match[str], today: date) -> date | None:
    count = _COUNTED.get(found[1].lower()) or (int(found[1]) if found[1].isdigit() else 0)
    days = count * {"day": 1, "week": 7, "month": 30}[found[2].lower()]
    return today - timedelta(days=days) if 0 < days < 4000 else None


def _date(day: str, month: str, year: str | None, today: date) -> date | None:
    number = _MONTHS.index(month.lower()[:3]) + 1
    try:
        found = date(int(year) if year else today.year, number, int(day))
        return found if year or found <= today else found.replace(year=today.year - 1)
    except ValueError:
        return None


def _iso(found: re.Match[str], today: date) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


_Meaning = Callable[[re.Match[str], date], date | None]
_OFFSETS = {"today": 0, "this morning": 0, "tonight": 0, "yesterday": 1, "last night": 1, "last week": 7}
_SAID: tuple[tuple[str, _Meaning], ...] = (
    (r"(?:on )?(\d{4})-(\d\d)-(\d\d)", _iso),
    (rf"(?:on )?(?:the )?(\d\d?)(?:st|nd|rd|th)?\.? (?:of )?{_MONTH}(?:,? (\d{{4}}))?",
     lambda m, today: _date(m[1], m[2], m[3], today)),
    (rf"(?:on )?{_MONTH} (\d\d?)(?:st|nd|rd|th)?(?:,? (\d{{4}}))?", lambda m, today: _date(m[2], m[1], m[3], today)),
    (r"the day before yesterday", lambda m, today: today - timedelta(days=2)),
    (r"(today|this morning|tonight|yesterday|last night|last week)",
     lambda m, today: today - timedelta(days=_OFFSETS[m[1].lower()])),
    (rf"(?:on |last ){_WEEKDAY}", _weekday),
    (r"(\d{1,3}|an?|one|two|three|four|five|six) (day|week|month)s? ago", _ago),
)  # fmt: skip
_WAYS = tuple((re.compile(rf"(?<![\w/-]){pattern}(?![\w/-])", re.IGNORECASE), meaning) for pattern, meaning in _SAID)
