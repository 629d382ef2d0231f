"""Asking a person to speak at an event, and what became of all that was asked."""

from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy import forms, paging
from advocacy.access import needs, signed_in
from advocacy.catching_up import catch_up
from advocacy.context import me, now, today
from advocacy.domain.profile import FORMATS, TRAVELS
from advocacy.domain.speaking import SpeakingState
from advocacy.domain.vocabulary import Term
from advocacy.entry import Entry, begun
from advocacy.flashes import Undo, say
from advocacy.letters import asks as letters
from advocacy.models import audience, db, looks, profile, roster, speaking_lists, speaking_load, speaking_requests
from advocacy.models.base import Missing
from advocacy.models.people import Person
from advocacy.models.speaking_lists import READS, Look
from advocacy.models.speaking_requests import NotNow, SpeakingRequest
from advocacy.models.talks import events
from advocacy.models.talks.events import Event
from advocacy.models.words import Capability
from advocacy.running import in_force
from advocacy.sheet import sheet

bp = Blueprint("asks", __name__)

ASKERS = (Capability.MARKETING, Capability.LEAD)
FIELDS = ("topic", "format", "name", "day", "place", "url", "cfp_closes", "note")
"""What an address may fill in, beside the number or the name of an event."""
COLUMNS = (
    *("asked", "by", "person", "event", "event_starts", "topic", "format"),
    *("state", "said", "put_off_to", "reason", "proposal"),
)


@bp.get("/people/<int:person_id>/ask")
@needs(*ASKERS)
def ask(person_id: int) -> str:
    """For which event, and how much does this person have to carry already?"""
    catch_up()
    person, _ = _whom(person_id)
    seen = audience.of(me(), person.id, today())
    looks.note(me().id, person.id, seen, "how much you are asked to speak", now())
    said, topic = request.args.get("event", ""), _name(request.args.get("topic", ""))
    first = {"format": FORMATS[0], "event" if forms.is_key(said) else "name": said}
    return _form(person, begun({**request.args.to_dict(), "topic": topic}, FIELDS, **first))


@bp.post("/people/<int:person_id>/ask")
@needs(*ASKERS)
def send(person_id: int) -> Response | tuple[str, int]:
    """Ask them: it stands on their page, and nobody reminds them."""
    person, asked_as = _whom(person_id)
    entry = Entry(request.form)
    one = SpeakingRequest(person_id=person.id, by_id=me().id, asked_as=asked_as, day=today(), created_at=now())
    one.topic = _topic(entry.line("topic", "Say what they would speak about: a topic, or in your words."))
    one.format, one.note = _format(entry), entry.words("note")
    event = _event(entry)
    if event is not None and not entry.wrong:
        one.event_id = event.id
        try:
            speaking_requests.add(one)
        except NotNow as error:
            field = "event" if entry("event") else "name"
            entry.wrong[field] = f"{person.name} cannot be asked: {error}. Choose another event."
    if entry.wrong:
        db.session.rollback()
        return _form(person, entry), 422
    letters.ask(one, now())
    db.session.commit()
    say(f"{person.name} is asked, once: nobody reminds them.", Undo(url_for(".withdraw", speaking_id=one.id)))
    return redirect(url_for(".sent"), 303)


@bp.get("/asks/sent")
@needs(*ASKERS)
def sent() -> str:
    """What did I ask, for marketing: what did we ask, and what became of it?"""
    look = _look()
    rows, is_more = speaking_lists.sent(me(), today(), look)
    counts = speaking_lists.counts(me(), today(), look)
    return render_template(
        "asks/sent.html",
        rows=rows,
        older=paging.place(rows[-1].day, rows[-1].id) if is_more else "",
        counts=counts,
        number=counts.get(look.reads, 0) if look.reads else sum(counts.values()),
        chosen={k: said for k in ("state", "words", "mine") if (said := request.args.get(k, "").strip())},
        shared=me().can(Capability.MARKETING),
        today=today(),
        name=in_force().vocabulary.name,
    )


@bp.get("/asks/sent.csv")
@needs(*ASKERS)
def as_sheet() -> Response:
    """The requests of this view, to their end."""
    rows, _ = speaking_lists.sent(me(), today(), _look(), everything=True)
    told = (
        (r.day, r.by, r.name, r.event, r.starts, _name(r.topic), r.format, r.reads)
        + (r.said_at.date() if r.state is not SpeakingState.ASKED else None, r.until, r.reason, r.proposal_state)
        for r in rows
    )
    return sheet("requests-to-speak", COLUMNS, told)


@bp.post("/asks/<int:speaking_id>/withdraw")
@signed_in
def withdraw(speaking_id: int) -> Response:
    """Take my request back: it stands on nobody's page any more."""
    one = speaking_requests.by(speaking_id, me().id, to_change=True)
    try:
        speaking_requests.become(one, SpeakingState.WITHDRAWN, by=me().id, today=today(), now=now())
    except NotNow as error:
        say(f"Not withdrawn: {error}.")
        return redirect(url_for(".sent"), 303)
    letters.recall(one)
    db.session.commit()
    say("Withdrawn.", Undo(url_for("answering.take_back", speaking_id=one.id)))
    return redirect(url_for(".sent"), 303)


def _whom(person_id: int) -> tuple[Person, Capability]:
    """Whom I may ask, and as what; raise Missing for everybody else, as for nobody."""
    asked_as = speaking_requests.may_ask(me(), person_id, today())
    if asked_as is None:
        raise Missing("there is nobody here whom you may ask")
    return roster.by_id(person_id), asked_as


def _event(entry: Entry) -> Event | None:
    """The company's event that the form names; a new one with what it tells. None when something is to be mended."""
    if forms.is_key(entry("event")):
        event = speaking_requests.company_event(int(entry("event")))
    else:
        name, day = entry.line("name", "Say for which event: its name is enough."), entry.day("day")
        place, link, closes = entry.line("place"), entry.link("url"), entry.day("cfp_closes")
        if entry.wrong:
            return None
        event = events.of_company(name, day, now())
        event.starts, event.place, event.url = event.starts or day, event.place or place, event.url or link
        event.cfp_closes = event.cfp_closes or closes
    last = event.ends or event.starts
    if last is not None and last < today():
        entry.wrong["event" if entry("event") else "day"] = "That event is over: give a day to come."
    return event


def _format(entry: Entry) -> str:
    said = entry("format") or FORMATS[0]
    if said not in FORMATS:
        entry.wrong["format"] = f"Choose one of: {', '.join(FORMATS)}."
    return said


def _topic(said: str) -> str:
    """The topic of the vocabulary that is called so; the words themselves when none is."""
    words = said.casefold()
    names = ((one.id, {one.id, one.name.casefold(), *map(str.casefold, one.aliases)}) for one in _terms())
    return next((topic for topic, called in names if words in called), said)


def _terms() -> list[Term]:
    """What a talk may be about, as the vocabulary has it."""
    words = in_force().vocabulary
    return [*words.topics.values(), *words.components.values()]


def _name(topic: str) -> str:
    return in_force().vocabulary.name(topic)


def _form(person: Person, entry: Entry) -> str:
    seen, day = audience.of(me(), person.id, today()), today()
    load = speaking_load.load([person.id], day, seen)[person.id]
    chosen = speaking_requests.company_event(int(entry("event"))) if forms.is_key(entry("event")) else None
    return render_template(
        "asks/ask.html",
        person=person,
        entry=entry,
        event=chosen,
        load=load,
        warnings=list(load.warnings(day)),
        last=speaking_lists.last(person.id),
        spoke=speaking_load.last_given(person.id, day, seen),
        before=speaking_lists.between(me().id, person.id, day),
        told=profile.of(person, seen).told,
        formats=[(one, one) for one in FORMATS],
        travels=TRAVELS,
        topics=sorted({one.name for one in _terms()}, key=str.casefold),
        today=day,
        name=_name,
    )


def _look() -> Look:
    said = request.args.get("state", "")
    if said not in ("", *READS):
        abort(400, f"state must be {', '.join(READS)} or nothing.")
    after: tuple[date, int] | None = paging.read(request.args.get("after", ""))
    words = request.args.get("words", "").strip()
    return Look(reads=said, words=words, mine=bool(request.args.get("mine")), after=after)
