"""Planning a class: from a request, a gap, a topic or an earlier one; moved, called off, invited to."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from advocacy import attending, class_form, plan_start
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.domain.class_times import weekly
from advocacy.domain.training import ClassState, RequestState
from advocacy.entry import Entry, begun
from advocacy.flashes import Undo, say
from advocacy.forms import is_key
from advocacy.letters import invitations, sending
from advocacy.milestones import trainings as milestones
from advocacy.models import colleagues, db
from advocacy.models.steps import NotNow
from advocacy.models.trainings import classes, invited, requests, seats, trainers
from advocacy.models.trainings.classes import Class
from advocacy.running import in_force

bp = Blueprint("planning", __name__)

FIELDS = ("title", "day", "hour", "zone", "materials", "minutes", "place", "serves", "trainer", "invite", "capacity")
"""What an address may fill in."""
MOST = 26  #: classes of one series


@dataclass(frozen=True)
class Planned:
    """What a form says beside the class itself."""

    beside: list[int]  #: who teaches
    asked: list[int]  #: who is invited
    times: int
    every: int


@bp.get("/trainings/plan")
@signed_in
def plan() -> str:
    """What will be taught?"""
    usual = {"teach": "1", "zone": me().zone, "times": "1", "every": "1"}
    start = plan_start.of(request.args, me(), now(), in_force())
    return _form(begun(request.args, FIELDS, **{**usual, **start}))


@bp.post("/trainings/plan")
@signed_in
def keep() -> Response | tuple[str, int]:
    """Keep the plan; everybody may see it, and who is named is invited."""
    entry = Entry(request.form)
    one = Class(by_id=me().id, state=ClassState.PLANNED, created_at=now(), sequence=0)
    class_form.plan(entry, one, me().zone, in_force())
    planned = _planned(entry, one)
    if entry.wrong:
        return _form(entry), 422
    made = list(_series(one, planned))
    try:
        for each in made:
            _keep(each, planned, teach=entry.ticked("teach"))
            each.series = made[0].id if len(made) > 1 else None
        if is_key(entry("request")):
            _answer(int(entry("request")), made[0])
    except NotNow as error:
        db.session.rollback()
        entry.wrong[""] = f"Not planned: {error}."
        return _form(entry), 422
    told = sum(_invite(each, planned.asked) for each in made)
    db.session.commit()
    undo = Undo(url_for("planning.call_off", class_id=made[0].id)) if len(made) == 1 else None
    say(_words(made, planned, told), undo)
    return redirect(url_for("classes.show", class_id=made[0].id), 303)


@bp.get("/classes/<int:class_id>/edit")
@signed_in
def edit(class_id: int) -> str:
    """What changes?"""
    one = classes.planned_by(class_id, me().id)
    return render_template("trainings/edit.html", entry=Entry(MultiDict(class_form.told(one))), one=one, zones=_zones())


@bp.post("/classes/<int:class_id>/edit")
@signed_in
def change(class_id: int) -> Response | tuple[str, int]:
    """Keep what changed; who is invited is told when it concerns their calendar."""
    one, entry = classes.planned_by(class_id, me().id, to_change=True), Entry(request.form)
    before, seated = _calendar(one), seats.of(one.id).seated
    with db.session.no_autoflush:
        class_form.plan(entry, one, one.zone or me().zone, in_force())
        one.recording = entry.link("recording")
        if entry.wrong:
            db.session.rollback()
            one = classes.planned_by(class_id, me().id)
            return render_template("trainings/edit.html", entry=entry, one=one, zones=_zones()), 422
    one.training_id = classes.training(one.title, me().id, now()).id
    told = _moved(one) if _calendar(one) != before and one.state is ClassState.PLANNED else 0
    attending.tell_who_moved_up(one, seated, now())
    milestones.tell_class(one, now(), in_force())
    db.session.commit()
    say(f"Kept; {told} of those invited are told by mail." if told else "Kept.")
    return redirect(url_for("classes.show", class_id=class_id), 303)


@bp.post("/classes/<int:class_id>/off")
@signed_in
def call_off(class_id: int) -> Response:
    """It does not take place: it leaves the calendars of those invited, and its request is open again."""
    one = classes.planned_by(class_id, me().id, to_change=True)
    if one.state is not ClassState.PLANNED:
        say("It is not planned any more.")
        return redirect(url_for("classes.show", class_id=class_id), 303)
    one.state, one.sequence = ClassState.CANCELLED, one.sequence + 1
    for wish in requests.of_class(one.id):
        if wish.state is RequestState.PLANNED:
            requests.take_back(wish, now())
    told = invitations.call_off(one, invited.to_tell(one), now()) if sending.is_set_up() else 0
    milestones.tell_class(one, now(), in_force())
    db.session.commit()
    back = Undo(url_for("planning.call_on", class_id=class_id))
    say(f"Called off; {told} of those invited are told by mail." if told else "Called off.", back)
    return redirect(url_for("classes.show", class_id=class_id), 303)


@bp.post("/classes/<int:class_id>/on")
@signed_in
def call_on(class_id: int) -> Response:
    """It takes place after all."""
    one = classes.planned_by(class_id, me().id, to_change=True)
    if one.state is ClassState.CANCELLED:
        one.state = ClassState.PLANNED
        told = _moved(one)
        milestones.tell_class(one, now(), in_force())
        db.session.commit()
        say(f"It takes place; {told} of those invited are told by mail." if told else "It takes place.")
    return redirect(url_for("classes.show", class_id=class_id), 303)


@bp.post("/classes/<int:class_id>/invite")
@signed_in
def invite(class_id: int) -> Response:
    """Invite more people."""
    one, entry = classes.planned_by(class_id, me().id, to_change=True), Entry(request.form)
    found = class_form.people(entry, "invite", me().id)
    if entry.wrong or one.state is not ClassState.PLANNED:
        say(f"Nobody was invited: {entry.wrong.get('invite', 'it is not planned any more')}")
        return redirect(url_for("classes.show", class_id=class_id), 303)
    told = _invite(one, found)
    db.session.commit()
    say(f"Invited; {told} by mail." if told else "Invited: they see it on their own page.")
    return redirect(url_for("classes.show", class_id=class_id), 303)


def _planned(entry: Entry, one: Class) -> Planned:
    times, every = entry.whole("times") or 1, entry.whole("every") or 1
    if not (1 <= times <= MOST and 1 <= every <= 8):
        entry.wrong["times"] = f"Give 1 to {MOST} times, every 1 to 8 weeks."
    elif times > 1 and one.day is None:
        entry.wrong["times"] = "A series needs the day of its first class."
    beside, asked = (class_form.people(entry, name, me().id) for name in ("trainer", "invite"))
    return Planned(beside, asked, times, every)


def _series(one: Class, planned: Planned) -> Iterator[Class]:
    """The class, and those that follow it at the same hour of the clock."""
    yield one
    if one.day is None:
        return
    for day in weekly(one.day, planned.every, planned.times)[1:]:
        told = {**class_form.told(one), "day": day.isoformat()}
        each = Class(by_id=one.by_id, state=one.state, created_at=one.created_at, sequence=0)
        yield class_form.plan(Entry(MultiDict(told)), each, one.zone, in_force())


def _keep(one: Class, planned: Planned, *, teach: bool) -> None:
    one.training_id = classes.training(one.title, me().id, now()).id
    classes.add(one)
    if teach:
        trainers.put(one.id, me().id, now(), own=True)
    for person_id in planned.beside:
        trainers.put(one.id, person_id, now())
    milestones.tell_class(one, now(), in_force())


def _invite(one: Class, person_ids: list[int]) -> int:
    """Note them as invited, and write to them and to who is named to teach; how many letters there are."""
    new = invited.invite(one, person_ids, by=me().id, now=now())
    teach = [who.person_id for who in trainers.of(one.id) if who.person_id and who.taken is None]
    return invitations.invite(one, [*new, *teach], now()) if sending.is_set_up() else 0


def _moved(one: Class) -> int:
    one.sequence += 1
    db.session.flush()
    return invitations.change(one, invited.to_tell(one), now()) if sending.is_set_up() else 0


def _calendar(one: Class) -> tuple[object, ...]:
    """What calendars know of it."""
    return one.title, one.day, one.begins_at, one.minutes, one.place


def _answer(request_id: int, one: Class) -> None:
    """The plan is what becomes of the request."""
    wish = requests.one(request_id, to_change=True)
    requests.become(wish, RequestState.PLANNED, "", by=me().id, now=now())
    wish.class_id = one.id


def _words(made: list[Class], planned: Planned, told: int) -> str:
    words = f"Planned, {len(made)} times." if len(made) > 1 else "Planned."
    if told:
        return f"{words} {told} {'letters are' if told > 1 else 'letter is'} on the way."
    return f"{words} Who is invited sees it on their own page." if planned.asked else words


def _zones() -> list[str]:
    return sorted({me().zone, "UTC", *(one.zone for one in colleagues.people_near(me().id, today()))})


def _form(entry: Entry) -> str:
    return render_template(
        "trainings/plan.html",
        entry=entry,
        people=colleagues.near(me().id, today()),
        zones=_zones(),
        set_up=sending.is_set_up(),
        rules=in_force().rulebook.rules,
    )
