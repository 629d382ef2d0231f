"""The weekly letter and the addresses that programs read by: wanted, seen, stopped and revoked by their person."""

from calendar import day_name
from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy import forms
from advocacy.access import signed_in
from advocacy.addresses import address
from advocacy.context import me, now, today
from advocacy.domain.digest import digest
from advocacy.domain.letter_days import next_due
from advocacy.flashes import Undo, say
from advocacy.letters import sending, words
from advocacy.letters.gather import gather
from advocacy.models import db, feed_tokens, leadership, letter_stops, letter_wishes, outbox
from advocacy.models.base import Missing
from advocacy.models.feed_tokens import Opens, TooMany
from advocacy.models.words import Capability
from advocacy.running import in_force

bp = Blueprint("letters", __name__, url_prefix="/letters")

DAYS = tuple(day_name)
OPENS: Mapping[str, tuple[str, str]] = {
    Opens.ACTIVITY: ("everything I did", "private items, too; and calls for proposals that close"),
    Opens.PUBLIC: ("what I released for everybody", "nothing else"),
    Opens.PLANS: ("my calendar", "talks, calls for proposals, classes, surveys"),
}
TEAM = ("the calendar of a team I lead", "the classes that its people plan, give or come to, as long as I lead it")
VOICE = ("works to amplify", "what people released to marketing, as long as I am in it")
FEEDS = (("Atom", "feeds.atom"), ("JSON Feed", "feeds.json_feed"))
FORMS: Mapping[str, tuple[tuple[str, str], ...]] = {
    Opens.ACTIVITY: (*FEEDS, ("Calendar (iCalendar)", "feeds.calendar")),
    Opens.PUBLIC: FEEDS,
    Opens.PLANS: (("Calendar (iCalendar)", "feeds.calendar"),),
    Opens.TEAM: (("Calendar (iCalendar)", "feeds.calendar"),),
    Opens.VOICE: (("Atom", "feeds.works_atom"), ("JSON Feed", "feeds.works_json")),
}
KINDS: Mapping[str, str] = {
    outbox.CLASS: "invitations to classes, their changes and reminders",
    outbox.SURVEY: "reminders of surveys",
    outbox.ASK: "requests to speak at an event, and their answers",
    outbox.CALL: "reminders of calls for proposals that close, 14, 7 and 2 days before",
}
"""Letters that come without being asked for, until they are stopped."""


@bp.get("/")
@signed_in
def show() -> str:
    """Which letters do I get, what went out, and who reads without signing in?"""
    return _page()


def _page(wrong: str = "") -> str:
    """The page, with what was typed for an address that cannot be made so."""
    wish = letter_wishes.of(me().id)
    wanted = wish if wish and wish.weekly else None
    return render_template(
        "letters/show.html",
        wish=wish,
        days=DAYS,
        next=next_due(now(), me().zone, wanted.weekday, wanted.hour) if wanted else None,
        set_up=sending.is_set_up(),
        letters=outbox.latest(me().id),
        tokens=feed_tokens.of_person(me().id),
        opens=_opens(),
        called={**OPENS, Opens.TEAM: TEAM, Opens.VOICE: VOICE},
        teams=leadership.teams_led(me().id, today()),
        kinds=KINDS,
        stops=letter_stops.of(me().id),
        typed=request.form,
        wrong=wrong,
        preview=digest(gather(me(), now(), in_force())),
        link=words.link,
    )


def _opens() -> dict[str, tuple[str, str]]:
    """What an address can open for me."""
    led: dict[str, tuple[str, str]] = {Opens.TEAM: TEAM} if leadership.teams_led(me().id, today()) else {}
    voice: dict[str, tuple[str, str]] = {Opens.VOICE: VOICE} if me().can(Capability.MARKETING) else {}
    return {**OPENS, **led, **voice}


@bp.get("/<int:letter_id>")
@signed_in
def letter(letter_id: int) -> str:
    """What did it say?"""
    return render_template("letters/letter.html", letter=outbox.own(letter_id, me().id))


@bp.post("/weekly")
@signed_in
def want() -> Response:
    """Have the weekly letter, on this day and at this hour."""
    day, hour = forms.number("weekday"), forms.number("hour")
    if day > 6 or hour > 23:
        abort(400, "Choose a day of the week and an hour from 0 to 23.")
    letter_wishes.say(me().id, day, hour, now())
    db.session.commit()
    say(f"A letter comes on {DAYS[day]}s at {hour:02}:00, when there is something to say.", Undo(url_for(".stop")))
    return redirect(url_for(".show"), 303)


@bp.post("/weekly/stop")
@signed_in
def stop() -> Response:
    """Have no weekly letter any more."""
    wish = letter_wishes.of(me().id)
    back = {"weekday": wish.weekday, "hour": wish.hour} if wish else {}
    stopped = letter_wishes.stop(me().id, now())
    db.session.commit()
    say("No more letters will come.", Undo(url_for(".want"), back) if stopped else None)
    return redirect(url_for(".show"), 303)


@bp.post("/kinds/<kind>")
@signed_in
def choose(kind: str) -> Response:
    """Have letters of a kind no more, or again."""
    if kind not in KINDS:
        raise Missing("there are no such letters")
    stops = request.form.get("stop", "1") == "1"
    (letter_stops.stop if stops else letter_stops.resume)(me().id, kind, now())
    db.session.commit()
    words = f"No more {KINDS[kind]}." if stops else f"You get {KINDS[kind]} again."
    say(words, Undo(url_for(".choose", kind=kind), {"stop": "0" if stops else "1"}))
    return redirect(url_for(".show", _anchor="kinds"), 303)


@bp.post("/feeds")
@signed_in
def make() -> str | tuple[str, int]:
    """Make an address for a program; it is shown on this answer alone, and kept by nobody."""
    opens, name = forms.choice("opens", Opens) or Opens.ACTIVITY, forms.text("name")
    if not 0 < len(name) <= feed_tokens.LONGEST_NAME:
        return _page("Say what it is for in 1 to 80 characters, so that you know later which one to revoke."), 422
    if opens is Opens.VOICE and not me().can(Capability.MARKETING):
        raise Missing("there is no such thing to open")
    subject = ""
    if opens is Opens.TEAM:
        team_id = forms.number("team", "Choose the team.")
        if team_id not in leadership.teams_led(me().id, today()):
            raise Missing("there is no such team that you lead")
        subject = f"{team_id}"
    try:
        token = feed_tokens.make(me().id, opens, name, now(), subject)
    except TooMany as error:
        return _page(str(error)), 422
    db.session.commit()
    addresses = [(title, address(endpoint, token=token)) for title, endpoint in FORMS[opens]]
    return render_template("letters/made.html", name=name, opens=_opens()[opens][0], addresses=addresses)


@bp.post("/feeds/<int:feed_token_id>/revoke")
@signed_in
def revoke(feed_token_id: int) -> Response:
    """Let an address open nothing from now on."""
    one = feed_tokens.revoke(feed_token_id, me().id, now())
    db.session.commit()
    say(f"Revoked: {one.name}. Whoever has the address gets nothing.", Undo(url_for(".restore", feed_token_id=one.id)))
    return redirect(url_for(".show", _anchor="feeds"), 303)


@bp.post("/feeds/<int:feed_token_id>/restore")
@signed_in
def restore(feed_token_id: int) -> Response:
    """Have an address back that was revoked just now."""
    one = feed_tokens.restore(feed_token_id, me().id, now())
    db.session.commit()
    say(f"{one.name} opens again.")
    return redirect(url_for(".show", _anchor="feeds"), 303)
