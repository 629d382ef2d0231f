"""One's talks, and one page of all their proposals to all events."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from advocacy import paging, seeding
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.domain.proposal import ProposalState
from advocacy.entry import Entry
from advocacy.flashes import say
from advocacy.models import db
from advocacy.models.talks import library, lists, proposals
from advocacy.models.talks.library import Talk
from advocacy.models.talks.lists import Look
from advocacy.running import in_force
from advocacy.sheet import sheet

bp = Blueprint("talks", __name__, url_prefix="/talks")

COLUMNS = ("day", "state", "title", "event", "event_starts", "cfp_closes", "slides", "recording", "part")


@bp.get("")
@signed_in
def show() -> str:
    """Where do my talks and proposals stand?"""
    look = _look()
    rows, is_more = lists.page(me().id, look)
    counts = lists.counts(me().id, look.words)
    return render_template(
        "talks/show.html",
        rows=rows,
        older=paging.place(rows[-1].day, rows[-1].id) if is_more else "",
        counts=counts,
        number=counts.get(look.state, 0) if look.state else sum(counts.values()),
        talks=library.of_person(me().id),
        pending=proposals.pending(me().id, today()),
        chosen={name: said for name in ("state", "words") if (said := request.args.get(name, "").strip())},
        today=today(),
    )


@bp.get("/talks.csv")
@signed_in
def as_sheet() -> Response:
    """The proposals of this view, to their end."""
    rows, _ = lists.page(me().id, _look(), everything=True)
    told = (
        (r.day, r.state, r.title, r.event, r.starts, r.cfp_closes, r.slides, r.recording, _part(r.owner_id))
        for r in rows
    )
    return sheet("talks", COLUMNS, told)


@bp.get("/new")
@signed_in
def ask() -> str:
    """A talk that can be given again and again."""
    seed = seeding.on(me().id, topic, today()) if (topic := request.args.get("seed", "")) else None
    name = in_force().vocabulary.name(topic)
    said = {"title": name, "abstract": seed.outline, "topics": name} if seed else {}
    return _form(Entry(MultiDict(said)), None)


@bp.post("/new")
@signed_in
def add() -> Answer | tuple[str, int]:
    """Keep it."""
    entry = Entry(request.form)
    made = library.add(me().id, entry.line("title", "Give it a title."), entry.words("abstract"), now())
    if not _fill(made, entry):
        return _form(entry, None), 422
    say(f"Kept: {made.title}. Propose it to an event when you like.")
    return redirect(url_for(".show"), 303)


@bp.get("/<int:talk_id>")
@signed_in
def edit(talk_id: int) -> str:
    """What it says, what it said before, and where it was proposed."""
    one = library.own(talk_id, me().id)
    said = {"title": one.title, "abstract": one.abstract, "topics": ", ".join(one.topics)}
    return _form(Entry(MultiDict({**said, "slides": one.slides, "recording": one.recording})), one)


@bp.post("/<int:talk_id>")
@signed_in
def change(talk_id: int) -> Answer | tuple[str, int]:
    """Let it say something else; proposals that were sent stay as they were sent."""
    entry, one = Entry(request.form), library.own(talk_id, me().id)
    library.say(one, entry.line("title", "Give it a title."), entry.words("abstract"), now())
    if not _fill(one, entry):
        return _form(entry, library.own(talk_id, me().id)), 422
    say("Kept. What it said before is kept, too.")
    return redirect(url_for(".edit", talk_id=talk_id), 303)


def _fill(one: Talk, entry: Entry) -> bool:
    """Keep the rest and commit, or nothing at all when something is to be mended."""
    one.topics, one.slides, one.recording = entry.topics("topics"), entry.link("slides"), entry.link("recording")
    if entry.wrong:
        db.session.rollback()
        return False
    db.session.commit()
    return True


def _form(entry: Entry, talk: Talk | None) -> str:
    past = library.versions(talk.id) if talk else ()
    events = library.at_events(talk.id) if talk else ()
    return render_template("talks/form.html", entry=entry, talk=talk, past=past, events=events)


def _part(owner_id: int) -> str:
    return "speaker" if owner_id == me().id else "co-speaker"


def _look() -> Look:
    said = request.args.get("state", "")
    if said not in ("", *ProposalState):
        abort(400, f"state must be {', '.join(ProposalState)} or nothing.")
    state = ProposalState(said) if said else None
    return Look(
        state=state, words=request.args.get("words", "").strip(), after=paging.read(request.args.get("after", ""))
    )
