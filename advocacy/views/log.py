"""What somebody logged: an entry with what it supports, changed, deleted, brought back, said again; and all of them."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy import forms, logbook, paging
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.domain.logbook import table
from advocacy.domain.logbook.checked import check
from advocacy.domain.logbook.hints import missing
from advocacy.domain.logbook.kinds import LogKind
from advocacy.domain.logbook.shapes import SHAPES
from advocacy.domain.rulebook import Strength
from advocacy.flashes import Undo, say
from advocacy.logbook import Draft
from advocacy.models import activity_page, db, jobs, log_entries, sentences
from advocacy.models.base import Missing
from advocacy.models.log_entries import LogEntry
from advocacy.models.sentences import Sentence
from advocacy.running import in_force
from advocacy.sheet import sheet

bp = Blueprint("log", __name__, url_prefix="/add/log")

PAGE = 50


@bp.get("")
@signed_in
def mine() -> str:
    """Everything that I logged myself, the newest first."""
    kind = _kind()
    found = log_entries.newest(me().id, PAGE + 1, kind=kind, before=paging.read(request.args.get("before", "")))
    last = found[PAGE - 1] if len(found) > PAGE else None
    return render_template(
        "add/mine.html",
        entries=found[:PAGE],
        count=log_entries.count(me().id, kind),
        kind=kind,
        shapes=SHAPES,
        older=paging.place(last.day, last.id) if last else "",
        today=today(),
    )


@bp.get("/sheet")
@signed_in
def as_sheet() -> Response:
    """The same as a table, which can be taken in again."""
    return sheet("log", table.COLUMNS, (table.row_of(one.entry) for one in log_entries.every(me().id, _kind())))


@bp.get("/<int:entry_id>")
@signed_in
def show(entry_id: int) -> str:
    """It is saved; what does it support, and what can be changed?"""
    entry = log_entries.own(entry_id, me().id, only_look=True)
    return _page(entry, {**entry.entry.says, "day": entry.day.isoformat(), "expectation": entry.expectation_id or ""})


@bp.get("/<int:entry_id>/progress")
@signed_in
def progress(entry_id: int) -> str:
    """The part that changes while the page behind the link is looked at."""
    return render_template("add/told.html", **_told(log_entries.own(entry_id, me().id, only_look=True)))


@bp.post("/<int:entry_id>")
@signed_in
def change(entry_id: int) -> Response | tuple[str, int]:
    """Let it say something else."""
    entry = log_entries.own(entry_id, me().id)
    words = request.form.get("expectation", "")
    sentence = sentences.of_person(forms.number("expectation"), me().id).expectation_id if words else None
    kind = LogKind(entry.kind)
    personas = {key: term.name for key, term in in_force().vocabulary.personas.items()}
    found = check(kind, request.form, today(), personas)
    if found.wrong:
        return _page(entry, dict(request.form), found.wrong), 422
    draft = Draft(kind=kind, said=found.said, day=found.day, expectation_id=sentence)
    logbook.change(entry, draft, me(), now(), in_force())
    db.session.commit()
    say("Changed.")
    return redirect(url_for(".show", entry_id=entry_id), 303)


@bp.post("/<int:entry_id>/delete")
@signed_in
def delete(entry_id: int) -> Response:
    """Take it out of the log and off the timeline."""
    logbook.take_away(log_entries.own(entry_id, me().id), now())
    db.session.commit()
    say("Deleted.", Undo(url_for(".restore", entry_id=entry_id)))
    return redirect(url_for("add.ask"), 303)


@bp.post("/<int:entry_id>/restore")
@signed_in
def restore(entry_id: int) -> Response:
    """Bring it back."""
    logbook.bring_back(log_entries.own(entry_id, me().id, gone=True), me(), now(), in_force())
    db.session.commit()
    say("It is back.")
    return redirect(url_for(".show", entry_id=entry_id), 303)


@bp.post("/<int:entry_id>/again")
@signed_in
def again(entry_id: int) -> Response:
    """The same once more, today."""
    old = log_entries.own(entry_id, me().id)
    entry = logbook.again(old, me(), now(), in_force())
    db.session.commit()
    undo = Undo(url_for(".delete", entry_id=entry.id))
    if entry.id == old.id:
        undo = Undo(url_for(".tap", entry_id=entry.id), {"by": -1})
    say("Saved once more, for today.", undo)
    return redirect(url_for(".show", entry_id=entry.id), 303)


@bp.post("/<int:entry_id>/tap")
@signed_in
def tap(entry_id: int) -> Response:
    """One more on a tally, today; or back again."""
    entry = log_entries.own(entry_id, me().id)
    if LogKind(entry.kind) is not LogKind.TALLY:
        abort(400, "Only help given is counted.")
    by = request.form.get("by", "1").lstrip("-")
    count = int(by) if forms.is_key(by) else 1
    if request.form.get("by", "").startswith("-"):
        logbook.count_up(entry, -count, me(), now(), in_force())
        db.session.commit()
        say("Taken back.")
        return redirect(url_for("add.ask"), 303)
    said = {name: value for name, value in entry.said.items() if name != "count"}
    grown = logbook.tally({**said, "count": str(count)}, None, me(), now(), in_force())
    db.session.commit()
    total = grown.said.get("count") or "1"
    say(f"Counted: {total} in {grown.said['place']} today.", Undo(url_for(".tap", entry_id=grown.id), {"by": -count}))
    return redirect(url_for("add.ask"), 303)


def _page(entry: LogEntry, values: dict[str, object], wrong: dict[str, str] | None = None) -> str:
    return render_template(
        "add/show.html",
        **_told(entry),
        kind=LogKind(entry.kind),
        shapes=SHAPES,
        values=values,
        wrong=wrong or {},
        personas={key: term.name for key, term in in_force().vocabulary.personas.items()},
        sentences=_sentences(),
        today=today(),
    )


def _told(entry: LogEntry) -> dict[str, object]:
    """What is known of the entry now: how the look at its page stands, and what it supports."""
    job = jobs.last(jobs.UNFURL, str(entry.id)) if entry.said.get("url") else None
    page, supports = None, []
    if entry.activity_id is not None:
        supports = activity_page.supports(entry.activity_id, me().id)
        try:
            page = activity_page.of(entry.activity_id, me().id)
        except Missing:
            page = None  # said of somebody else, who has not taken it
    counted = [one for one in supports if one.verdict or one.strength is not Strength.WEAK]
    return {
        "entry": entry,
        "job": job,
        "is_open": job is not None and job.state in jobs.OPEN,
        "page": page,
        "counted": counted,
        "maybe": [one for one in supports if one not in counted],
        "why_not": _why_not(entry, page) if page and not counted else "",
    }


def _why_not(entry: LogEntry, page: activity_page.ActivityPage) -> str:
    asked = {one.rule for one in _sentences() if one.rule}
    return missing(LogKind(entry.kind), page.activity, in_force().vocabulary, asked)


def _sentences() -> list[Sentence]:
    pages = sentences.pages(me().id)
    return sentences.of_page(pages[0].id) if pages else []


def _kind() -> LogKind | None:
    words = request.args.get("kind", "")
    if words and words not in set(LogKind):
        abort(400, f"There is no kind {words[:40]!r}: choose one of the list.")
    return LogKind(words) if words else None
