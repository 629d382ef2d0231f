"""Writing down a class that I gave or attended, planning one, asking for one: short forms without a parent object."""

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy import forms
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.domain.names import names
from advocacy.domain.training import ClassState, Origin, Presence, RequestState
from advocacy.entry import Entry, begun
from advocacy.flashes import Undo, say
from advocacy.milestones import trainings as milestones
from advocacy.models import colleagues, db
from advocacy.models.base import Missing
from advocacy.models.trainings import attendance, classes, requests, trainers
from advocacy.models.trainings.classes import Class
from advocacy.models.trainings.requests import NotNow, TrainingRequest
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
    one, beside, there = _class(entry, ClassState.HELD, day), _people(entry, "trainer"), _people(entry, "there")
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
    one = _class(entry, ClassState.HELD, entry.day("day", until=today(), needed="Give the day."))
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


@bp.get("/plan")
@signed_in
def plan() -> str:
    """What will be taught?"""
    said = request.args.get("request", "")
    filled = {"request": said, "title": requests.one(int(said)).what} if forms.is_key(said) else {}
    return _form("plan", begun(request.args, FIELDS, **filled))


@bp.post("/plan")
@signed_in
def keep_plan() -> Response | tuple[str, int]:
    """Keep the plan; everybody may see it."""
    entry = Entry(request.form)
    one, beside = _class(entry, ClassState.PLANNED, entry.day("day")), _people(entry, "trainer")
    if entry.wrong:
        return _form("plan", entry), 422
    _keep(one, beside)
    if forms.is_key(entry("request")):
        try:
            _answer(int(entry("request")), one)
        except NotNow as error:
            db.session.rollback()
            entry.wrong[""] = f"Not planned: {error}."
            return _form("plan", entry), 422
    milestones.tell_class(one, now(), in_force())
    db.session.commit()
    say("Planned.", Undo(url_for("classes.become", class_id=one.id), {"state": ClassState.CANCELLED.value}))
    return redirect(url_for("classes.show", class_id=one.id), 303)


@bp.get("/request")
@signed_in
def ask() -> str:
    """What should be taught?"""
    return _form("request", begun(request.args, ("title", "link")))


@bp.post("/request")
@signed_in
def keep_request() -> Response | tuple[str, int]:
    """Ask for it: everybody sees it, and may vote for it."""
    entry = Entry(request.form)
    one = TrainingRequest(what=entry.line("title", "Say what should be taught."), about=entry.words("about"))
    one.origin, one.link = entry.choice("origin", Origin, Origin.OTHER), entry.link("link")
    if entry.wrong:
        return _form("request", entry), 422
    one.by_id, one.day, one.created_at, one.touched_at = me().id, today(), now(), now()
    milestones.tell_request(requests.add(one), now(), in_force())
    db.session.commit()
    say("Saved: it stands on the board for everybody, and on your timeline as a need that you raised.")
    return redirect(url_for("trainings.show", list="requests"), 303)


def _class(entry: Entry, state: ClassState, day: date | None) -> Class:
    """The class as it was filled in, not kept yet."""
    return Class(
        by_id=me().id,
        state=state,
        day=day,
        title=entry.line("title", "Say what it was about."),
        minutes=entry.whole("minutes"),
        place=entry.line("place"),
        materials=entry.link("materials"),
        about=entry.words("about"),
        with_support=entry.ticked("with_support"),
        created_at=now(),
    )


def _keep(one: Class, beside: list[int]) -> None:
    one.training_id = classes.training(one.title, me().id, now()).id
    classes.add(one)
    trainers.put(one.id, me().id, now(), own=True)
    for person_id in beside:
        trainers.put(one.id, person_id, now())


def _answer(request_id: int, one: Class) -> None:
    """The plan is what becomes of the request."""
    wish = requests.one(request_id, to_change=True)
    requests.become(wish, RequestState.PLANNED, "", by=me().id, now=now())
    wish.class_id = one.id


def _people(entry: Entry, name: str) -> list[int]:
    found = []
    for said in names(entry.words(name)):
        try:
            found.append(colleagues.named(said, me().id).id)
        except Missing as error:
            entry.wrong[name] = f"{said}: {error}"
    return found


def _form(name: str, entry: Entry) -> str:
    return render_template(f"trainings/{name}.html", entry=entry, people=colleagues.near(me().id, today()))
