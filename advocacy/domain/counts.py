"""Figures in a text: how many of how many, and what was measured with a unit."""

import re

_RATE = re.compile(
    r"(?<![\d./-])(?P<some>\d{1,4}) ?(?:/|(?:out )?of(?: (?:the|our|my|all))?|von|de|sur|di|av|van|in) ?(?P<all>\d{1,4})(?![\d/]|[.-]\d)"
    r"|(?<![\d./-])(?P<east_all>\d{1,4}) ?[人件名]中 ?(?P<east_some>\d{1,4})"
    r"|\d ?[%٪％](?!\w)",
    re.IGNORECASE,
)
_UNITS = (
    "ms|µs|us|ns|s|sec|secs|seconds?|min|mins|minutes?|h|hours?|days?|[kmgt]i?b|[kmg]bit|iops|k|m|x|rps|qps|req/s|mb/s|gb/s"
    "|[kmgt]b/s|usd|eur|cores?|percent|points?|nodes?|rows?|pods?|weeks?|months?|heures?|jours?|stunden|tage|horas|días|dias"
)
_FIGURE = re.compile(
    rf"(?<![\w.:/-])\d[\d., ]{{0,9}}?\d?(?: ?[%€$£]| ?(?:{_UNITS})\b|[ミ秒分倍台件毫])|[€$£] ?\d|(?<=\|)[^|\n\d]{{0,12}}\d",
    re.IGNORECASE,
)


def rate(text: str) -> bool:
    """Whether it tells how many of how many (`5/8`, `8 of 9`, `87 %`); a score of more than there are is none."""
    for found in _RATE.finditer(text):
        some = found["some"] or found["east_some"]
        if some is None or 0 < int(some) <= int(found["all"] or found["east_all"]):
            return True
    return False


def measured(text: str, at_least: int) -> bool:
    """Whether so many figures with a unit, a currency or a place in a table stand in it."""
    found = _FIGURE.finditer(text)
    return all(next(found, None) is not None for _ in range(at_least))
