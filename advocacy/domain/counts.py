"""Figures in a text: how many of how many, and what was measured with a unit."""

import re

_OF = "/|(?:out )?of(?: (?:the|our|my|all))?|von|de|sur|di|av|van|in"
_RATE = re.compile(
    rf"(?<![\d./-])(?P<some>\d{{1,4}}) ?(?:{_OF}) ?(?P<all>\d{{1,4}})(?![\d/]|[.-]\d)"
    r"|(?<![\d./-])(?P<east_all>\d{1,4}) ?[人件名]中 ?(?P<east_some>\d{1,4})"
    r"|\d ?[%٪％](?!\w)",
    re.IGNORECASE,
)
_UNITS = (
    "ms|µs|us|ns|s|secs?|seconds?|mins?|minutes?|h|hours?|days?|weeks?|months?|[kmgt]i?b(?:/s)?|[kmg]bit|k|m|x|iops|rps|qps"
    "|req/s|usd|eur|cores?|percent|points?|nodes?|rows?|pods?|heures?|jours?|stunden|tage|horas|días|dias"
)
_NUMBER = re.compile(r"\d[\d.,]*")
_BEFORE = re.compile(r"[€$£] ?\Z|\|[^|\n]{0,12}\Z")
_AFTER = re.compile(rf" ?[%€$£]| ?(?:{_UNITS})\b|[ミ秒分倍台件毫]", re.IGNORECASE)


def rate(text: str) -> bool:
    """Whether it tells how many of how many (`5/8`, `8 of 9`, `87 %`); a score of more than there are is none."""
    for found in _RATE.finditer(text):
        some = found["some"] or found["east_some"]
        if some is None or 0 < int(some) <= int(found["all"] or found["east_all"]):
            return True
    return False


def measured(text: str) -> int:
    """How many figures with a unit, a currency or a place in a table stand in it."""
    return sum(1 for number in _NUMBER.finditer(text) if _has_unit(text, number))


def _has_unit(text: str, number: re.Match[str]) -> bool:
    start, end = number.span()
    if start and (text[start - 1].isalnum() or text[start - 1] in ".:/-_"):
        return False
    return _AFTER.match(text, end) is not None or _BEFORE.search(text, max(start - 14, 0), start) is not None
