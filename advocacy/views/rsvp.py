"""The answer to an invitation by the address that stands in its letter, without signing in."""

from flask import Blueprint, abort, render_template

from advocacy import attending, class_form, forms
from advocacy.access import public
from advocacy.context import now
from advocacy.domain.training import ClassState, Presence
from advocacy.letters.invitations import when
from advocacy.letters.rsvp import answered
from advocacy.models import db, roster
from advocacy.models.base import Missing
from advocacy.models.people import Person
from advocacy.models.trainings import attendance, seats
from advocacy.models.trainings.classes import Class
from advocacy.running import in_force

bp = Blueprint("rsvp", __name__, url_prefix="/rsvp")


@bp.get("/<token>")
@public
def ask(token: str) -> str:
    """A page with two buttons: reading an address changes nothing, for programs read what is in letters, too."""
    one, person = _of(token)
    return _page(token, one, person)


@bp.post("/<token>")
@public
def answer(token: str) -> str:
    """I come, or I do not."""
    (one, person), said = _of(token), forms.choice("presence", Presence)
    if said not in (Presence.GOING, Presence.ABSENT):
        abort(400, "Say going or absent.")
    if one.state is ClassState.PLANNED and not class_form.is_over(one, now()):
        attending.say(one, person.id, said, now(), in_force())
        db.session.commit()
    return _page(token, one, person)


def _of(token: str) -> tuple[Class, Person]:
    class_id, person_id = answered(token)
    one, person = db.session.get(Class, class_id), roster.by_id(person_id)
    mine = attendance.mine(class_id, person_id)
    if one is None or one.noted or person.disabled_at is not None or mine is None:
        raise Missing("there is nothing here")
    return one, person


def _page(token: str, one: Class, person: Person) -> str:
    mine, seating = attendance.mine(one.id, person.id), seats.of(one.id)
    return render_template(
        "rsvp/show.html",
        one=one,
        person=person,
        when=when(one, person.zone),
        mine=mine if mine and mine.own else None,
        place=seating.place(person.id),
        free=seating.free,
        open=one.state is ClassState.PLANNED and not class_form.is_over(one, now()),
        token=token,
    )
