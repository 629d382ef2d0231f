"""Connecting an account in three steps: what we read, that it is yours, what would be kept."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy.access import signed_in
from advocacy.context import me, my_code, now
from advocacy.domain.activity import Platform
from advocacy.models import connect, db, jobs, readiness
from advocacy.models.connect import BadHandle
from advocacy.models.jobs import Sight
from advocacy.models.runs import JobRun

bp = Blueprint("connect", __name__, url_prefix="/sources/connect")

PROVED = frozenset({Platform.X, Platform.REDDIT, Platform.STACKEXCHANGE})
"""Platforms where a person shows a code in their profile; a blog may be a company's, where nobody could."""

_PLATFORMS = "any(feed, x, reddit, stackexchange)"


@bp.get("")
@signed_in
def choose() -> str:
    """What can be connected, and how long that takes."""
    return render_template("connect/choose.html", unready=readiness.unready())


@bp.get(f"/<{_PLATFORMS}:platform>")
@signed_in
def ask(platform: str) -> str:
    """Step one: what is read, what never, who sees it, and the address."""
    return _form(Platform(platform), "")


@bp.post(f"/<{_PLATFORMS}:platform>")
@signed_in
def look(platform: str) -> Response | tuple[str, int]:
    """Ask the worker for a preview; where a profile can show a code, that comes first."""
    where = Platform(platform)
    try:
        address = connect.address(where, request.form.get("address", ""))
    except BadHandle as error:
        return _form(where, f"{error}"), 422
    if where in PROVED:
        return redirect(url_for(".show_code", platform=platform, address=address), 303)
    author = " ".join(request.form.get("author", "").split())[:200]
    return _asked(Sight(address=address, author=author))


@bp.get(f"/<{_PLATFORMS}:platform>/code")
@signed_in
def show_code(platform: str) -> str | tuple[str, int]:
    """Step two: the code that shows the profile to be the person's own."""
    where = Platform(platform)
    try:
        address = connect.address(where, request.args.get("address", ""))
    except BadHandle as error:
        return _form(where, f"{error}"), 422
    return render_template("connect/code.html", platform=where, address=address, code=my_code(where, address))


@bp.post(f"/<{_PLATFORMS}:platform>/code")
@signed_in
def check(platform: str) -> Response | tuple[str, int]:
    """The code is there: look for it, and at what would be kept."""
    where = Platform(platform)
    try:
        address = connect.address(where, request.form.get("address", ""))
    except BadHandle as error:
        return _form(where, f"{error}"), 422
    return _asked(Sight(platform=where, address=address, code=my_code(where, address)))


@bp.get("/<int:job_id>")
@signed_in
def preview(job_id: int) -> str:
    """The last step: what would be kept and why, and what not."""
    return render_template("connect/preview.html", **_preview(job_id))


@bp.get("/<int:job_id>/progress")
@signed_in
def progress(job_id: int) -> str:
    """The preview's part that changes while the worker reads."""
    return render_template("connect/progress.html", **_preview(job_id))


@bp.post("/<int:job_id>")
@signed_in
def confirm(job_id: int) -> Response | tuple[str, int]:
    """Connect it and read it at once; where a code was asked for, only when it was seen."""
    job = jobs.own(job_id, jobs.PREVIEW, me().id)
    asked, result = job.payload, job.payload.get("result", {})
    where, code = Platform(asked.get("platform", Platform.FEED)), asked.get("code", "")
    address = result.get("address") or asked["address"]
    if where in PROVED and (not code or job.ended_at is None or not result or result.get("problem")):
        return _form(where, "Nobody has seen the code in this profile yet."), 422
    try:
        seen = job.ended_at if code else None
        account = connect.add(me().id, where, address, asked["author"], by=me().id, now=now(), proved_at=seen)
    except BadHandle as error:
        return _form(where, f"{error}"), 422
    if account.subscription_id:
        jobs.ask(jobs.PULL, str(account.subscription_id), {}, me().id, now())
    db.session.commit()
    flash("Connected. The first reading has begun; you can pause or forget it at any time.")
    return redirect(url_for("sources.show", _anchor=f"source-{account.id}"), 303)


def _asked(sight: Sight) -> Response | tuple[str, int]:
    try:
        job = jobs.ask_preview(sight, me().id, now())
    except jobs.TooMany as error:
        return _form(sight.platform, f"{error}"), 429
    db.session.commit()
    return redirect(url_for(".preview", job_id=job.id), 303)


def _preview(job_id: int) -> dict[str, object]:
    job: JobRun = jobs.own(job_id, jobs.PREVIEW, me().id)
    platform = Platform(job.payload.get("platform", Platform.FEED))
    result = job.payload.get("result") or {}
    return {"job": job, "platform": platform, "is_open": job.state in jobs.OPEN, "result": result}


def _form(platform: Platform, problem: str) -> str:
    address = request.values.get("address", "")
    return render_template("connect/ask.html", platform=platform, problem=problem, address=address)
