"""The review pack: to look at, to print, and as a file of every form."""

from flask import Blueprint, Response, jsonify, render_template, request

from advocacy.access import signed_in
from advocacy.context import me, now, period
from advocacy.models.board import default_period
from advocacy.review import ambassador
from advocacy.review.gather import Pack, gather
from advocacy.review.markdown import markdown
from advocacy.review.told import COLUMNS, rows, told
from advocacy.running import in_force
from advocacy.sheet import sheet

bp = Blueprint("pack", __name__, url_prefix="/review")


@bp.get("/")
@signed_in
def ask() -> str:
    """What did I do in this period, sentence by sentence?"""
    found = _pack()
    chosen = {"period": found.board.period.label, "counted": "confirmed" if found.confirmed_only else None}
    return render_template("pack/ask.html", pack=found, current=default_period(me(), now()), chosen=chosen)


@bp.get("/pack.md")
@signed_in
def as_markdown() -> Response:
    """The same as Markdown."""
    found = _pack()
    return _file(Response(markdown(found), mimetype="text/markdown"), found, "md")


@bp.get("/pack.json")
@signed_in
def as_json() -> Response:
    """The same for programs."""
    found = _pack()
    return _file(jsonify(told(found)), found, "json")


@bp.get("/pack.csv")
@signed_in
def as_sheet() -> Response:
    """The same for spreadsheets."""
    found = _pack()
    return sheet(_name(found), COLUMNS, rows(found))


@bp.get("/activities.csv")
@signed_in
def activities() -> Response:
    """A row a work, as ambassador programmes ask for it."""
    found = _pack()
    return sheet(f"activities-{found.board.period.label}", ambassador.COLUMNS, ambassador.rows(found))


def _pack() -> Pack:
    return gather(me(), period(), now(), in_force(), confirmed_only=request.args.get("counted") == "confirmed")


def _name(found: Pack) -> str:
    return f"review-{found.board.period.label}"


def _file(answer: Response, found: Pack, ending: str) -> Response:
    answer.headers["Content-Disposition"] = f"attachment; filename={_name(found)}.{ending}"
    return answer
