"""Bringing a talk to an event, and writing down one that was given: two short forms."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from advocacy import approving, forms
from advocacy.access import signed_in
from advocacy.approving import NotApproved
from advocacy.context import me, now, settings, today
from advocacy.domain.duplicates import Alike, Sent
from advocacy.domain.proposal import BEGINNINGS, OutOfOrder, ProposalState, Step
from advocacy.entry import Entry, begun
from advocacy.flashes import say
from advocacy.milestones import talks as milestones
from advocacy.models import colleagues, db, speaking_requests
from advocacy.models.base import Missing
from advocacy.models.speaking_requests import SpeakingRequest
from advocacy.models.talks import alike, audience_numbers, events, library, proposals, speakers, variants
from advocacy.models.talks.audience_numbers import Counted, Teller
from advocacy.models.talks.events import Event
from advocacy.models.talks.proposals import Proposal
from advocacy.models.words import Visibility
from advocacy.running import in_force

bp = Blueprint("proposing", __name__, url_prefix="/talks")

FIELDS = ("title", "day", "event", "url", "recording", "slides")
"""What an address may fill in."""


@bp.get("/propose")
@signed_in
def propose() -> str:
    """To which event?"""
    said = request.args.get("talk", "")
    first = ProposalState.DRAFTED if settings().approvals else ProposalState.SUBMITTED
    filled = {"state": first.value, "day": today().isoformat()}
    if forms.is_key(said):
        filled |= _words_of(int(said), request.args.get("variant", ""))
    if forms.is_key(asked := request.args.get("speaking", "")):
        topic = in_force().vocabulary.name(speaking_requests.to_propose(int(asked), me().id).topic)
        filled |= {"speaking": asked, "state": ProposalState.DRAFTED.value, "title": filled.get("title", topic)}
    entry = begun(request.args, FIELDS, **filled)
    return _form("propose", entry, _alike(entry))


def _words_of(talk_id: int, variant: str) -> dict[str, str]:
    """What the talk says, or the variant of it that was chosen."""
    talk = library.own(talk_id, me().id)
    words = variants.one_of(talk.id, int(variant)) if forms.is_key(variant) else talk
    chosen = {"talk": f"{talk.id}", "variant": variant if forms.is_key(variant) else ""}
    return {**chosen, "title": words.title, "abstract": words.abstract, "slides": talk.slides}


@bp.post("/propose")
@signed_in
def send() -> Response | tuple[str, int]:
    """Keep the proposal; what was sent stands on the timeline at once."""
    entry = Entry(request.form)
    state = entry.choice("state", ProposalState, ProposalState.SUBMITTED)
    return _keep("propose", entry, state, entry.day("day", until=today()) or today())


@bp.get("/given")
@signed_in
def given() -> str:
    """Which talk did I give, where and when?"""
    return _form("given", begun(request.args, FIELDS, day=today().isoformat()))


@bp.post("/given")
@signed_in
def log() -> Response | tuple[str, int]:
    """Keep it: no proposal and no event need have been written down before."""
    entry = Entry(request.form)
    day = entry.day("day", until=today()) or today()
    return _keep("given", entry, ProposalState.DELIVERED, day)


def _keep(form: str, entry: Entry, state: ProposalState, day: date) -> Response | tuple[str, int]:
    one = Proposal(owner_id=me().id, title=entry.line("title", "Give its title."), created_at=now())
    one.abstract, one.slides, one.recording = entry.words("abstract"), entry.link("slides"), entry.link("recording")
    asked, room = _asked(entry, to_change=True), entry.whole("room")
    place = entry.line("event", "" if asked else "Say where: an event, a meet-up, a webinar.")
    starts, closes = entry.day("starts"), entry.day("cfp_closes")
    where, link = entry.line("place"), entry.link("url")
    beside, alike_ = _colleague(entry), _alike(entry) if form == "propose" else []
    one.visibility, talk_id = entry.choice("visibility", Visibility, Visibility.PRIVATE), _talk(entry)
    note = _note(one, state, entry)
    if not entry.wrong and any(found.one.id not in entry.many("told") for found in alike_):
        entry.wrong["told"] = "Something like it is there already: see above. Keep it all the same, or go back to that."
    if not entry.wrong:
        event = _event_of(asked) if asked else events.named(place, me().id, starts or day, now())
        _describe(event, where, link, starts or (day if form == "given" else None), closes)
        one.event_id = event.id
        one.talk_id = talk_id
        try:
            proposals.add(one, Step(state, day), today(), now(), note)
        except OutOfOrder as error:
            entry.wrong["state"] = f"{error}".capitalize() + "."
    if entry.wrong:
        db.session.rollback()
        return _form(form, entry, alike_), 422
    if asked is not None:
        speaking_requests.propose(asked, one)
    if room is not None:
        audience_numbers.state(one.id, Counted.ROOM, Teller.SELF, room, day)
    if beside is not None:
        speakers.put(one.id, beside, now())
    milestones.tell(one, now(), in_force())
    db.session.commit()
    say(_words(one))
    return redirect(url_for("proposals.show", proposal_id=one.id), 303)


def _words(one: Proposal) -> str:
    """What it is evidence for now, if it is."""
    supports = {
        ProposalState.SUBMITTED: "Saved: it stands on your timeline as a proposal.",
        ProposalState.DELIVERED: "Saved: it stands on your timeline as a talk given.",
    }
    return supports.get(one.state, "Saved. It goes on your timeline when it is sent or given.")


def _describe(event: Event, place: str, link: str, starts: date | None, closes: date | None) -> None:
    """Tell what is not known of an event yet; a company's event stays as it is told."""
    if event.owner_id == me().id:
        told = {"place": place, "url": link, "starts": starts, "cfp_closes": closes}
        events.say(event, {name: value for name, value in told.items() if value})


def _talk(entry: Entry) -> int | None:
    said = entry("talk")
    return library.own(int(said), me().id).id if forms.is_key(said) else None


def _asked(entry: Entry, *, to_change: bool = False) -> SpeakingRequest | None:
    """The request to speak that it answers."""
    said = entry("speaking")
    return speaking_requests.to_propose(int(said), me().id, to_change=to_change) if forms.is_key(said) else None


def _event_of(asked: SpeakingRequest) -> Event:
    return db.session.get_one(Event, asked.event_id)


def _colleague(entry: Entry) -> int | None:
    said = entry.line("speaker")
    try:
        return colleagues.named(said, me().id).id if said else None
    except Missing as error:
        entry.wrong["speaker"] = f"{error}"
        return None


def _note(one: Proposal, state: ProposalState, entry: Entry) -> str:
    """What is noted when it was sent without a yes that is needed."""
    try:
        return approving.note_of(one, state, settings().approvals, entry.line("without"))
    except NotApproved as error:
        entry.wrong["without"] = f"{error}".capitalize() + "."
        return ""


def _alike(entry: Entry) -> list[Alike]:
    """What is like it so far, of one's own and of what one may follow."""
    talk, starts = entry("talk"), Entry(MultiDict({"starts": entry("starts")})).day("starts")
    title, abstract, event = entry("title"), entry("abstract"), entry("event")
    if not title.strip():
        return []
    talk_id = int(talk) if forms.is_key(talk) else None
    new = Sent(id=0, talk_id=talk_id, title=title, abstract=abstract, event=event, starts=starts)
    return alike.to(new, me(), today())


def _form(name: str, entry: Entry, found: Sequence[Alike] = ()) -> str:
    talk, asked = entry("talk"), _asked(entry)
    return render_template(
        f"talks/{name}.html",
        entry=entry,
        alike=found,
        variants=variants.of(library.own(int(talk), me().id).id) if forms.is_key(talk) else (),
        needed=settings().approvals,
        asked=asked,
        asked_for=_event_of(asked) if asked else None,
        events=events.names(me().id),
        people=colleagues.near(me().id, today()),
        beginnings=BEGINNINGS,
    )
