"""Where a page of a list ended, as the next page's address says it: the key of its last row."""

from datetime import date
from typing import NoReturn

from flask import abort

from advocacy.forms import is_key


def place(day: date, number: int) -> str:
    """The key of a row of that day."""
    return f"{day.isoformat()}.{number}"


def read(words: str) -> tuple[date, int] | None:
    """The same read again, None where an address names no place; 400 where it says none that there can be."""
    if not words:
        return None
    day, _, number = words.partition(".")
    try:
        if not is_key(number):
            raise ValueError(number)
        return date.fromisoformat(day), int(number)
    except ValueError:
        refuse()


def refuse() -> NoReturn:
    """Answer with 400, in words."""
    abort(400, "The address says no place in the list: go back to its first page.")
