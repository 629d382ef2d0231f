"""What a form says, read field by field; what cannot be read is answered by 400 and how to mend it."""

from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask import abort, request

Choice = TypeVar("Choice", bound=StrEnum)
LONGEST = 20_000  #: characters of a text


def is_key(words: str) -> bool:
    """Whether it is a number that a database takes for a key."""
    return words.isascii() and words.isdigit() and len(words) < 11 and int(words) < 2**31


def number(name: str, otherwise: str = "") -> int:
    """The number of a row; `otherwise` is what is said when there is none."""
    words = request.form.get(name, "")
    if not is_key(words):
        abort(400, otherwise or f"{name} must be a number.")
    return int(words)


def number_or_none(name: str) -> int | None:
    """The number of a row, None when nothing was chosen."""
    return number(name) if request.form.get(name, "") else None


def day(name: str) -> date:
    """The day."""
    found = day_or_none(name)
    if found is None:
        abort(400, "Give the day as 2026-11-23.")
    return found


def day_or_none(name: str) -> date | None:
    """The day, None when the field is empty."""
    words = request.form.get(name, "").strip()
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        abort(400, "Give the day as 2026-11-23.")


def text(name: str, most: int = LONGEST) -> str:
    """The text without blanks around it."""
    words = request.form.get(name, "").strip()
    if len(words) > most:
        abort(400, f"{name} is too long: at most {most} characters, these are {len(words)}.")
    return words


def choice(name: str, words: type[Choice]) -> Choice | None:
    """One of a closed list of words, None when nothing was chosen."""
    said = request.form.get(name, "")
    if said not in ("", *words):
        abort(400, f"{name} must be {', '.join(words)} or nothing.")
    return words(said) if said else None
