"""The operator's pages: is everything being read, and what can be done about what is not?"""

from urllib.parse import urlencode

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from advocacy.access import needs
from advocacy.context import me, now
from advocacy.domain.health import Health
from advocacy.models import db, jobs, polled
from advocacy.models.operation import operation
from advocacy.models.polled import SORTS, Look
from advocacy.models.words import Capability
from advocacy.sheet import sheet

bp = Blueprint("admin", __name__, url_prefix="/admin")

COLUMNS = ("state", "platform", "address", "title", "since", "failures", "error", "last good", "next", "readers")


@bp.get("/sources")
@needs(Capability.ADMIN)
def sources() -> str:
    """Which addresses are read well, which are not, and does a worker run at all?"""
    look = _look()
    rows, is_more = polled.page(look, me().zone, now())
    return render_template(
        "admin/sources.html",
        look=look,
        rows=rows,
        counts=polled.counts(),
        operation=operation(now()),
        following=_link(look, f"{rows[-1].id}~{rows[-1].key}") if is_more else "",
        link=lambda **other: _link(look, **other),
    )


@bp.get("/sources.csv")
@needs(Capability.ADMIN)
def sources_sheet() -> Response:
    """The same list, all of it, as a file."""
    rows, _ = polled.page(_look(), me().zone, now(), size=None)
    cells = [
        (row.state.value, row.platform.value, row.address, row.title, row.since.isoformat(), row.failures, row.error)
        + (row.last_ok_at and row.last_ok_at.isoformat(), row.next_due and row.next_due.isoformat(), row.readers)
        for row in rows
    ]
    return sheet("sources", COLUMNS, cells)


@bp.post("/sources/<int:subscription_id>/pull")
@needs(Capability.ADMIN)
def pull(subscription_id: int) -> Answer:
    """Ask the worker to read it now; pressing twice is one pull."""
    address = polled.known(subscription_id).address
    jobs.ask(jobs.PULL, str(subscription_id), {}, me().id, now())
    db.session.commit()
    flash(f"Asked: {address} is read within seconds when a worker runs.")
    return redirect(url_for(".sources", _anchor=f"address-{subscription_id}"), 303)


def _look() -> Look:
    state, sort = request.args.get("state", ""), request.args.get("sort", SORTS[0])
    if (state and state not in set(Health)) or sort not in SORTS:
        abort(400, f"The list can be narrowed to {', '.join(Health)} and sorted by {' or '.join(SORTS)}.")
    last, mark, value = request.args.get("after", "").partition("~")
    if mark and not (last.isdigit() and (sort == "address" or value.isdigit())):
        abort(400, "That is no place in this list; begin at its start.")
    return Look(
        state=Health(state) if state else None,
        words=request.args.get("q", "").strip()[:200],
        sort=sort,
        after=(value, int(last)) if mark else None,
    )


def _link(look: Look, after: str = "", *, endpoint: str = ".sources", **other: str) -> str:
    """The same list with something else chosen, from its start or from a place in it."""
    chosen = {"state": look.state.value if look.state else "", "q": look.words, "sort": look.sort, **other}
    told = {name: value for name, value in chosen.items() if value and (name, value) != ("sort", SORTS[0])}
    place = {"after": after} if after else {}
    query = urlencode(told | place)
    return url_for(endpoint) + (f"?{query}" if query else "")
