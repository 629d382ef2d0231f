"""Writing down a class that I gave or attended, and asking for one: short forms without a parent object."""

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy import class_form
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.domain.training import ClassState, Origin, Presence
from advocacy.entry import Entry, begun
from advocacy.flashes import say
from advocacy.milestones import trainings as milestones
from advocacy.models import colleagues, db
from advocacy.models.trainings import attendance, classes, requests, trainers
from advocacy.models.trainings.classes import Class
from advocacy.models.trainings.requests import TrainingRequest
from advocacy.running import in_force

bp = Blueprint("teaching", __name__, url_prefix="/trainings")

FIELDS = ("title", "day", "materials", "minutes", "place")
"""What an address may fill in."""


@bp.get("/given")
@signed_in
def given() -> str:
    """What did I teach?"""
    return _form("given", begun(request.args, FIELDS, day=today().isoformat()))


@bp.post("/given")
@signed_in
def log_given() -> Response | tuple[str, int]:
    """Keep it; a co-trainer and those who were there are asked themselves."""
    entry = Entry(request.form)
    day = entry.day("day", until=today(), needed="Give the day it was held.")
    one, beside = _class(entry, day), class_form.people(entry, "trainer", me().id)
    there = class_form.people(entry, "there", me().id)
    if entry.wrong:
        return _form("given", entry), 422
    _keep(one, beside)
    for person_id in there:
        attendance.say(one.id, person_id, Presence.ATTENDED, by=me().id, now=now())
    milestones.tell_class(one, now(), in_force())
    db.session.commit()
    say("Saved: it stands on your timeline as a training given.")
    return redirect(url_for("classes.show", class_id=one.id), 303)


@bp.get("/attended")
@signed_in
def attended() -> str:
    """What did I attend?"""
    return _form("attended", begun(request.args, FIELDS, day=today().isoformat()))


@bp.post("/attended")
@signed_in
def log_attended() -> Response | tuple[str, int]:
    """Keep it, as a note of my own."""
    entry = Entry(request.form)
    one = _class(entry, entry.day("day", until=today(), needed="Give the day."))
    one.noted, one.external, by = True, entry("where") == "external", entry.line("by")
    if entry.wrong:
        return _form("attended", entry), 422
    classes.add(one)
    if by:
        trainers.name(one.id, by, now())
    attendance.say(one.id, me().id, Presence.ATTENDED, by=me().id, now=now())
    milestones.tell_attendance(one, me().id, now(), in_force())
    db.session.commit()
    say("Saved: it stands on your timeline as a training attended.")
    return redirect(url_for("classes.show", class_id=one.id), 303)


@bp.get("/request")
@signed_in
def ask() -> str:
    """What should be taught?"""
    return _form("request", begun(request.args, ("title", "link", "origin", "external")))


@bp.post("/request")
@signed_in
def keep_request() -> Response | tuple[str, int]:
    """Ask for it: everybody sees it, and may vote for it."""
    entry = Entry(request.form)
    one = TrainingRequest(what=entry.line("title", "Say what should be taught."), about=entry.words("about"))
    one.origin, one.link = entry.choice("origin", Origin, Origin.OTHER), entry.link("link")
    one.external, one.offer, one.cost = entry.ticked("external"), entry.line("offer"), entry.line("cost")
    if entry.wrong:
        return _form("request", entry), 422
    one.by_id, one.day, one.created_at, one.touched_at = me().id, today(), now(), now()
    milestones.tell_request(requests.add(one), now(), in_force())
    db.session.commit()
    say("Saved: it stands on the board for everybody, and on your timeline as a need that you raised.")
    return redirect(url_for("trainings.show", list="requests"), 303)


def _class(entry: Entry, day: date | None) -> Class:
    """The class as it was filled in, not kept yet."""
    return class_form.fill(entry, Class(by_id=me().id, state=ClassState.HELD, day=day, created_at=now()))


def _keep(one: Class, beside: list[int]) -> None:
    one.training_id = classes.training(one.title, me().id, now()).id
    classes.add(one)
    trainers.put(one.id, me().id, now(), own=True)
    for person_id in beside:
        trainers.put(one.id, person_id, now())


def _form(name: str, entry: Entry) -> str:
    return render_template(f"trainings/{name}.html", entry=entry, people=colleagues.near(me().id, today()))
