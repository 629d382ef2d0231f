"""What the page behind a logged link says of itself, fetched once through the gate; the person's words go before."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from advocacy import logbook
from advocacy.logbook import Told
from advocacy.models.base import Missing, db
from advocacy.models.log_entries import own
from advocacy.models.people import Person
from advocacy.rules import Rules
from ingest.fetch import FetchError, Http
from ingest.page_card import Card, card_of
from ingest.place import SHARED, Died, Exceeded
from ingest.sources.feed_dates import first_believable, iso
from ingest.sources.feed_discovery import is_challenge, is_login, is_page

BY_HAND = "add what is missing by hand"
_PAGES = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"}
_SHUT = frozenset({401, 402, 403, 407, 999})


class Unread(Exception):
    """The page tells nothing; the words say why."""


def unfurl(http: Http, entry_id: int, person_id: int, url: str, rules: Rules, now: datetime) -> str:
    """Fetch the page, tell the entry, and say in words what came of it; an entry that is gone is left alone."""
    try:
        card = _card(http, url)
    except Unread as error:
        return f"The link is saved, but {error}: {BY_HAND}."
    try:
        entry = own(entry_id, person_id)
    except Missing:
        db.session.rollback()
        return "The entry was deleted meanwhile."
    person = db.session.get_one(Person, person_id)
    told = Told(card.title, card.text, _day(card.day, person.zone, now))
    found = [name for name, value in (("title", told.title), ("day", told.day), ("description", told.text)) if value]
    if str(entry.said.get("url", "")) != url:
        db.session.rollback()
        return "The link was changed meanwhile."
    logbook.tell(entry, told, person, now, rules)
    db.session.commit()
    if not found:
        return f"The link is saved, but its page names no title: {BY_HAND}."
    return f"The page told its {_listed(found)}."


def _card(http: Http, url: str) -> Card:
    try:
        answer = http.get(url, _PAGES)
    except FetchError as error:
        raise Unread(str(error)) from error
    if answer.status in _SHUT or is_challenge(answer.body) or is_login(answer.body):
        raise Unread("its page is shown to people who sign in only")
    if answer.status in (404, 410):
        raise Unread(f"nothing is there ({answer.status}); look whether it is complete")
    if answer.status != 200:
        raise Unread(f"the site answers {answer.status} just now")
    kind = answer.headers.get("content-type", "")
    if not is_page(kind, answer.body):
        raise Unread("what stands there is no page")
    try:
        return Card(*SHARED.run(card_of, answer.body, kind))
    except (Exceeded, Died) as error:
        raise Unread("its page could not be read") from error


def _day(words: str, zone: str, now: datetime) -> date | None:
    """The day where the person lives; one without a time is that day itself, and tomorrow's is none."""
    if len(words) == len("2026-11-23"):
        try:
            day = date.fromisoformat(words)
        except ValueError:
            return None
        return day if date(1995, 1, 1) <= day <= _today(now, zone) else None
    at = first_believable([iso(words)], now)
    return min(at.astimezone(ZoneInfo(zone)).date(), _today(now, zone)) if at else None


def _today(now: datetime, zone: str) -> date:
    return now.astimezone(ZoneInfo(zone)).date()


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
