"""One class: who gave it, who was there, and what those who were there said of it."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from advocacy import asking, attending, class_display, class_form, forms, holding
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.domain.feedback import BadFigures, Figures, check
from advocacy.domain.names import names
from advocacy.domain.training import ClassState, How, Presence
from advocacy.entry import Entry
from advocacy.feeds.calendar import TYPE, calendar
from advocacy.flashes import Undo, say
from advocacy.letters import sending
from advocacy.milestones import trainings as milestones
from advocacy.models import colleagues, db, happenings, roster
from advocacy.models.base import Missing
from advocacy.models.trainings import attendance, class_answers, class_feedback, classes, seats, trainers
from advocacy.models.trainings.classes import Class
from advocacy.models.trainings.seen import seen
from advocacy.running import in_force

bp = Blueprint("classes", __name__, url_prefix="/classes")


@bp.get("/<int:class_id>")
@signed_in
def show(class_id: int) -> str:
    """What was it, and was I there?"""
    return _page(seen(class_id, me().id), _stated(class_id))


@bp.get("/<int:class_id>/class.ics")
@signed_in
def as_calendar(class_id: int) -> Response:
    """It alone, for a calendar that is no subscriber."""
    one = seen(class_id, me().id)
    if one.day is None or one.noted:
        raise Missing("there is no day to put into a calendar")
    answer = Response(calendar(one.title, [happenings.of_class(one)]), content_type=TYPE)
    answer.headers["Content-Disposition"] = f"attachment; filename=class-{class_id}.ics"
    return answer


@bp.post("/<int:class_id>/me")
@signed_in
def attend(class_id: int) -> Response:
    """Say that I was there, was not, or am going; empty takes my word back."""
    one, said = seen(class_id, me().id), forms.choice("presence", Presence)
    if said is Presence.INVITED or (said is Presence.ATTENDED and one.state is not ClassState.HELD):
        abort(400, "It was not held yet: say that you are going.")
    attending.say(one, me().id, said, now(), in_force())
    db.session.commit()
    undo = Undo(url_for(".attend", class_id=class_id), {"presence": ""}) if said else None
    say(_said(one, said) if said else "Taken back.", undo)
    still = one.by_id == me().id or one.state is ClassState.PLANNED or attendance.mine(class_id, me().id)
    return _back(class_id) if still else redirect(url_for("trainings.show", list="attended"), 303)


@bp.post("/<int:class_id>/there")
@signed_in
def say_there(class_id: int) -> Response:
    """Say who was there: each of them is asked, and only their own word counts for them."""
    one, ticked = classes.own(class_id, me().id, to_change=True), set(Entry(request.form).many("person"))
    found = [who.person_id for who in attendance.of(one.id) if who.person_id in ticked]
    try:
        found += [colleagues.named(said, me().id).id for said in names(forms.text("names"))]
    except Missing as error:
        say(f"Nobody was noted: {error}")
        return _back(class_id)
    if not found:
        say("Nobody was noted: tick who was there, or give a name.")
        return _back(class_id)
    back = bool(request.form.get("back"))
    for person_id in found:
        if back:
            attendance.take_back(one.id, person_id, by=me().id, now=now())
        else:
            attendance.say(one.id, person_id, Presence.ATTENDED, by=me().id, now=now())
    milestones.tell_class(one, now(), in_force())
    db.session.commit()
    mails = ", ".join(one.email for one in roster.people(found))
    undo = Undo(url_for(".say_there", class_id=class_id), {"names": mails, "back": "" if back else "1"})
    say("Taken back." if back else "Noted: they are asked.", undo)
    return _back(class_id)


@bp.post("/<int:class_id>/state")
@signed_in
def become(class_id: int) -> Response:
    """Say that it was held, or is planned after all."""
    one, state = classes.own(class_id, me().id, to_change=True), forms.choice("state", ClassState)
    day, before, day_before = forms.day_or_none("day") or one.day, one.state, one.day
    if state not in (ClassState.HELD, ClassState.PLANNED) or one.noted:
        abort(400, "state must be held or planned: who calls it off tells those invited, too.")
    if state is ClassState.HELD and (day is None or day > today()):
        say("Give the day on which it was held; it cannot lie ahead.")
        return _back(class_id)
    one.day = day
    holding.become(one, state, by=me().id, now=now(), rules=in_force())
    db.session.commit()
    words = {ClassState.HELD: "It was held.", ClassState.PLANNED: "Planned."}
    fields = {"state": before.value, "day": day_before.isoformat() if day_before else ""}
    say(words[state], Undo(url_for(".become", class_id=class_id), fields))
    return _back(class_id)


@bp.post("/<int:class_id>/answer")
@signed_in
def answer(class_id: int) -> Response | tuple[str, int]:
    """Answer the three questions; only who was there may, and nobody reads who said what."""
    one, entry = seen(class_id, me().id), Entry(request.form)
    mine = attendance.mine(class_id, me().id)
    if mine is None or not asking.may_answer(one, mine):
        raise Missing("only who was there may answer")
    useful = entry.whole("useful", "Choose from 1 to 5.")
    if useful is not None and not 1 <= useful <= 5:
        entry.wrong["useful"] = "Choose from 1 to 5."
    will_use, to_change = entry.words("will_use"), entry.words("to_change")
    if entry.wrong or useful is None:
        return _page(one, _stated(class_id), entry), 422
    if not (mine.own and mine.presence is Presence.ATTENDED):
        attendance.say(one.id, me().id, Presence.ATTENDED, by=me().id, now=now(), how=How.FEEDBACK)
        milestones.tell_attendance(one, me().id, now(), in_force())
    class_answers.give(class_id, me().id, useful, will_use, to_change, now())
    asking.tell_giver(one, now())
    db.session.commit()
    say("Thank you. You may answer anew at any time.")
    return _back(class_id)


@bp.post("/<int:class_id>/feedback")
@signed_in
def state_feedback(class_id: int) -> Response | tuple[str, int]:
    """State the figures of the feedback and what was done about it; no figures take them away."""
    one, entry = classes.own(class_id, me().id, to_change=True), Entry(request.form)
    if not (entry("asked") or entry("answered")):
        class_feedback.drop(class_id)
    else:
        needed = "Give the number."
        asked, answered = entry.whole("asked", needed) or 0, entry.whole("answered", needed) or 0
        said = Figures(asked=asked, answered=answered, score=entry.score("score"), action=entry.words("action"))
        try:
            check(said)
        except BadFigures as error:
            entry.wrong.setdefault("asked", f"{error}".capitalize() + ".")
        if entry.wrong:
            db.session.rollback()
            return _page(seen(class_id, me().id), entry), 422
        class_feedback.state(class_id, said, today(), by=me().id, now=now())
    milestones.tell_feedback(one, now(), in_force())
    db.session.commit()
    say("Kept: it stands on your timeline." if class_feedback.of(class_id) else "Taken away.")
    return _back(class_id)


def _said(one: Class, said: Presence) -> str:
    """What came of somebody's word on themselves."""
    if said is Presence.GOING:
        place = seats.of(one.id).place(me().id)
        return f"Saved: you are number {place} on the waiting list." if place else "Saved: you have a seat."
    if said is Presence.ABSENT:
        return "Saved: you were not there." if one.state is ClassState.HELD else "Saved: you do not come."
    return "Saved: it stands on your timeline."


def _stated(class_id: int) -> Entry:
    """What was stated; else what the attendees' own answers come to, for the giver to state."""
    stated = class_feedback.of(class_id)
    if stated is not None:
        told = {"asked": stated.asked, "answered": stated.answered, "score": stated.score, "action": stated.action}
    else:
        found = class_answers.of(class_id)
        there = [one for one in attendance.of(class_id) if one.presence is Presence.ATTENDED]
        told = {"asked": len(there) or "", "answered": found.count or "", "score": found.mean}
    return Entry(MultiDict({name: "" if value is None else f"{value}" for name, value in told.items()}))


def _page(one: Class, figures: Entry, answering: Entry | None = None) -> str:
    mine, giver = attendance.mine(one.id, me().id), one.by_id == me().id
    who, there = trainers.of(one.id), attendance.of(one.id)
    part = next((each for each in who if each.person_id == me().id), None)
    runs = giver or bool(part and part.taken)
    given = class_answers.mine(one.id, me().id)
    said = {"useful": given.useful, "will_use": given.will_use, "to_change": given.to_change} if given else {}
    return render_template(
        "classes/show.html",
        one=one,
        giver=giver,
        mine=mine,
        part=part,
        runs=runs,
        may_answer=mine is not None and asking.may_answer(one, mine),
        trainers=who,
        there=there if runs else (),
        seating=seats.of(one.id),
        series=classes.siblings(one),
        names={each.person_id: each.name for each in there} if runs else {},
        local=class_display.local(one, me().zone),
        zones=class_display.zones(one) if runs else (),
        clashes=class_display.clashes(one) if runs else 0,
        set_up=sending.is_set_up(),
        over=class_form.is_over(one, now()),
        checking=bool(one.check_in_until and one.check_in_until > now()),
        rules=in_force().rulebook.rules,
        answers=class_answers.of(one.id) if runs else None,
        stated=class_feedback.of(one.id),
        figures=figures,
        answering=answering or Entry(MultiDict({name: f"{value}" for name, value in said.items()})),
        people=colleagues.near(me().id, today()),
        told=milestones.told_of(one, me().id),
        today=today(),
    )


def _back(class_id: int) -> Response:
    return redirect(url_for(".show", class_id=class_id), 303)
