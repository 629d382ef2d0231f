"""When an entry was published: feeds lie, and a lenient parser believes them."""

import re
from calendar import timegm
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from time import struct_time

_FIRST = datetime(1995, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=2)
_ISO = re.compile(r"\s*(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_RFC_3339 = re.compile(r"(\d{4}-\d\d-\d\d)(?:(T\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d))?", re.ASCII)
_RFC_822 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), +)?(\d\d?) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4})"
    r" (\d\d):(\d\d):(\d\d) (GMT|UTC|UT|Z|[+-]\d{4})",
    re.ASCII,
)
_MONTHS = {name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_SHORT_YEAR = re.compile(r"\b\d{1,2}[ -][A-Za-z]{3}[a-z]*[ -](\d\d)\b")


def parsed(raw: str, moment: struct_time | None) -> datetime | None:
    """Give what the parser read, unless the raw form does not say so: "1704067200" is not the year 1704."""
    if moment is None:
        return None
    try:
        at = datetime.fromtimestamp(timegm(moment), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return at if _says(raw, at) else None


def usual(raw: str) -> datetime | None:
    """Read RFC 822 and RFC 3339 dates as `parsed` would; raise ValueError or OverflowError for any other."""
    if found := _RFC_3339.fullmatch(raw):
        day, clock, zone = found.groups()
        at = datetime.fromisoformat(f"{day}{clock or 'T00:00:00'}{zone or 'Z'}").astimezone(UTC)
    elif found := _RFC_822.fullmatch(raw):
        date_, month, year, hour, minute, second, zone = found.groups()
        hours, minutes = (int(zone[:3]), int(zone[0] + zone[3:])) if zone[0] in "+-" else (0, 0)
        local = datetime(int(year), _MONTHS[month], int(date_), int(hour), int(minute), int(second), tzinfo=UTC)
        at = local - timedelta(hours=hours, minutes=minutes)
    else:
        raise ValueError(raw)
    return at if 1995 <= at.year < 9999 else None


def iso(raw: object) -> datetime | None:
    """Read JSON Feed's RFC 3339 dates; None for anything else."""
    if not isinstance(raw, str) or not _ISO.match(raw):
        return None
    try:
        at = datetime.fromisoformat(raw.strip())
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def first_believable(dates: Iterable[datetime | None], now: datetime) -> datetime | None:
    """Give the first that lies between 1995 and the day after tomorrow."""
    return next((at for at in dates if at and _FIRST <= at <= now + _AHEAD), None)


def _says(raw: str, at: datetime) -> bool:
    if not 1995 <= at.year < 9999 or raw.lstrip().startswith("-"):
        return False
    if (begin := _ISO.match(raw)) and not _is_day(*map(int, begin.groups())):
        return False
    years = {(at + timedelta(days=shift)).year for shift in (-1, 0, 1)}  # the raw form has its own time zone
    if begin:
        return int(begin[1]) in years
    told = {int(year) for year in _YEAR.findall(raw)}
    short = {int(year) for year in _SHORT_YEAR.findall(raw)}
    return bool(told & years or short & {year % 100 for year in years})


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
