"""A calendar from elsewhere read in: its events are shown first, and become classes only where they are ticked."""

from base64 import b64decode, b64encode
from binascii import Error as NoBase64

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.domain.training import ClassState
from advocacy.feeds.reading import BadCalendar, Read, read
from advocacy.flashes import say
from advocacy.milestones import trainings as milestones
from advocacy.models import db
from advocacy.models.trainings import classes, trainers
from advocacy.models.trainings.classes import Class
from advocacy.running import in_force

bp = Blueprint("reading", __name__, url_prefix="/trainings/calendar")


@bp.get("")
@signed_in
def ask() -> str:
    """Which calendar?"""
    return render_template("reading/ask.html", wrong="", text="")


@bp.post("")
@signed_in
def look() -> str | tuple[str, int]:
    """What is in it, and what of it is here already? Nothing is kept yet."""
    file = request.files.get("file")
    text = file.read().decode("utf-8-sig", "replace") if file and file.filename else request.form.get("text", "")
    try:
        found = read(text, me().zone)
    except BadCalendar as error:
        return render_template("reading/ask.html", wrong=f"{error}", text=text[:20_000]), 422
    known = classes.known([_uid(one) for one in found])
    return render_template(
        "reading/preview.html",
        found=[(number, one, _uid(one) in known) for number, one in enumerate(found)],
        packed=b64encode(text.encode()).decode(),
        today=today(),
    )


@bp.post("/take")
@signed_in
def take() -> Response | tuple[str, int]:
    """Keep those that are ticked, as classes to come; what is here already stays as it is."""
    try:
        found = read(b64decode(request.form.get("packed", ""), validate=True).decode(), me().zone)
    except (BadCalendar, NoBase64, UnicodeDecodeError) as error:
        return render_template("reading/ask.html", wrong=f"Read it in again: {error}", text=""), 422
    ticked = {int(one) for one in request.form.getlist("event") if one.isdigit() and len(one) < 6}
    chosen = [one for number, one in enumerate(found) if number in ticked]
    known = classes.known([_uid(one) for one in chosen])
    made = [_keep(one) for one in chosen if _uid(one) not in known]
    db.session.commit()
    say(f"{len(made)} planned; {len(chosen) - len(made)} stood here already." if chosen else "Nothing was ticked.")
    return redirect(url_for("trainings.show", list="planned"), 303)


def _uid(one: Read) -> str:
    """By which it is known here: of one person's calendar each event once."""
    return f"{me().id}:{one.uid}@{one.day.isoformat()}"[:500]


def _keep(one: Read) -> Class:
    made = Class(by_id=me().id, state=ClassState.PLANNED, created_at=now(), title=one.title, day=one.day)
    made.begins_at, made.zone, made.minutes = one.begins_at, me().zone, one.minutes
    made.place, made.about, made.materials, made.origin_uid = one.place, one.about, one.url, _uid(one)
    made.training_id = classes.training(one.title, me().id, now()).id
    made.topics = list(in_force().vocabulary.tag(f"{one.title}\n{one.about}", frozenset()).topics)
    classes.add(made)
    trainers.put(made.id, me().id, now())
    milestones.tell_class(made, now(), in_force())
    return made
