"""A portrait: handed in, described, taken off, taken back; and given to whoever may see it."""

from contextlib import closing
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.wrappers import Response as Answer

from advocacy import headers
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.entry import Entry
from advocacy.flashes import Undo, say
from advocacy.models import audience, db, portraits, profile, roster
from advocacy.models.audience import SEES
from advocacy.models.base import Missing
from advocacy.models.words import Visibility
from advocacy.picture import MOST_BYTES, NotAPicture, portrait

bp = Blueprint("portrait", __name__)

KEPT = 3600  #: seconds for which a browser need not ask again; the address changes with the picture


@bp.get("/people/<int:person_id>/portrait")
@signed_in
def show(person_id: int) -> Answer:
    """The picture itself, for whom its person shows it."""
    person = roster.by_id(person_id)
    seen = audience.of(me(), person_id, today())
    if profile.of(person).seen_by["portrait"] not in SEES[seen]:
        raise Missing("there is no portrait")
    small = request.args.get("size") == "small"
    found = portraits.pictures([person_id], small=small).get(person_id)
    if found is None:
        raise Missing("there is no portrait")
    headers.let_keep(KEPT)
    answer = Response(found[1], mimetype="image/jpeg")
    answer.set_etag(f"{found[0]}-{'small' if small else 'large'}")
    return answer.make_conditional(request)


@bp.get("/profile/portrait")
@signed_in
def ask() -> str:
    """Which picture shall stand there?"""
    face = portraits.of(me().id)
    said = {"alt": face.alt, "credit": face.credit} if face else {"alt": f"Portrait of {me().name}"}
    return _form(Entry(MultiDict(said)))


@bp.post("/profile/portrait")
@signed_in
def put() -> Answer | tuple[str, int]:
    """Keep the picture, or other words for the one that stands."""
    entry, file = Entry(request.form), request.files.get("file")
    alt = entry.line("alt", "Say in some words what is seen, for who does not see the picture.")
    credit, sizes = entry.line("credit"), _sizes(file, entry) if file and file.filename else None
    if not sizes and portraits.of(me().id) is None:
        entry.wrong.setdefault("file", "Choose a picture.")
    if entry.wrong:
        return _form(entry), 422
    if sizes:
        portraits.put(me().id, sizes, alt, credit, now())
    else:
        portraits.describe(me().id, alt, credit)
    db.session.commit()
    hidden = profile.of(me()).seen_by["portrait"] is Visibility.PRIVATE
    tail = " Nobody else sees it until you show it to somebody, under Edit." if hidden else ""
    say(f"Kept.{tail}", Undo(url_for(".undo")) if sizes else None)
    return redirect(url_for("profile.show"), 303)


@bp.post("/profile/portrait/remove")
@signed_in
def remove() -> Answer:
    """Take it off."""
    portraits.remove(me().id, now())
    db.session.commit()
    say("The portrait is taken off. For a day it can be taken back; then it is gone.", Undo(url_for(".undo")))
    return redirect(url_for("profile.show"), 303)


@bp.post("/profile/portrait/undo")
@signed_in
def undo() -> Answer:
    """Let the one before stand again."""
    portraits.take_back(me().id)
    db.session.commit()
    say("Taken back.")
    return redirect(url_for("profile.show"), 303)


def _sizes(file: FileStorage, entry: Entry) -> tuple[bytes, bytes] | None:
    """The portrait of a file; why it cannot be one is told beside its field."""
    try:
        with closing(file):
            return portrait(file.stream.read(MOST_BYTES + 1))
    except NotAPicture as error:
        entry.wrong["file"] = f"{error}"
        return None


def _form(entry: Any) -> str:
    face, seen_by = portraits.of(me().id), profile.of(me()).seen_by["portrait"]
    return render_template("portrait/form.html", entry=entry, face=face, seen_by=seen_by, most=MOST_BYTES // 2**20)
