"""What a file tells of one event, and what is wrong with a row that tells none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

from advocacy.domain.normal import TITLE_LIMIT, URL_LIMIT, storable

MOST = 5_000  #: events of one file
FIRST, LAST = date(1995, 1, 1), date(2200, 1, 1)


class NoEvents(ValueError):
    """The file holds no events that can be read; the words say what to do."""


class Unfit(ValueError):
    """A row cannot be kept; the words say which part of it, and how to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One event; what a file does not tell is empty, and `online` None."""

    ref: str
    name: str
    where: str = ""
    starts: date | None = None
    ends: date | None = None
    url: str = ""
    place: str = ""
    country: str = ""
    online: bool | None = None
    languages: tuple[str, ...] = ()
    cfp_url: str = ""
    cfp_closes: date | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that is not taken, and why."""

    where: str
    why: str


def ref(source: str, *parts: str) -> str:
    """By which the same event is known when it is told again."""
    said = "\x1f".join(part.strip().casefold().rstrip("/") for part in parts)
    return f"{source}:{blake2b(said.encode(), digest_size=12).hexdigest()}"


def line(said: Any, most: int = TITLE_LIMIT) -> str:
    """One line of text; what is none is nothing."""
    return storable(" ".join(said.split()), most) if isinstance(said, str) else ""


def day(name: str, said: Any) -> date | None:
    """A day; raise Unfit for what is none."""
    words = line(said)
    if not words:
        return None
    try:
        found = date.fromisoformat(words[:10] if words[10:11] in ("T", " ") else words)
    except ValueError as error:
        raise Unfit(f"{name} is no day: {words[:40]!r}. Write it as 2026-03-01") from error
    if not FIRST <= found < LAST:
        raise Unfit(f"{name} is no day of this century: {words[:40]!r}. Write it as 2026-03-01")
    return found


def link(name: str, said: Any) -> str:
    """An address that a browser may follow, or nothing; raise Unfit for another one."""
    words = line(said, URL_LIMIT + 1)
    if words and not words.lower().startswith(("https://", "http://")):
        raise Unfit(f"{name} is no web address: {words[:60]!r}. Write the whole of it, beginning with https://")
    if len(words) > URL_LIMIT:
        raise Unfit(f"{name} is longer than {URL_LIMIT} characters. Shorten it")
    return words


def in_order(names: tuple[str, str], starts: date | None, ends: date | None) -> None:
    """Raise Unfit for an event that is over before it begins."""
    if starts and ends and ends < starts:
        raise Unfit(f"{names[1]} {ends} is before {names[0]} {starts}. Turn them round")


def languages(said: Any) -> tuple[str, ...]:
    """Languages as two letters each, from `EN,DE` or a list."""
    parts: Iterable[Any] = said if isinstance(said, list) else line(said).replace(";", ",").split(",")
    found = (line(one).upper()[:8] for one in parts)
    return tuple(dict.fromkeys(one for one in found if one))
