"""Being at a class: who teaches says so, and a word that is shown in the room says who was there."""

import secrets

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy import forms, holding
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.domain import check_in
from advocacy.domain.training import ClassState, How, Presence
from advocacy.flashes import Undo, say
from advocacy.milestones import trainings as milestones
from advocacy.models import db
from advocacy.models.trainings import attendance, classes, trainers
from advocacy.models.trainings.seen import seen
from advocacy.running import in_force

bp = Blueprint("presences", __name__, url_prefix="/classes")


@bp.post("/<int:class_id>/teach")
@signed_in
def teach(class_id: int) -> Response:
    """Say that I give it, or do not."""
    one, gives = seen(class_id, me().id), forms.text("gives") == "yes"
    trainers.answer(one.id, me().id, gives, now())
    milestones.tell_class(one, now(), in_force())
    db.session.commit()
    words = "Saved: you gave it." if one.state is ClassState.HELD else "Saved: you give it."
    say(words if gives else "Saved: you do not give it, and who planned it sees that.")
    return _back(class_id)


@bp.post("/<int:class_id>/check-in")
@signed_in
def open_check_in(class_id: int) -> Response:
    """Show a word in the room for some hours: who types it was there, and says so themselves."""
    one = classes.planned_by(class_id, me().id, to_change=True)
    if one.state is ClassState.CANCELLED or (one.day is not None and one.day > today()):
        say("Its day has not come yet: there is a word on the day itself.")
        return _back(class_id)
    one.day = one.day or today()
    one.check_in, one.check_in_until = check_in.word(secrets.choice), now() + check_in.LASTS
    holding.become(one, ClassState.HELD, by=me().id, now=now(), rules=in_force())
    db.session.commit()
    say("The word stands on this page, for four hours.")
    return _back(class_id)


@bp.get("/check-in")
@signed_in
def ask_word() -> str:
    """Which word do they show?"""
    return render_template("classes/check_in.html", word=request.args.get("word", ""), wrong="")


@bp.post("/check-in")
@signed_in
def say_word() -> Response | tuple[str, int]:
    """I am here: the word of the room says in which class."""
    said = forms.text("word", 100)
    one = classes.by_check_in(check_in.plain(said), now())
    if one is None:
        wrong = "No class shows this word now: look again at its letters, or ask who gives it."
        return render_template("classes/check_in.html", word=said, wrong=wrong), 422
    attendance.say(one.id, me().id, Presence.ATTENDED, by=me().id, now=now(), how=How.CHECK_IN)
    milestones.tell_attendance(one, me().id, now(), in_force())
    db.session.commit()
    say("Saved: it stands on your timeline.", Undo(url_for("classes.attend", class_id=one.id), {"presence": ""}))
    return _back(one.id)


def _back(class_id: int) -> Response:
    return redirect(url_for("classes.show", class_id=class_id), 303)
