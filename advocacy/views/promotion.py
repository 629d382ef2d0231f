"""Please do not promote: a person's word on one item of theirs, or on all of them; what is released stays released."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from advocacy.access import signed_in
from advocacy.context import me
from advocacy.flashes import Undo, say
from advocacy.models import db
from advocacy.models.public_voice import wishes

bp = Blueprint("promotion", __name__, url_prefix="/privacy")


@bp.post("/items/<int:activity_id>/promotion")
@signed_in
def say_of_one(activity_id: int) -> Response:
    """Ask not to promote an item, or allow it again."""
    quiet, back = _quiet(), request.form.get("back", "")
    wishes.say(me().id, activity_id, quiet=quiet)
    db.session.commit()
    words = "Marketing is asked not to promote this; whoever you released it to still sees it."
    undo = Undo(url_for(".say_of_one", activity_id=activity_id), {"quiet": int(not quiet), "back": back})
    say(words if quiet else "It may be promoted again, once it is released.", undo)
    if back == "released":
        there: dict[str, Any] = {"person_id": me().id, "as": "marketing"}
        return redirect(url_for("released.show", **there), 303)
    return redirect(url_for("activities.show", activity_id=activity_id, _anchor="promotion"), 303)


@bp.post("/promotion")
@signed_in
def say_of_all() -> Response:
    """Ask not to promote anything of mine, or allow it again."""
    quiet = _quiet()
    wishes.say_of_all(me().id, quiet=quiet)
    db.session.commit()
    words = "Marketing is asked to promote nothing of yours; whoever you released it to still sees it."
    undo = Undo(url_for(".say_of_all"), {"quiet": int(not quiet)})
    say(words if quiet else "What you released may be promoted, but for items of which you said no.", undo)
    return redirect(url_for("release.show", _anchor="promotion"), 303)


def _quiet() -> bool:
    return request.form.get("quiet", "1") == "1"
