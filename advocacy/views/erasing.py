"""I leave, and all that is mine alone goes with me."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy.access import signed_in
from advocacy.context import me, now
from advocacy.flashes import say
from advocacy.models import db, person_erasure

bp = Blueprint("erasing", __name__, url_prefix="/privacy/erase")


@bp.get("/")
@signed_in
def ask() -> str:
    """What would go, and what would stay?"""
    return _page(problem=False)


@bp.post("/")
@signed_in
def erase() -> Response | tuple[str, int]:
    """Erase me, once my own address stands in the field; there is no undo."""
    if request.form.get("confirm", "").strip().lower() != me().email:
        return _page(problem=True), 422
    person_erasure.erase_person(me(), now())
    db.session.commit()
    say("You are erased. Backups hold you until they are deleted; whoever runs this knows when.")
    return redirect(url_for("logins.sign_in"), 303)


def _page(*, problem: bool) -> str:
    would, typed = person_erasure.would_go(me().id), request.form.get("confirm", "")
    return render_template("erasing/ask.html", would=would, typed=typed, problem=problem)
