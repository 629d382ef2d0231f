"""Before a lead talks with somebody of the team: what is new since they last did."""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from advocacy import forms
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.flashes import Undo, say
from advocacy.models import db, drafts, fresh, leadership, looks, roster, sentences, talking
from advocacy.models.audience import Audience
from advocacy.models.base import Missing
from advocacy.models.board import default_period
from advocacy.models.people import Person

bp = Blueprint("talking", __name__, url_prefix="/people/<int:person_id>/since")

FIRST = timedelta(days=30)  #: what the first talk looks back on


@bp.get("")
@signed_in
def show(person_id: int) -> str:
    """What is new since we talked?"""
    person, last = _led(person_id), talking.last(me().id, person_id)
    since = last.at if last else now() - FIRST
    first = last.day if last else today() - FIRST
    looks.note(me().id, person.id, Audience.LEAD, "what is new since you talked", now())
    told = fresh.voices(person.id, since)
    return render_template(
        "talking/show.html",
        person=person,
        last=last,
        first=first,
        groups=fresh.by_sentence(fresh.pieces(person.id, since, first)),
        asked=fresh.requests(person.id, since),
        voices=told,
        texts={one.expectation_id: one.text for one in sentences.of_roles(person.id)} if told else {},
        drafts=[one for one in drafts.written_by([person.id]) if one.reviewer_id == me().id],
        period=default_period(person, now()),
        today=today(),
    )


@bp.post("")
@signed_in
def talked(person_id: int) -> Response:
    """We talked, today or that day."""
    person, day = _led(person_id), forms.day_or_none("day") or today()
    if day > today():
        say("That day has not come yet: say it when you have talked.")
    else:
        at = now() if day == today() else datetime.combine(day, datetime.max.time(), tzinfo=UTC)
        one = talking.note(me().id, person.id, day, min(at, now()))
        db.session.commit()
        back = Undo(url_for(".take_back", person_id=person_id), {"conversation": one.id})
        say("Noted: from now on this page shows what is new since then.", back)
    return redirect(url_for(".show", person_id=person_id), 303)


@bp.post("/back")
@signed_in
def take_back(person_id: int) -> Response:
    """We did not talk, after all."""
    talking.take_back(forms.number("conversation"), me().id, _led(person_id).id)
    db.session.commit()
    say("Taken back.")
    return redirect(url_for(".show", person_id=person_id), 303)


def _led(person_id: int) -> Person:
    if not leadership.leads(me().id, person_id, today()):
        raise Missing("there is nobody of that number whom you lead")
    return roster.by_id(person_id)
