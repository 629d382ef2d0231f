"""What the address of a timeline asks for: filters, order, where a page begins; 400 in words for what is none."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from flask import abort, request

from advocacy import forms, paging
from advocacy.domain import asked
from advocacy.domain.activity import Kind, Platform
from advocacy.models.timeline import Item
from advocacy.models.timeline_filter import Filter, Place, State

FIELDS = ("words", "kind", "platform", "channel", "state", "since", "until", "account", "expectation", "order")
_MOMENT = "%Y%m%dT%H%M%S.%f"
Choice = TypeVar("Choice", bound=StrEnum)


class Order(StrEnum):
    """What stands first."""

    BEST = "best"
    NEWEST = "newest"


def order(wanted: Filter) -> Order:
    """The best first where words were asked for, unless the newest is said; without words there is no best."""
    said = _choice("order", Order) or Order.BEST
    return said if wanted.asked.wanted else Order.NEWEST


def wanted() -> Filter:
    """The parts that the address names."""
    return Filter(
        kind=_choice("kind", Kind),
        platform=_choice("platform", Platform),
        state=_choice("state", State),
        account=_key("account"),
        expectation=_key("expectation"),
        since=_day("since"),
        until=_day("until"),
        channel=request.args.get("channel", "").strip(),
        asked=asked.parse(request.args.get("words", "")),
    )


def chosen() -> dict[str, str]:
    """What the address says, field by field, for the next address."""
    return {name: value for name in FIELDS if (value := request.args.get(name, ""))}


def place(item: Item) -> str:
    """Where a page ended, for the address of the next one."""
    return f"{item.at.astimezone(UTC).strftime(_MOMENT)}.{item.activity_id}"


def place_of_best(fits: float, item: Item) -> str:
    """The same where the best stand first."""
    return f"{fits:.1f}_{place(item)}"


def before() -> Place | None:
    """Where the page before ended."""
    words = request.args.get("before", "")
    return _read(words) if words else None


def before_of_best() -> tuple[float, Place] | None:
    """The same where the best stand first."""
    words = request.args.get("before", "")
    if not words:
        return None
    fits, _, rest = words.partition("_")
    if not fits.replace(".", "", 1).isdecimal() or not fits.isascii() or len(fits) > 8:
        paging.refuse()
    return float(fits), _read(rest)


def _read(words: str) -> Place:
    moment, _, number = words.rpartition(".")
    try:
        if not forms.is_key(number):
            raise ValueError(number)
        return datetime.strptime(moment, _MOMENT).replace(tzinfo=UTC), int(number)
    except ValueError:
        paging.refuse()


def _choice(name: str, words: type[Choice]) -> Choice | None:
    said = request.args.get(name, "")
    if said not in ("", *words):
        abort(400, f"{name} must be {', '.join(words)} or nothing.")
    return words(said) if said else None


def _key(name: str) -> int | None:
    said = request.args.get(name, "")
    if said and not forms.is_key(said):
        abort(400, f"{name} must be a number.")
    return int(said) if said else None


def _day(name: str) -> date | None:
    said = request.args.get(name, "").strip()
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        abort(400, "Give the day as 2026-11-23.")
