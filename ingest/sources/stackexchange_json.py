"""JSON as the API sends it, and single values of it: an impossible number costs only itself."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

Item = Mapping[str, Any]

FIRST = datetime(2008, 7, 1, tzinfo=UTC).timestamp()  #: the first site opened then, to its makers
AHEAD = timedelta(days=2)
_MOST_DIGITS = 19
_TAGS = 10
_TAG = re.compile(r"[^\s\[\]]{1,35}")


def parsed(body: bytes) -> object:
    """The value that a body stands for; raise ValueError for what is no JSON."""
    try:
        return json.loads(body, parse_int=_whole, parse_constant=_nothing)
    except RecursionError as error:
        raise ValueError("nested beyond all measure") from error


def number(value: object) -> int | None:
    """A whole number that both databases take, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float) and not value.is_integer():
        return None
    return int(value) if abs(value) < 2**63 else None


def count(value: object) -> int | None:
    """A number of things: whole and not below zero."""
    found = number(value)
    return found if found is not None and found >= 0 else None


def seconds(value: object) -> float:
    """A time to wait, whole or not; 0 for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    return float(value) if 0 < value < 10**9 else 0.0


def moment(value: object, now: datetime) -> int | None:
    """Seconds since 1970, between the network's first day and the day after tomorrow."""
    found = number(value)
    return found if found is not None and FIRST <= found <= (now + AHEAD).timestamp() else None


def words(value: object) -> str:
    """A text, '' for anything else."""
    return value if isinstance(value, str) else ""


def tags_of(item: Item) -> tuple[str, ...]:
    """The tags of a question, as far as they are tags."""
    given = item.get("tags")
    return (
        tuple(tag for tag in given if isinstance(tag, str) and _TAG.fullmatch(tag))[:_TAGS]
        if isinstance(given, list)
        else ()
    )


def inner(value: object) -> Item:
    """An object within an object, empty when it is none."""
    return value if isinstance(value, dict) else {}


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= _MOST_DIGITS else None


def _nothing(name: str) -> None:
    """NaN and the infinities are no numbers that anybody counts."""
