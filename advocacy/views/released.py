"""What others see of a person: what is confirmed and released, by sentence for the lead, as a list for others."""

from flask import Blueprint, abort, render_template, request

from advocacy.access import signed_in
from advocacy.context import me, now, period, today
from advocacy.models import audience, leadership, looks, profile, roster
from advocacy.models.audience import Audience
from advocacy.models.base import Missing
from advocacy.models.board import default_period
from advocacy.models.public_voice import places
from advocacy.models.words import Capability
from advocacy.review.gather import gather
from advocacy.running import in_force

bp = Blueprint("released", __name__, url_prefix="/people")


@bp.get("/")
@signed_in
def people() -> str:
    """Whose released things may I look at?"""
    led = leadership.led_by(me().id, today())
    listed = profile.listed() if me().can(Capability.MARKETING) else {}
    return render_template("released/people.html", led=led, listed=listed)


@bp.get("/<int:person_id>/released")
@signed_in
def show(person_id: int) -> str:
    """What did this person release to me; or, of one's own: what do they see?"""
    person, looker = roster.by_id(person_id), audience.of(me(), person_id, today())
    stretch, own = period(), looker is Audience.OWNER
    seen = _as() if own else looker
    if seen is Audience.EVERYBODY and not own:
        raise Missing("there is nothing here for you")
    if not own:
        looks.note(me().id, person.id, seen, f"what was released of {stretch.label}", now())
    found = gather(person, stretch, now(), in_force(), confirmed_only=True, audience=seen)
    return render_template(
        "released/show.html",
        pack=found,
        person=person,
        seen=seen,
        own=own,
        quiet=places.quiet([one.activity_id for one in found.works]),
        current=default_period(me(), now()),
    )


def _as() -> Audience:
    said = request.args.get("as", Audience.LEAD)
    if said not in (Audience.LEAD, Audience.MARKETING, Audience.EVERYBODY):
        abort(400, "View it as lead, marketing or everybody.")
    return Audience(said)
