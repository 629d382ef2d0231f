"""What the address of a page of the public voice asks for: which days, which works, and where its page begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from flask import abort, request

from advocacy import forms, paging
from advocacy.context import today
from advocacy.display import long_day, plural
from advocacy.domain.activity import Platform
from advocacy.domain.days import months_on
from advocacy.domain.public_voice import Format, Wanted, Work

FIELDS = ("within", "until", "months", "persona", "topic", "format", "person", "platform")
DAYS = ("within", "until", "months")
MONTHS = (1, 3, 6, 12, 24)
WITHIN = {"week": 7, "month": 30}  #: days, today among them
PAGE = 50
AHEAD = timedelta(days=1)  #: by so much it is later somewhere else than where the reader lives
_TERM = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Span:
    """The days that are looked at; `words` end a sentence: `in 12 months`."""

    first: date
    last: date
    until: date
    months: int
    words: str


def span() -> Span:
    """The days that the address names: twelve months up to today when it names none."""
    within = request.args.get("within", "")
    if within:
        if within not in WITHIN:
            abort(400, "within must be week or month.")
        return lately(WITHIN[within])
    until, months = _day("until"), request.args.get("months", "12")
    if months not in map(str, MONTHS):
        abort(400, f"months must be {', '.join(map(str, MONTHS[:-1]))} or {MONTHS[-1]}.")
    last = until or today()
    first = months_on(last, -int(months)) + timedelta(days=1)
    long = plural(int(months), "month")
    if last == today():
        return Span(first, last + AHEAD, last, int(months), f"in {long}")
    return Span(first, last, last, int(months), f"in the {long} to {long_day(last)}")


def lately(days: int) -> Span:
    """So many days up to today."""
    first = today() - timedelta(days=days - 1)
    return Span(first, today() + AHEAD, today(), 12, f"in {plural(days, 'day')}")


def wanted() -> Wanted:
    """Which works the address names."""
    person = request.args.get("person", "")
    if person and not forms.is_key(person):
        abort(400, "person must be a number.")
    return Wanted(
        persona=_term("persona"),
        topic=_term("topic"),
        format=_choice("format", Format),
        person=int(person) if person else None,
        platform=_choice("platform", Platform),
    )


def chosen() -> dict[str, str]:
    """What the address says, field by field, for the next address."""
    return {name: value for name in FIELDS if (value := request.args.get(name, ""))}


def but_days() -> dict[str, str]:
    """The same without what it says of days."""
    return {name: value for name, value in chosen().items() if name not in DAYS}


def fields(of: Wanted) -> dict[str, str]:
    """Which works, and the days that this address names, for the address of another page."""
    days = {name: value for name, value in chosen().items() if name in DAYS}
    said = {"persona": of.persona, "topic": of.topic, "format": of.format, "platform": of.platform}
    return days | {name: value for name, value in said.items() if value}


def page(works: Sequence[Work]) -> tuple[Sequence[Work], str]:
    """The works of the page that the address names, and where the next one begins."""
    before = paging.read(request.args.get("before", ""))
    rest = [one for one in works if before is None or (one.day, one.id) < before]
    return rest[:PAGE], paging.place(rest[PAGE - 1].day, rest[PAGE - 1].id) if len(rest) > PAGE else ""


def _term(name: str) -> str:
    said = request.args.get(name, "")
    if said and not _TERM.fullmatch(said):
        abort(400, f"{name} must be one of the vocabulary, by its id.")
    return said


def _choice(name: str, words: type[Choice]) -> str:
    said = request.args.get(name, "")
    if said not in ("", *words):
        abort(400, f"{name} must be {', '.join(words)} or nothing.")
    return said


def _day(name: str) -> date | None:
    said = request.args.get(name, "").strip()
    try:
        day = date.fromisoformat(said) if said else None
    except ValueError:
        day = date.min
    if day is not None and not 1995 <= day.year <= 2200:
        abort(400, f"Give {name} as a day like 2026-11-23.")
    return day
