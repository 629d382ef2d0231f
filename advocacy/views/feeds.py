"""What programs read without a login: by a token in the address, which opens one person's things alone."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import blake2b

from flask import Blueprint, Response, request

from advocacy import headers
from advocacy.access import public
from advocacy.addresses import address, host
from advocacy.context import now
from advocacy.domain.closing import STEPS
from advocacy.domain.happening import Happening
from advocacy.domain.period import day_of
from advocacy.domain.public_voice import to_promote
from advocacy.feeds import atom as atoms
from advocacy.feeds import calendar as calendars
from advocacy.feeds import json_feed as json_feeds
from advocacy.feeds import works
from advocacy.feeds.entries import Entry, entries, reminders, tag
from advocacy.models import db, fed, feed_tokens, happenings, leadership, looks, sqlite
from advocacy.models.audience import Audience
from advocacy.models.base import Missing
from advocacy.models.feed_tokens import Opened, Opens
from advocacy.models.people import Person
from advocacy.models.public_voice import items, places
from advocacy.models.talks import watching
from advocacy.models.words import Capability
from advocacy.running import in_force

bp = Blueprint("feeds", __name__, url_prefix="/feeds")

CLOSED = timedelta(days=30)  #: so long a call that closed stays in a feed
KEPT = 900  #: seconds for which a program need not ask again
BACK = timedelta(days=365)  #: older works are no news
WORKS = "Works to amplify"


@bp.get("/<token>/activity.atom")
@public
def atom(token: str) -> Response:
    """What they did, for feed readers."""
    who, found = _activity(token)
    own = tag(f"feed/{who.id}")
    return _answer(who, atoms.atom(own, _title(who), who.name, found, who.made_at), atoms.TYPE)


@bp.get("/<token>/activity.json")
@public
def json_feed(token: str) -> Response:
    """The same as JSON Feed."""
    who, found = _activity(token)
    return _answer(who, json_feeds.json_feed(_title(who), who.name, address("home.show"), found), json_feeds.TYPE)


@bp.get("/<token>/activity.ics")
@public
def calendar(token: str) -> Response:
    """What they planned and held, for calendars."""
    who = feed_tokens.opened(token, Opens.ACTIVITY, Opens.PLANS, Opens.TEAM)
    if who.opens == Opens.TEAM:
        title, found = _of_team(who)
    else:
        title, found = f"{who.name}: talks and classes", happenings.of(who.person_id, now())
    return _answer(who, calendars.calendar(title, found), calendars.TYPE)


@bp.get("/<token>/works.atom")
@public
def works_atom(token: str) -> Response:
    """What was published that marketing may carry further, for feed readers."""
    who, found = _works(token)
    return _answer(who, atoms.atom(tag(f"feed/{who.id}"), WORKS, host(), found, who.made_at), atoms.TYPE)


@bp.get("/<token>/works.json")
@public
def works_json(token: str) -> Response:
    """The same as JSON Feed."""
    who, found = _works(token)
    return _answer(who, json_feeds.json_feed(WORKS, host(), address("voice_works.show"), found), json_feeds.TYPE)


def _works(token: str) -> tuple[Opened, list[Entry]]:
    """The newest, as long as whoever made the address is in marketing; once a day it is told whose they are."""
    who = feed_tokens.opened(token, Opens.VOICE)
    if not db.session.get_one(Person, who.person_id).can(Capability.MARKETING):
        raise Missing("there is nothing here")
    today = now().date()
    first, last = today - BACK, today + timedelta(days=1)
    newest = to_promote(places.said(first, last).works)[: fed.MOST]
    if who.used_on != today:
        others = sorted({number for one in newest for number in one.people if number != who.person_id})
        looks.note_all(who.person_id, others, "what you released, by a feed of works", now(), Audience.MARKETING)
    shown = items.shown(newest, first, last)
    return who, list(works.entries(shown, in_force().vocabulary.name))


def _of_team(who: Opened) -> tuple[str, list[Happening]]:
    """The classes of a team, as long as whoever made the address leads it."""
    day = now().date()
    teams = leadership.teams_led(who.person_id, day)
    team_id = int(who.subject) if who.subject.isdigit() else 0
    if team_id not in teams:
        raise Missing("there is nothing here")
    people = [*leadership.members(team_id, day), who.person_id]
    return f"{teams[team_id]}: classes", happenings.of_team(people, day)


def _activity(token: str) -> tuple[Opened, list[Entry]]:
    """What was done; for its owner beside it which calls close."""
    who = feed_tokens.opened(token, Opens.ACTIVITY, Opens.PUBLIC)
    public = who.opens == Opens.PUBLIC
    did = list(entries(fed.newest(who.person_id, public=public), pages=not public))
    return who, did if public else sorted((*did, *_calls(who)), key=lambda one: one.at, reverse=True)


def _calls(who: Opened) -> Iterator[Entry]:
    """Reminders of calls that close, as long as they are of use."""
    today = day_of(now(), who.zone)
    concerned = watching.concerned(today - CLOSED, today + timedelta(days=max(STEPS)), who.person_id)
    return reminders(concerned, today, who.zone)


def _title(who: Opened) -> str:
    return f"{who.name}: {'released work' if who.opens == Opens.PUBLIC else 'activity'}"


def _answer(who: Opened, content: bytes, kind: str) -> Response:
    """The content with its mark, or that nothing changed; programs may keep it, nobody between us and them may."""
    _note(who)
    response = Response(content, content_type=kind)
    response.set_etag(blake2b(content, digest_size=12).hexdigest())
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Content-Disposition"] = "inline"
    headers.let_keep(KEPT)
    return response.make_conditional(request)  # type: ignore[return-value]


def _note(who: Opened) -> None:
    """Once a day, in a transaction of its own: what only reads takes no write lock."""
    today = now().date()
    if who.used_on != today:
        with sqlite.reading(only=False), db.engine.begin() as connection:
            connection.execute(feed_tokens.used(who.id, today))
