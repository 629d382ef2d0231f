"""Files of events read into the company's calendar: looked at first, then taken in, and taken back."""

import zlib
from base64 import b64decode, b64encode
from binascii import Error as NoBase64

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy import event_reading, forms
from advocacy.access import needs
from advocacy.context import me, now
from advocacy.display import plural
from advocacy.domain.event_files.told import NoEvents
from advocacy.domain.event_matching import Outcome, Plan
from advocacy.flashes import Undo, say
from advocacy.models import db
from advocacy.models.talks import event_imports
from advocacy.models.words import Capability
from advocacy.running import in_force

bp = Blueprint("event_imports", __name__, url_prefix="/events/import")

SHOWN = 300  #: rows of a preview


@bp.get("")
@needs(Capability.MARKETING)
def ask() -> str:
    """Which file?"""
    return _form("", "")


@bp.post("")
@needs(Capability.MARKETING)
def look() -> str | tuple[str, int]:
    """What would be new, what would change, and which rows cannot be taken? Nothing is kept yet."""
    file, called = request.files.get("file"), forms.text("called", 200)
    name = file.filename.replace("\\", "/").rpartition("/")[2] if file and file.filename else ""
    text = file.read().decode("utf-8-sig", "replace") if file and name else request.form.get("text", "")
    try:
        found = _plan(text, name, called)
    except NoEvents as error:
        return _form(f"{error}", text), 422
    return render_template(
        "event_imports/preview.html",
        plan=found,
        steps=[step for step in found.steps if step.outcome is not Outcome.SAME][:SHOWN],
        shown=SHOWN,
        packed=b64encode(zlib.compress(text.encode())).decode(),
        name=name,
        called=called,
    )


@bp.post("/take")
@needs(Capability.MARKETING)
def take() -> Response | tuple[str, int]:
    """Take it in; what a person typed stays."""
    try:
        text = _unpacked(request.form.get("packed", ""))
        found = _plan(text, forms.text("name", 300), forms.text("called", 200))
    except (NoEvents, NoBase64, UnicodeDecodeError, zlib.error) as error:
        return _form(f"Read it in again: {error}", ""), 422
    one = event_imports.take(found, forms.text("name", 300) or "pasted text", me().id, now())
    db.session.commit()
    say(f"Taken in: {found.words}.", Undo(url_for(".undo", event_import_id=one.id)))
    return redirect(url_for("events.show"), 303)


@bp.post("/<int:event_import_id>/undo")
@needs(Capability.MARKETING)
def undo(event_import_id: int) -> Response:
    """Take back what a file brought, but for what somebody mended since."""
    gone, left = event_imports.undo(event_import_id, now())
    db.session.commit()
    stays = f" {plural(left, 'event')} that somebody mended since stay." if left else ""
    say(f"Taken back: {plural(gone, 'event')} gone, what was changed is as it was.{stays}")
    return redirect(url_for(".ask"), 303)


def _plan(text: str, name: str, called: str) -> Plan:
    return event_reading.plan(event_reading.read(text, name, me().zone, called), name, in_force())


def _unpacked(packed: str) -> str:
    """The text again; one that unpacks to more than any file may hold is refused."""
    unpacking = zlib.decompressobj()
    raw = unpacking.decompress(b64decode(packed, validate=True), 4 * event_reading.LONGEST)
    if unpacking.unconsumed_tail:
        raise NoEvents("it is too long.")
    return raw.decode()


def _form(wrong: str, text: str) -> str:
    return render_template("event_imports/ask.html", wrong=wrong, text=text[:20_000], latest=event_imports.latest())
