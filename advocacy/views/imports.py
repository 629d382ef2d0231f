"""Importing an archive: hand it in, see what would become of it, agree; and take it back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy import uploads
from advocacy.access import signed_in
from advocacy.context import me, now, settings
from advocacy.domain.archive_kinds import ARCHIVE_KINDS, BY_KIND
from advocacy.domain.columns import BadColumns, pairs
from advocacy.models import db, import_batches, import_jobs, import_undoing, jobs
from advocacy.models.import_jobs import Handed

bp = Blueprint("imports", __name__, url_prefix=uploads.PATH)


@bp.get("")
@signed_in
def ask() -> str:
    """What can be handed in, what is read of it and what never; and what was taken in."""
    return _form("")


@bp.post("")
@signed_in
def look() -> Response | tuple[str, int]:
    """Keep the file, and ask the worker what taking it in would do."""
    file, kind = request.files.get("file"), request.form.get("kind", "")
    if kind not in BY_KIND:
        return _form("Choose what it is."), 422
    if file is None or not file.filename:
        return _form("Choose the file."), 422
    try:
        columns = pairs(request.form.get("columns", ""))
    except BadColumns as error:
        return _form(f"{error}"), 422
    name = _plain(file.filename.replace("\\", "/").rpartition("/")[2])
    handle, speaker, event = (_plain(request.form.get(field, "")) for field in ("handle", "speaker", "event"))
    handed = Handed(
        kind=kind,
        file=uploads.keep(file),
        name=name or kind,
        handle=handle,
        speaker=speaker,
        event=event,
        columns=columns,
    )
    try:
        job, old = import_jobs.look(handed, me().id, now())
    except jobs.TooMany as error:
        uploads.drop(settings().data_dir, handed.file)
        return _form(f"{error}"), 429
    db.session.commit()
    for gone in old:
        uploads.drop(settings().data_dir, gone)
    return redirect(url_for(".show", import_id=job.id), 303)


@bp.get("/<int:import_id>")
@signed_in
def show(import_id: int) -> str:
    """What would become of each row; and, when it was agreed to, what became of it."""
    return render_template("imports/show.html", **_job(import_id))


@bp.get("/<int:import_id>/progress")
@signed_in
def progress(import_id: int) -> str:
    """The part that changes while the worker reads."""
    return render_template("imports/progress.html", **_job(import_id))


@bp.post("/<int:import_id>")
@signed_in
def take(import_id: int) -> Response:
    """Agree: let the worker take it in."""
    job = import_jobs.take(import_id, me().id, now())
    db.session.commit()
    return redirect(url_for(".show", import_id=job.id), 303)


@bp.post("/<int:import_id>/leave")
@signed_in
def leave(import_id: int) -> Response:
    """Do not take it in: the file goes at once."""
    gone = import_jobs.leave(import_id, me().id)
    db.session.commit()
    uploads.drop(settings().data_dir, gone)
    flash("Left. The file is deleted, and nothing of it was kept.")
    return redirect(url_for(".ask"), 303)


@bp.post("/batches/<int:batch_id>/undo")
@signed_in
def undo(batch_id: int) -> Response:
    """Take back what only this import brought."""
    done = import_undoing.undo(batch_id, me().id, by=me().id, now=now())
    db.session.commit()
    held = f" {done.held} stay, for they came otherwise too." if done.held else ""
    spoken = f" {done.spoken} stay, for you said something of them." if done.spoken else ""
    flash(f"Taken back: {done.gone} items are gone.{held}{spoken}")
    return redirect(url_for(".ask", _anchor="batches"), 303)


def _job(import_id: int) -> dict[str, object]:
    job = jobs.own(import_id, jobs.IMPORT, me().id)
    result = job.payload.get("result") or {}
    taking = job.payload["step"] == import_jobs.TAKE
    return {"job": job, "is_open": job.state in jobs.OPEN, "result": result, "taking": taking, "kinds": BY_KIND}


def _form(problem: str) -> str:
    batches = import_batches.of_person(me().id)
    most = uploads.MOST // 2**20
    return render_template("imports/ask.html", problem=problem, kinds=ARCHIVE_KINDS, batches=batches, most=most)


def _plain(words: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())[:200]
