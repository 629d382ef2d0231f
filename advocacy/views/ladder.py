"""The role pages: how each sentence was recognised, and taking a page in with a look at what changes."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy.access import needs, signed_in
from advocacy.context import me, now
from advocacy.domain.role_page import LadderError
from advocacy.models import db, ladder_import, sentences
from advocacy.models.words import Capability
from advocacy.running import in_force

bp = Blueprint("ladder", __name__, url_prefix="/ladder")

MOST = 2**20  #: bytes of a role page


@bp.get("")
@signed_in
def show() -> str:
    """Every role page with its sentences and the rule behind each."""
    pages = sentences.pages(me().id)
    chosen = next((page for page in pages if page.slug == request.args.get("page")), pages[0] if pages else None)
    found = sentences.of_page(chosen.id) if chosen else []
    rules = in_force().rulebook.rules
    return render_template("ladder/show.html", pages=pages, chosen=chosen, sentences=found, rules=rules)


@bp.post("/<int:expectation_id>")
@needs(Capability.ADMIN)
def correct(expectation_id: int) -> Response:
    """A person says which rule a sentence is."""
    rule_id, _, reading = request.form.get("rule", "").partition("/")
    rule = in_force().rulebook.rules.get(rule_id)
    if rule_id and (rule is None or reading not in {r.id for r in rule.readings}):
        abort(400, "There is no such rule: choose one of the list.")
    ladder_import.correct(expectation_id, rule_id or None, reading, me().id, now())
    db.session.commit()
    flash("Kept. The evidence is being derived anew; pages stay as they are until it is done.")
    return redirect(url_for(".show", page=request.form.get("page") or None, _anchor=f"sentence-{expectation_id}"), 303)


@bp.get("/import")
@needs(Capability.ADMIN)
def read() -> str:
    """Upload or paste a role page."""
    return _form()


@bp.post("/import")
@needs(Capability.ADMIN)
def preview() -> str | tuple[str, int]:
    """What the import would change; nothing is written."""
    source, name = _given()
    try:
        plan = ladder_import.preview(source, name, in_force())
    except LadderError as error:
        return _form(error, source), 422
    packed = urlsafe_b64encode(source).decode()
    return render_template("ladder/preview.html", plan=plan, packed=packed, name=name, rules=in_force().rulebook.rules)


@bp.post("/import/apply")
@needs(Capability.ADMIN)
def take_in() -> Response | tuple[str, int]:
    """Store the page as a new version."""
    try:
        source = urlsafe_b64decode(request.form.get("packed", ""))
    except ValueError:  # base64's own error is one, and letters beyond ASCII are another
        abort(400, "The page did not come through whole: begin again.")
    if len(source) > MOST:
        abort(413)
    try:
        plan = ladder_import.preview(source, request.form.get("name", "page.md")[:200], in_force())
    except LadderError as error:
        return _form(error), 422
    version = ladder_import.apply(plan, source, me().id, now())
    db.session.commit()
    flash(f"“{plan.page.title}” stands as version {version.number}. Evidence is being derived anew.")
    return redirect(url_for(".show", page=plan.page.slug), 303)


def _given() -> tuple[bytes, str]:
    """The bytes and the file name: an upload, else what was pasted."""
    upload = request.files.get("file")
    if upload and upload.filename:
        source, name = upload.read(MOST + 1), upload.filename
    else:
        source, name = request.form.get("text", "").encode(), request.form.get("name", "").strip() or "page.md"
    if len(source) > MOST:
        abort(413)
    return source, name[:200]


def _form(error: LadderError | None = None, source: bytes = b"") -> str:
    return render_template("ladder/read.html", error=error, text=source.decode("utf-8", "replace"))
