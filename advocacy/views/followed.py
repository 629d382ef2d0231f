"""Proposals of the company: those that their owners let me follow, to see and never to change."""

from flask import Blueprint, Response, abort, render_template, request

from advocacy import paging
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.domain.proposal import ProposalState
from advocacy.forms import is_key
from advocacy.models import looks
from advocacy.models.talks import followed
from advocacy.models.talks.followed import Look
from advocacy.sheet import sheet

bp = Blueprint("followed", __name__, url_prefix="/proposals")

COLUMNS = ("day", "state", "title", "event", "event_starts", "cfp_closes", "person")
FILTERS = ("person", "state", "event", "words", "closes")


@bp.get("")
@signed_in
def show() -> str:
    """What is on its way to which event, as far as I may follow it?"""
    look = _look()
    rows, is_more = followed.page(me(), today(), look)
    looks.note_each(me(), [one.owner_id for one in rows], "proposals that you let others follow", today(), now())
    return render_template(
        "followed/show.html",
        rows=rows,
        number=followed.number(me(), today(), look),
        older=paging.place(rows[-1].day, rows[-1].id) if is_more else "",
        people=followed.people(me(), today()),
        chosen=_chosen(),
        today=today(),
    )


@bp.get("/proposals.csv")
@signed_in
def as_sheet() -> Response:
    """The proposals of this view, to their end."""
    rows, _ = followed.page(me(), today(), _look(), everything=True)
    looks.note_each(me(), [one.owner_id for one in rows], "proposals that you let others follow", today(), now())
    told = ((r.day, r.state, r.title, r.event, r.starts, r.cfp_closes, r.owner) for r in rows)
    return sheet("proposals", COLUMNS, told)


def _chosen() -> dict[str, str]:
    return {name: said for name in FILTERS if (said := request.args.get(name, "").strip())}


def _look() -> Look:
    said = _chosen()
    state = said.get("state", "")
    if state not in ("", *ProposalState):
        abort(400, f"state must be {', '.join(ProposalState)} or nothing.")
    for name in ("person", "closes"):
        if not is_key(said.get(name, "0")):
            abort(400, f"{name} must be a number.")
    return Look(
        person=int(said["person"]) if "person" in said else None,
        state=ProposalState(state) if state else None,
        event=said.get("event", ""),
        words=said.get("words", ""),
        closes=min(int(said["closes"]), 3660) if "closes" in said else None,
        after=paging.read(request.args.get("after", "")),
    )
