"""Connecting a blog in three steps: what we read, what would be kept, yes."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy.access import signed_in
from advocacy.context import me, now
from advocacy.domain.activity import Platform
from advocacy.models import connect, db, jobs
from advocacy.models.connect import BadHandle
from advocacy.models.runs import JobRun

bp = Blueprint("connect", __name__, url_prefix="/sources/connect")


@bp.get("")
@signed_in
def ask() -> str:
    """Step one: what is read, what never, who sees it, and the address."""
    return _form("")


@bp.post("")
@signed_in
def look() -> Response | tuple[str, int]:
    """Ask the worker for a preview."""
    try:
        address = connect.address(request.form.get("address", ""))
    except BadHandle as error:
        return _form(f"{error}"), 422
    author = " ".join(request.form.get("author", "").split())[:200]
    try:
        job = jobs.ask_preview(address, author, me().id, now())
    except jobs.TooMany as error:
        return _form(f"{error}"), 429
    db.session.commit()
    return redirect(url_for(".preview", job_id=job.id), 303)


@bp.get("/<int:job_id>")
@signed_in
def preview(job_id: int) -> str:
    """Step two: what would be kept and why, and what not."""
    return render_template("connect/preview.html", **_preview(job_id))


@bp.get("/<int:job_id>/progress")
@signed_in
def progress(job_id: int) -> str:
    """The preview's part that changes while the worker reads."""
    return render_template("connect/progress.html", **_preview(job_id))


@bp.post("/<int:job_id>")
@signed_in
def confirm(job_id: int) -> Response | tuple[str, int]:
    """Step three: connect it and read it at once."""
    job = jobs.own(job_id, jobs.PREVIEW, me().id)
    result = job.payload.get("result", {})
    address = result.get("address") or job.payload["address"]
    try:
        account = connect.add(me().id, Platform.FEED, address, job.payload["author"], by=me().id, now=now())
    except BadHandle as error:
        return _form(f"{error}"), 422
    if account.subscription_id:
        jobs.ask(jobs.PULL, str(account.subscription_id), {}, me().id, now())
    db.session.commit()
    flash("Connected. The first reading has begun; you can pause or forget it at any time.")
    return redirect(url_for("sources.show", _anchor=f"source-{account.id}"), 303)


def _preview(job_id: int) -> dict[str, object]:
    job: JobRun = jobs.own(job_id, jobs.PREVIEW, me().id)
    return {"job": job, "is_open": job.state in jobs.OPEN, "result": job.payload.get("result") or {}}


def _form(problem: str) -> str:
    return render_template("connect/ask.html", problem=problem, address=request.values.get("address", ""))
