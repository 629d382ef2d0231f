"""One's talks, and one page of all their proposals to all events."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from advocacy import approving, paging, seeding, talk_form
from advocacy.access import signed_in
from advocacy.context import me, now, settings, today
from advocacy.domain.proposal import NEXT, ProposalState
from advocacy.entry import Entry
from advocacy.flashes import say
from advocacy.models import db
from advocacy.models.talks import approvals, library, lists, proposals, talk_numbers
from advocacy.models.talks.library import Talk
from advocacy.models.talks.lists import Look
from advocacy.running import in_force
from advocacy.sheet import sheet

bp = Blueprint("talks", __name__, url_prefix="/talks")

COLUMNS = (
    *("day", "state", "title", "event", "event_starts", "cfp_closes", "slides", "recording", "part"),
    *("approvals", "who_may_follow"),
)
NUMBERS = ("event", "given", "counted", "teller", "value", "of_registered", "as_of")
FILTERS = ("state", "event", "words")


@bp.get("")
@signed_in
def show() -> str:
    """Where do my talks and proposals stand?"""
    look = _look()
    rows, is_more = lists.page(me().id, look)
    counts = lists.counts(me().id, look.words, look.event)
    return render_template(
        "talks/show.html",
        rows=rows,
        older=paging.place(rows[-1].day, rows[-1].id) if is_more else "",
        counts=counts,
        number=counts.get(look.state, 0) if look.state else sum(counts.values()),
        stands=approving.stands_of(rows, settings().approvals),
        talks=library.of_person(me().id),
        pending=proposals.pending(me().id, today()),
        asked=approvals.number(me(), today()),
        chosen={name: said for name in FILTERS if (said := request.args.get(name, "").strip())},
        nexts=NEXT,
        needed=settings().approvals,
        today=today(),
    )


@bp.get("/talks.csv")
@signed_in
def as_sheet() -> Response:
    """The proposals of this view, to their end."""
    rows, _ = lists.page(me().id, _look(), everything=True)
    stands = approving.stands_of(rows, settings().approvals)
    told = (
        (r.day, r.state, r.title, r.event, r.starts, r.cfp_closes, r.slides, r.recording, _part(r.owner_id))
        + ("; ".join(f"{kind}: {stand}" for kind, stand in stands[r.id].items()), r.visibility)
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
    """What it says, what it said before, where it was proposed and given, and to how many."""
    one = library.own(talk_id, me().id)
    return _form(talk_form.filled(one), one)


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


@bp.get("/<int:talk_id>/numbers.csv")
@signed_in
def numbers(talk_id: int) -> Response:
    """The numbers of its listeners: a row for each event, kind and teller, and no sum of them."""
    told = talk_numbers.of_talk(library.own(talk_id, me().id).id)
    rows = ((one.event, one.given, one.counted, one.teller, one.value, one.of, one.as_of) for one in told)
    return sheet("audience", NUMBERS, rows)


def _fill(one: Talk, entry: Entry) -> bool:
    """Keep the rest and commit, or nothing at all when something is to be mended."""
    talk_form.fill(one, entry)
    if entry.wrong:
        db.session.rollback()
        return False
    db.session.commit()
    return True


def _form(entry: Entry, talk: Talk | None) -> str:
    return talk_form.page(talk, entry) if talk else talk_form.new(entry)


def _part(owner_id: int) -> str:
    return "speaker" if owner_id == me().id else "co-speaker"


def _look() -> Look:
    said = request.args.get("state", "")
    if said not in ("", *ProposalState):
        abort(400, f"state must be {', '.join(ProposalState)} or nothing.")
    state = ProposalState(said) if said else None
    return Look(
        state=state,
        words=request.args.get("words", "").strip(),
        event=request.args.get("event", "").strip(),
        after=paging.read(request.args.get("after", "")),
    )
