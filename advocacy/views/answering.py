"""What I am asked to speak at: yes, no or later, in my own time, and what I said before."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from advocacy import paging
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.domain.speaking import SpeakingState
from advocacy.entry import Entry
from advocacy.flashes import Undo, say
from advocacy.letters import asks as letters
from advocacy.models import db, speaking_lists, speaking_requests
from advocacy.models.speaking_lists import Look
from advocacy.models.speaking_requests import NotNow, SpeakingRequest
from advocacy.models.talks.events import Event
from advocacy.models.words import Capability
from advocacy.running import in_force
from advocacy.sheet import sheet

bp = Blueprint("answering", __name__, url_prefix="/asks")

COLUMNS = ("asked", "by", "event", "event_starts", "topic", "format", "state", "put_off_to", "reason")


@bp.get("")
@signed_in
def show() -> str:
    """What waits for my answer, and what was there before?"""
    return _page(Entry(MultiDict()), 0)


@bp.get("/asks.csv")
@signed_in
def as_sheet() -> Response:
    """All that I was asked."""
    name, (rows, _) = in_force().vocabulary.name, speaking_lists.before(me().id, today(), Look(), everything=True)
    told = ((r.day, r.by, r.event, r.starts, name(r.topic), r.format, r.reads, r.until, r.reason) for r in rows)
    return sheet("asked-of-me", COLUMNS, told)


@bp.post("/<int:speaking_id>")
@signed_in
def answer(speaking_id: int) -> Response | tuple[str, int]:
    """Say yes, no, or on which day I want to see it again."""
    one, entry = speaking_requests.to(speaking_id, me().id, to_change=True), Entry(request.form)
    state = entry.choice("word", SpeakingState, SpeakingState.ASKED)
    event = db.session.get_one(Event, one.event_id)
    if state in (SpeakingState.ASKED, SpeakingState.WITHDRAWN):
        entry.wrong["word"] = "Say yes, no or later."
    note, until = entry.words("reason"), None
    if state is SpeakingState.LATER:
        until = entry.day("until", needed="Say on which day you want to see it again.")
        last = event.ends or event.starts
        if until and not (today() < until and (last is None or until <= last)):
            entry.wrong["until"] = "Choose a day after today, and before the event."
    if entry.wrong:
        db.session.rollback()
        return _page(entry, speaking_id), 422
    try:
        step = speaking_requests.become(one, state, by=me().id, today=today(), now=now(), note=note, until=until)
    except NotNow as error:
        say(f"Not kept: {error}.")
        return redirect(url_for(".show"), 303)
    letters.answer(one, step, now())
    db.session.commit()
    say(_words(state, event.name), Undo(url_for(".take_back", speaking_id=one.id)))
    to = url_for("proposing.propose", speaking=one.id) if state is SpeakingState.ACCEPTED else url_for(".show")
    return redirect(to, 303)


@bp.post("/<int:speaking_id>/back")
@signed_in
def take_back(speaking_id: int) -> Response:
    """Take back what I said last of it, as the one who was asked or as the one who asked."""
    one = speaking_requests.of(speaking_id, me().id, to_change=True)
    try:
        step = speaking_requests.take_back(one, by=me().id, now=now())
    except NotNow as error:
        say(f"Not taken back: {error}.")
        return _back(one)
    if step.state is SpeakingState.WITHDRAWN:
        letters.ask(one, now())
    else:
        letters.recall_answer(one, step)
    db.session.commit()
    say("Taken back: it is as it was before.")
    return _back(one)


def _back(one: SpeakingRequest) -> Response:
    return redirect(url_for("asks.sent" if one.person_id != me().id else ".show"), 303)


def _words(state: SpeakingState, event: str) -> str:
    said = {
        SpeakingState.ACCEPTED: f"You said yes to {event}. Begin the proposal here, or later from “Requests to speak”.",
        SpeakingState.DECLINED: f"You said no to {event}. Nobody asks you for it again.",
        SpeakingState.LATER: f"{event} is put off: it stands on your Home page that day, once.",
    }
    return said[state]


def _page(entry: Entry, mending: int) -> str:
    """The page; what was typed stands in the form of the request that is to be mended."""
    rows, is_more = speaking_lists.before(me().id, today(), Look(after=paging.read(request.args.get("after", ""))))
    waiting = speaking_lists.waiting(me().id, today())
    there = {row.id for row in waiting}
    return render_template(
        "answering/show.html",
        waiting=waiting,
        before=[row for row in rows if row.id not in there],
        older=paging.place(rows[-1].day, rows[-1].id) if is_more else "",
        entry=entry,
        mending=mending,
        asks=me().can(Capability.MARKETING) or me().can(Capability.LEAD),
        today=today(),
        name=in_force().vocabulary.name,
    )
