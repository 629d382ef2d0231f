"""What is not known, in words: which days, and why."""

from collections.abc import Sequence
from datetime import date

from advocacy.domain.coverage import Hole

MOST = 3  #: stretches that are told one by one


def days_in_words(first: date, last: date) -> str:
    """`3 November`, `3–9 November`, `28 October – 3 November`; with years when they differ."""
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    if first.year == last.year:
        return f"{_day(first)} – {_day(last)}"
    return f"{_day(first)} {first.year} – {_day(last)} {last.year}"


def unknown_in_words(holes: Sequence[Hole]) -> str:
    """`nothing is known of 3–9 November: the month's budget was used up`; what has one reason is told together."""
    reasons: dict[str, list[str]] = {}
    for hole in holes[:MOST]:
        reasons.setdefault(hole.why, []).append(days_in_words(hole.first, hole.last))
    told = "; ".join(", ".join(days) + (f": {why}" if why else "") for why, days in reasons.items())
    more = len(holes) - MOST
    return f"nothing is known of {told}" + (f"; and {more} stretches more" if more > 0 else "")


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
