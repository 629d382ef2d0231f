"""Events of the company's calendar written down by hand: added, mended, called off."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from advocacy import event_entry
from advocacy.access import needs
from advocacy.context import now
from advocacy.entry import Entry
from advocacy.flashes import Undo, say
from advocacy.models import db
from advocacy.models.talks import events
from advocacy.models.talks.events import Event
from advocacy.models.words import Capability
from advocacy.running import in_force

bp = Blueprint("event_editing", __name__, url_prefix="/events")


@bp.get("/new")
@needs(Capability.MARKETING)
def ask() -> str:
    """Which event?"""
    return _form(Entry(MultiDict()), None)


@bp.post("/new")
@needs(Capability.MARKETING)
def add() -> Response | tuple[str, int]:
    """Put it into the company's calendar."""
    entry = Entry(request.form)
    values = event_entry.read(entry, in_force().vocabulary)
    there = events.like(values["name"], values["starts"]) if values["name"] else None
    if there is not None:
        entry.wrong["name"] = "An event of that name about that day is in the calendar already: mend that one."
    if entry.wrong:
        return _form(entry, None, there), 422
    made = events.add(values, now(), in_force().vocabulary)
    db.session.commit()
    say(f"{made.name} is in the calendar.", Undo(url_for(".call_off", event_id=made.id), {"off": "1"}))
    return redirect(url_for("events.one", event_id=made.id), 303)


@bp.get("/<int:event_id>/edit")
@needs(Capability.MARKETING)
def edit(event_id: int) -> str:
    """What is to be mended?"""
    one = events.company(event_id)
    return _form(Entry(event_entry.filled(one, in_force().vocabulary)), one)


@bp.post("/<int:event_id>/edit")
@needs(Capability.MARKETING)
def change(event_id: int) -> Response | tuple[str, int]:
    """Keep what was typed; no file that is read in later changes it."""
    one, entry = events.company(event_id), Entry(request.form)
    values = event_entry.read(entry, in_force().vocabulary)
    there = events.like(values["name"], values["starts"], but=one.id) if values["name"] else None
    if there is not None and events.key_of(values["name"]) != one.key:
        entry.wrong["name"] = "Another event of that name about that day is in the calendar already."
    if entry.wrong:
        db.session.rollback()
        return _form(entry, events.company(event_id), there), 422
    events.say(one, values)
    db.session.commit()
    say("Kept. Files that are read in leave alone what you typed.")
    return redirect(url_for("events.one", event_id=event_id), 303)


@bp.post("/<int:event_id>/off")
@needs(Capability.MARKETING)
def call_off(event_id: int) -> Response:
    """It does not take place; or it does after all."""
    one, off = events.company(event_id), request.form.get("off", "1") == "1"
    one.off_at = now() if off else None
    db.session.commit()
    words = f"{one.name} is called off: nobody is reminded of it any more." if off else f"{one.name} takes place."
    say(words, Undo(url_for(".call_off", event_id=event_id), {"off": "0" if off else "1"}))
    return redirect(url_for("events.one", event_id=event_id), 303)


def _form(entry: Entry, event: Event | None, there: Event | None = None) -> str:
    return render_template("event_editing/form.html", entry=entry, event=event, there=there)
