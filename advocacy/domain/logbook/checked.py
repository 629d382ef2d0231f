"""What was filled in, held against what is asked: what cannot be read is told by field, and nothing is lost."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from advocacy.domain.links import canonical
from advocacy.domain.logbook.kinds import Ask, Field, LogKind
from advocacy.domain.logbook.shapes import SHAPES
from advocacy.domain.normal import storable

_LIMITS = {Ask.WORDS: 10_000, Ask.LINK: 2_000}
_LINE = 300
_FIRST = date(1995, 1, 1)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was said by field, the day (None: none was said), and by field what is to be mended."""

    said: dict[str, str]
    day: date | None
    wrong: dict[str, str]


def check(kind: LogKind, given: Mapping[str, str], today: date, personas: Mapping[str, str]) -> Checked:
    """Read the fields of a kind; a persona (names by id) is kept by its name. A day lies between 1995 and today."""
    said: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for one in SHAPES[kind].fields:
        value = _fit(one, given.get(one.name, ""))
        if problem := _problem(one, value, personas):
            wrong[one.name] = problem
        elif value:
            said[one.name] = _named(value, personas) if one.ask is Ask.PERSONA else value
    if kind is LogKind.POST and not any(given.get(name, "").strip() for name in ("url", "title", "text")):
        wrong["url"] = "Give the link, or say what it was."
    day = _day(given.get("day", "").strip(), today, wrong)
    return Checked(said, day, wrong)


def _fit(one: Field, given: str) -> str:
    value = storable(given.replace("\r\n", "\n"), 20_000).strip()
    if one.ask is Ask.SCORE:
        value = value.replace(",", ".")
    return value if one.ask is Ask.WORDS else " ".join(value.split())


def _problem(one: Field, value: str, personas: Mapping[str, str]) -> str:
    if not value:
        return one.needed
    most = _LIMITS.get(one.ask, _LINE)
    if len(value) > most:
        return f"That is too long: at most {most} characters, these are {len(value)}."
    match one.ask:
        case Ask.LINK if not canonical(value):
            return "Give the whole address, beginning with https://."
        case Ask.NUMBER if not re.fullmatch(r"[0-9]{1,6}", value):
            return "Give the number in digits, like 12."
        case Ask.SCORE if not re.fullmatch(r"[0-5](?:\.[0-9]{1,2})?", value) or float(value) > 5:
            return "Give the rating as a number from 0 to 5, like 4.4."
        case Ask.CHOICE if value not in dict(one.choices):
            return f"Choose one of: {', '.join(dict(one.choices))}."
        case Ask.PERSONA if not _named(value, personas):
            return f"Choose one of: {', '.join(personas.values())}."
    return ""


def _named(value: str, personas: Mapping[str, str]) -> str:
    """The name of a persona that is given by its id or its name."""
    low = value.lower()
    return next((name for key, name in personas.items() if low in (key, name.lower())), "")


def _day(said: str, today: date, wrong: dict[str, str]) -> date | None:
    if not said:
        return None
    try:
        day = date.fromisoformat(said)
    except ValueError:
        wrong["day"] = "Give the day as 2026-11-23."
        return None
    if day > today:
        wrong["day"] = "That day has not come yet: give the day it happened."
    elif day < _FIRST:
        wrong["day"] = "Give a day of this century."
    return day
