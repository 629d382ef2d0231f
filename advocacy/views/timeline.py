"""All that a person did, by what they look for: the newest first, or what fits best."""

from collections.abc import Iterator

from flask import Blueprint, Response, render_template

from advocacy import timeline_address as address
from advocacy.access import signed_in
from advocacy.context import me, today
from advocacy.domain.activity import Kind, Platform
from advocacy.domain.relevance import marked
from advocacy.models import timeline_filter
from advocacy.models.timeline import Item
from advocacy.models.timeline_filter import COUNTED, SAMPLE, Filter, State
from advocacy.sheet import sheet
from advocacy.timeline_address import Order

bp = Blueprint("timeline", __name__, url_prefix="/timeline")

PAGE = 50
COLUMNS = ("day", "kind", "platform", "channel", "title", "url", "visibility")


@bp.get("")
@signed_in
def show() -> str:
    """What did I do?"""
    wanted = address.wanted()
    order = address.order(wanted)
    items, older = _best(wanted) if order is Order.BEST else _newest(wanted)
    return render_template(
        "timeline/show.html",
        items=items,
        older=older,
        order=order,
        orders=Order,
        sample=SAMPLE,
        pieces=wanted.asked.wanted,
        marked=marked,
        count=timeline_filter.count(me().id, wanted),
        counted=COUNTED,
        chosen=address.chosen(),
        kinds=Kind,
        platforms=Platform,
        states=State,
        today=today(),
    )


@bp.get("/timeline.csv")
@signed_in
def as_sheet() -> Response:
    """The same list for spreadsheets, to its end."""
    wanted = address.wanted()
    found = _all_best(wanted) if address.order(wanted) is Order.BEST else _all(wanted)
    rows = ((i.day, i.kind, i.platform, i.channel, i.title, i.url, i.visibility) for i in found)
    return sheet("timeline", COLUMNS, rows)


def _newest(wanted: Filter) -> tuple[list[Item], str]:
    """A page, and the place from which the next goes on."""
    found = timeline_filter.page(me().id, wanted, address.before(), PAGE + 1)
    return found[:PAGE], address.place(found[PAGE - 1]) if len(found) > PAGE else ""


def _best(wanted: Filter) -> tuple[list[Item], str]:
    found = timeline_filter.best(me().id, wanted, address.before_of_best(), PAGE + 1)
    last = found[PAGE - 1] if len(found) > PAGE else None
    return [one.item for one in found[:PAGE]], address.place_of_best(last.fits, last.item) if last else ""


def _all(wanted: Filter) -> Iterator[Item]:
    """Everything that the filter leaves, read a page at a time."""
    before = None
    while found := timeline_filter.page(me().id, wanted, before, COUNTED):
        yield from found
        before = found[-1].at, found[-1].activity_id


def _all_best(wanted: Filter) -> Iterator[Item]:
    """Those that are put in order, and after them what is older."""
    ranked = timeline_filter.best(me().id, wanted, None, SAMPLE)
    yield from (one.item for one in ranked)
    if len(ranked) == SAMPLE:
        oldest = min((one.item.at, one.item.activity_id) for one in ranked)
        while found := timeline_filter.page(me().id, wanted, oldest, COUNTED):
            yield from found
            oldest = found[-1].at, found[-1].activity_id
