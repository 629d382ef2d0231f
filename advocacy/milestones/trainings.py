"""Classes, attendance, plans, requests and feedback on the timelines of those who did them."""

from dataclasses import replace
from datetime import date, datetime

from advocacy import recording
from advocacy.domain import training_words as words
from advocacy.domain.period import day_of
from advocacy.domain.training import ClassState, Presence
from advocacy.milestones.standing import number, retract
from advocacy.models import db, offers
from advocacy.models.people import Person
from advocacy.models.trainings import attendance, class_feedback, trainers
from advocacy.models.trainings.classes import Class
from advocacy.models.trainings.requests import TrainingRequest
from advocacy.models.words import Part
from advocacy.rules import Rules


def tell_class(one: Class, now: datetime, rules: Rules) -> None:
    """Let the timelines of those who give it say that it was held, and its planner's that it was planned.

    Who plans without teaching has given nothing: until a trainer says so themselves, nobody has.
    """
    by = one.by_id
    if one.noted or by is None:
        return
    here = _held(one, by, one.day or date.min)
    givers = _givers(one)
    if one.state is not ClassState.HELD or not givers:
        retract(f"class:{one.id}")
    if one.state is not ClassState.HELD or by not in givers:
        _tell_plan(one, by, here, now, rules)
    if one.state is ClassState.HELD and givers:
        _tell_held(one, here, givers, now, rules)


def _givers(one: Class) -> dict[int, Part]:
    """Who says of themselves that they give it: the planner first, the others beside."""
    own = [who.person_id for who in trainers.of(one.id) if who.person_id and who.own]
    first = one.by_id if one.by_id in own else next(iter(own), None)
    return {person_id: Part.AUTHOR if person_id == first else Part.CO_SPEAKER for person_id in own}


def _tell_held(one: Class, here: words.Held, givers: dict[int, Part], now: datetime, rules: Rules) -> None:
    people = sum(who.presence is Presence.ATTENDED for who in attendance.of(one.id))
    activity_id = recording.record(words.given(replace(here, attended=people)), givers, now, rules)
    for who in trainers.of(one.id):
        if who.person_id is None or who.person_id in givers:
            continue
        if who.taken is False:
            recording.leave(activity_id, who.person_id)
        else:
            told = f"You gave it, too: {one.title}"
            offer = offers.offer(activity_id, who.person_id, Part.CO_SPEAKER, told, by=one.by_id or 0, now=now)
            trainers.asked(who.id, offer)


def _tell_plan(one: Class, by: int, here: words.Held, now: datetime, rules: Rules) -> None:
    if one.state is ClassState.CANCELLED:
        retract(f"planned:{one.id}")
        return
    made = replace(here, day=day_of(one.created_at, here.zone))
    recording.record(words.planned(made, one.day), {by: Part.AUTHOR}, now, rules)


def tell_attendance(one: Class, person_id: int, now: datetime, rules: Rules) -> None:
    """Only one's own word that one was there puts it on one's timeline."""
    said = attendance.mine(one.id, person_id)
    there = said is not None and said.own and said.presence is Presence.ATTENDED
    if there and one.day is not None and one.state is ClassState.HELD:
        activity = words.attended(_held(one, person_id, one.day), person_id)
        recording.record(activity, {person_id: Part.AUTHOR}, now, rules)
    else:
        retract(f"attended:{one.id}:{person_id}")


def tell_feedback(one: Class, now: datetime, rules: Rules) -> None:
    """The figures of a class, if there are any."""
    found = class_feedback.of(one.id)
    if found is None or one.day is None or one.by_id is None:
        retract(f"feedback:{one.id}")
        return
    activity = words.feedback(_held(one, one.by_id, one.day), class_feedback.figures(found), found.day)
    recording.record(activity, {one.by_id: Part.AUTHOR}, now, rules)


def tell_request(one: TrainingRequest, now: datetime, rules: Rules) -> None:
    """That it was asked for, for whoever asked."""
    if one.by_id is not None:
        zone = db.session.get_one(Person, one.by_id).zone
        activity = words.request(one.id, one.what, one.about, one.origin, one.link, one.day, zone)
        recording.record(activity, {one.by_id: Part.AUTHOR}, now, rules)


def told_of(one: Class, person_id: int) -> int | None:
    """The activity on the person's own timeline that the class stands behind, if there is one."""
    mine = f"class:{one.id}" if one.by_id == person_id and not one.noted else f"attended:{one.id}:{person_id}"
    return number(mine)


def _held(one: Class, person_id: int, day: date) -> words.Held:
    return words.Held(
        id=one.id,
        title=one.title,
        day=day,
        zone=db.session.get_one(Person, person_id).zone,
        about=one.about,
        place=one.place,
        materials=one.materials,
        minutes=one.minutes,
        trainers=tuple(who.name for who in trainers.of(one.id) if who.confirmed),
        external=one.external,
        with_support=one.with_support,
    )
