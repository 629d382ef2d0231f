"""All that a person did, newest first, by what they look for."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from flask import Blueprint, Response, abort, render_template, request

from advocacy import forms
from advocacy.access import signed_in
from advocacy.context import me, today
from advocacy.domain import asked
from advocacy.domain.activity import Kind, Platform
from advocacy.models import timeline_filter
from advocacy.models.timeline import Item
from advocacy.models.timeline_filter import COUNTED, Filter, State
from advocacy.sheet import sheet

bp = Blueprint("timeline", __name__, url_prefix="/timeline")

PAGE = 50
COLUMNS = ("day", "kind", "platform", "channel", "title", "url", "visibility")
FIELDS = ("words", "kind", "platform", "channel", "state", "since", "until", "account", "expectation")
Choice = TypeVar("Choice", bound=StrEnum)


@bp.get("")
@signed_in
def show() -> str:
    """What did I do?"""
    wanted = _filter()
    found = timeline_filter.page(me().id, wanted, _before(), PAGE + 1)
    return render_template(
        "timeline/show.html",
        items=found[:PAGE],
        count=timeline_filter.count(me().id, wanted),
        counted=COUNTED,
        chosen={name: value for name in FIELDS if (value := request.args.get(name, ""))},
        older=_place(found[PAGE - 1]) if len(found) > PAGE else "",
        kinds=Kind,
        platforms=Platform,
        states=State,
        today=today(),
    )


@bp.get("/timeline.csv")
@signed_in
def as_sheet() -> Response:
    """The same list for spreadsheets, to its end."""
    rows = ((i.day, i.kind, i.platform, i.channel, i.title, i.url, i.visibility) for i in _all(_filter()))
    return sheet("timeline", COLUMNS, rows)


def _all(wanted: Filter) -> Iterator[Item]:
    """Everything that the filter leaves, read a page at a time."""
    before = None
    while found := timeline_filter.page(me().id, wanted, before, COUNTED):
        yield from found
        before = found[-1].at, found[-1].activity_id


def _filter() -> Filter:
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


def _place(item: Item) -> str:
    return f"{item.at.astimezone(UTC):%Y%m%dT%H%M%S.%f}.{item.activity_id}"


def _before() -> tuple[datetime, int] | None:
    words = request.args.get("before", "")
    if not words:
        return None
    moment, _, number = words.rpartition(".")
    try:
        if not forms.is_key(number):
            raise ValueError(number)
        return datetime.strptime(moment, "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC), int(number)
    except ValueError:
        abort(400, "The address says no place in the list: go back to its first page.")
