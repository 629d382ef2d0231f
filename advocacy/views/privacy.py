"""Who sees what of me, who looked, and what the program may do with my things."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from advocacy import forms, paging
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.flashes import Undo, say
from advocacy.models import db, judging, leadership, looks
from advocacy.models.release import rules, seen
from advocacy.models.words import Judging
from advocacy.rejudge import rejudge
from advocacy.running import in_force
from advocacy.sheet import sheet

bp = Blueprint("privacy", __name__, url_prefix="/privacy")

SHOWN = 20  #: looks on the page itself
PAGE = 100
CHOSEN = {
    Judging.AUTOMATIC: "Your items are judged by the rules again; what they are sure of counts.",
    Judging.ASK: "Nothing counts by itself any more: the rules suggest, and you say.",
    Judging.OFF: "Nothing of yours is judged any more. It is stored, and what you attach yourself counts.",
}


@bp.get("/")
@signed_in
def show() -> str:
    """Who can see what, who looked, and how do I change it?"""
    return render_template(
        "privacy/show.html",
        shares=seen.shares(me().id),
        total=seen.total(me().id),
        leads=leadership.leads_of(me().id, today()),
        marketing=seen.marketing(me().id),
        rules=rules.standing(me().id),
        looks=looks.at(me().id, limit=SHOWN),
        looked=looks.count(me().id),
    )


@bp.get("/looks")
@signed_in
def looked() -> str:
    """Who looked at what I released, and when?"""
    found = looks.at(me().id, before=_before(), limit=PAGE + 1)
    older = found[PAGE - 1].id if len(found) > PAGE else None
    return render_template("privacy/looked.html", looks=found[:PAGE], count=looks.count(me().id), older=older)


@bp.get("/looks.csv")
@signed_in
def looked_sheet() -> Response:
    """The same for spreadsheets."""
    rows = ((one.at.isoformat(), one.who or "", one.audience, one.what) for one in looks.at(me().id))
    return sheet("who-looked", ("at", "who", "as", "at what"), rows)


@bp.post("/judging")
@signed_in
def judge() -> Answer:
    """Say whether the rules judge my things."""
    choice, before = forms.choice("judging", Judging), me().judging
    if choice is None:
        abort(400, "Choose whether your items are judged.")
    if judging.choose(me(), choice, now()):
        rejudge(me().id, in_force())
        say(CHOSEN[choice], Undo(url_for(".judge"), {"judging": before.value}))
    db.session.commit()
    return redirect(url_for(".show", _anchor="judging"), 303)


def _before() -> int | None:
    words = request.args.get("before", "")
    if words and not forms.is_key(words):
        paging.refuse()
    return int(words) if words else None
