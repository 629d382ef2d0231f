"""Me as a speaker and teacher: what I tell, for whom each block is, as a page, a one-pager and a file."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy import profile_file, profile_form
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.domain import bios
from advocacy.domain.profile import TRAVELS
from advocacy.domain.speakers.shape import NotASpeaker
from advocacy.domain.speakers.write import write
from advocacy.domain.text_diff import diff
from advocacy.flashes import Undo, say
from advocacy.models import audience, db, looks, past_talks, portraits, profile, publishing, roster, speaker_files
from advocacy.models.audience import SEES, Audience
from advocacy.models.base import Missing
from advocacy.models.people import Person
from advocacy.profile_form import FORMS, Filled
from advocacy.running import in_force

bp = Blueprint("profile", __name__)


@bp.get("/profile/")
@signed_in
def show() -> str:
    """What do I tell of myself, and who sees what of it?"""
    waits = [(one, diff(profile_file.out(me()), one.file)) for one in speaker_files.waiting(me().id)]
    stands = publishing.standing(me())
    changes = diff(write(stands.approved), write(stands.told)) if stands.changed else []
    return _page("profile/show.html", me(), _as(), stands=stands, changes=changes, waits=waits)


@bp.get("/profile/one-pager")
@signed_in
def one_pager() -> str:
    """The same on one sheet of paper."""
    return _page("profile/one_pager.html", me(), _as())


@bp.get("/people/<int:person_id>/profile")
@signed_in
def of(person_id: int) -> str:
    """What does a colleague tell of themselves to me?"""
    person = roster.by_id(person_id)
    seen = audience.of(me(), person_id, today())
    if seen is not Audience.OWNER:
        if not profile.of(person, seen).told.filled():
            raise Missing("they tell nothing to you")
        looks.note(me().id, person.id, seen, "your profile", now())
    return _page("profile/one_pager.html", person, seen)


@bp.get("/profile/speaker.md")
@signed_in
def as_file() -> Response:
    """The file for `speakers/`, with all of it or with what others may see."""
    text = profile_file.out(me(), _as(), found=request.args.get("talks") == "found")
    answer = Response(text, mimetype="text/markdown")
    answer.headers["Content-Disposition"] = f"attachment; filename={profile_file.name_of(me())}.md"
    return answer


@bp.get("/profile/edit")
@signed_in
def edit() -> str:
    """What shall stand there?"""
    shown = profile.of(me())
    seen_by = {f"seen_{block}": to.value for block, to in shown.seen_by.items()}
    form = {**profile_form.blank(shown.told), **seen_by, "listed": "yes" if shown.listed else ""}
    return _form(form, ())


@bp.post("/profile/edit")
@signed_in
def save() -> Response | tuple[str, int]:
    """Keep it; what cannot be kept comes back with words."""
    shown = profile.of(me())
    found: Filled = profile_form.filled(request.form, shown.told.other)
    if found.problems:
        return _form(request.form, found.problems), 422
    profile.save(me(), found.told, now(), seen_by=found.seen_by, listed=found.listed)
    return _done("Kept.")


@bp.get("/profile/file")
@signed_in
def ask() -> str:
    """Which file shall be my profile?"""
    return render_template("profile/read.html", text="", problem="")


@bp.post("/profile/file")
@signed_in
def read() -> Response | tuple[str, int]:
    """Take a speakers file in: pasted, or handed in."""
    text = request.form.get("text", "").replace("\r\n", "\n")
    file = request.files.get("file")
    try:
        text = file.stream.read(4 * profile_file.LONGEST).decode() if file and file.filename else text
        profile_file.take_in(me(), text, now())
    except (NotASpeaker, UnicodeDecodeError) as error:
        words = f"{error}" if isinstance(error, NotASpeaker) else "it is no text in UTF-8"
        return render_template("profile/read.html", text=text, problem=words), 422
    return _done("Taken in. Who sees each block is as it was.")


@bp.post("/profile/undo")
@signed_in
def undo() -> Response:
    """Let it stand as before the last change."""
    profile.take_back(me().id, now())
    return _done("Taken back.", undo=False)


def _page(template: str, person: Person, seen: Audience, **more: object) -> str:
    shown = profile.of(person, seen)
    sees_talks = seen is Audience.OWNER or shown.seen_by["talks"] in SEES[seen]
    talks = past_talks.together(shown.told, past_talks.given(person.id, seen) if sees_talks else [])
    told = {"person": person, "shown": shown, "told": shown.told, "talks": talks, "texts": bios.texts(shown.told)}
    told |= {"face": portraits.of(person.id) if shown.seen_by["portrait"] in SEES[seen] else None}
    told |= {"quiet": past_talks.unpromoted(person.id) if talks and seen is not Audience.OWNER else set()}
    return render_template(template, **told, **more, seen=seen, own=person.id == me().id)


def _form(form: Any, problems: tuple[str, ...]) -> str:
    name = in_force().vocabulary.name
    topics = [(name(topic), count) for topic, count in past_talks.topics(me().id)]
    ours = {"topics": topics, "forms": FORMS, "travels": TRAVELS}
    return render_template("profile/edit.html", form=form, problems=problems, **ours)


def _done(words: str, *, undo: bool = True) -> Response:
    db.session.commit()
    say(words, Undo(url_for(".undo")) if undo else None)
    return redirect(url_for(".show"), 303)


def _as() -> Audience:
    said = request.args.get("as", Audience.OWNER)
    if said not in [*Audience]:
        abort(400, "View it as owner, lead, marketing or everybody.")
    return Audience(said)
