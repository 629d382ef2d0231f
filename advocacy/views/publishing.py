"""My page in the speakers directory: approved as it stands, taken out; and files about me that somebody handed in."""

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from advocacy import profile_file
from advocacy.access import signed_in
from advocacy.context import me, now
from advocacy.flashes import Undo, say
from advocacy.models import db, profile, publishing, speaker_files
from advocacy.models.base import Missing

bp = Blueprint("publishing", __name__, url_prefix="/profile")

TAKE, LEAVE, AGAIN = "take", "leave", "again"


@bp.post("/publish")
@signed_in
def publish() -> Response:
    """Let the page be published as it was shown."""
    stands = publishing.standing(me())
    if not stands.can:
        say("Nothing was published: show your texts or your topics to marketing or to everybody first.")
    elif request.form.get("as_of", "") != stands.mark:
        say("Nothing was published: your profile changed since you opened the page. Look at it, and publish it then.")
    else:
        publishing.approve(me(), now())
        db.session.commit()
        say("Published: you stand in the speakers directory as you see it here.", Undo(url_for("profile.undo")))
    return _back()


@bp.post("/withdraw")
@signed_in
def withdraw() -> Response:
    """Take the page out of the directory."""
    publishing.withdraw(me().id, now())
    db.session.commit()
    say("Taken out: the directory and its next export do not name you.", Undo(url_for("profile.undo")))
    return _back()


@bp.post("/handed/<int:file_id>")
@signed_in
def answer(file_id: int) -> Response:
    """Take a file in that was handed in about me, leave it, or let it wait again."""
    one, said = speaker_files.own(file_id, me().id), request.form.get("answer", "")
    if said not in (TAKE, LEAVE, AGAIN):
        abort(400, "Answer take, leave or again.")
    if (one.answered_at is None) == (said == AGAIN):
        raise Missing("this file was answered already")
    if said == TAKE:
        profile_file.take_in(me(), one.file, now())
    elif said == AGAIN and one.taken:
        profile.take_back(me().id, now())
    one.taken, one.answered_at = said == TAKE, None if said == AGAIN else now()
    db.session.commit()
    words = {TAKE: "Taken in. Who sees each block is as it was.", LEAVE: "Left: your profile is as it was."}
    if said == AGAIN:
        say("Taken back: the file waits for your answer again.")
    else:
        say(words[said], Undo(url_for(".answer", file_id=file_id), {"answer": AGAIN}))
    return _back()


def _back() -> Response:
    return redirect(url_for("profile.show"), 303)
