"""The raw form of an item that could not be stored: whole JSON within a limit, read again after a fix."""

import json
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from advocacy.domain.activity import Activity, Kind, Platform, Thread, ThreadRole
from advocacy.domain.normal import INT_LIMIT

LIMIT = 32 * 1024  #: bytes
_LONGEST = (20_000, 4_000, 1_000, 100)
"""Characters left of every text, the first with which the whole fits: ASCII texts fit as they are."""
_MANY = 50


class NotAnActivity(ValueError):
    """The raw form is a source's own, or was cut: only reading the address again can mend the item."""


def raw_form(activity: Activity) -> str:
    """An item as ASCII text of at most 32 KB; long texts are cut rather than the form."""
    told = asdict(activity)
    forms = (json.dumps(_short(told, longest), default=str) for longest in _LONGEST)
    return next((form for form in forms if len(form) <= LIMIT), "")


def activity_of(raw: str) -> Activity:
    """The item that was written so; raise NotAnActivity for anything else."""
    try:
        told = json.loads(raw)
        thread = Thread(**{**told["thread"], "role": ThreadRole(told["thread"]["role"])})
        changed = {
            "kind": Kind(told["kind"]),
            "platform": Platform(told["platform"]),
            "at": datetime.fromisoformat(told["at"]),
            "thread": thread,
            "metrics": {name: number for name, number in told["metrics"].items() if isinstance(number, int)},
            "authors": tuple(told["authors"]),
            "shares": tuple(told["shares"]),
        }
        return Activity(**{**{field.name: told[field.name] for field in fields(Activity)}, **changed})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NotAnActivity("it is no activity's raw form") from error


def _short(value: Any, longest: int) -> Any:
    """The value with texts and lists cut, and without numbers that no database takes (JSON would not, either)."""
    if isinstance(value, dict):
        return {_short(name, longest): _short(one, longest) for name, one in list(value.items())[:_MANY]}
    if isinstance(value, list | tuple):
        return [_short(one, longest) for one in value[:_MANY]]
    if isinstance(value, int) and abs(value) > INT_LIMIT:
        return None
    return value[:longest] if isinstance(value, str) else value
