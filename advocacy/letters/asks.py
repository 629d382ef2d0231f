"""Letters about a request to speak: one to whoever is asked, once for an event, and one to whoever asked."""

from datetime import datetime

from flask import render_template

from advocacy import display, running
from advocacy.addresses import address
from advocacy.domain.speaking import SpeakingState
from advocacy.letters import sending
from advocacy.models import letter_stops, outbox, roster
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.models.speaking_requests import SpeakingRequest, SpeakingRequestStep
from advocacy.models.talks.events import Event

SAID = {
    SpeakingState.ACCEPTED: "says yes",
    SpeakingState.DECLINED: "says no",
    SpeakingState.LATER: "will answer later",
}


def ask(one: SpeakingRequest, now: datetime) -> bool:
    """Write to whoever is asked; whether a letter goes. Nobody is written to twice for one event."""
    by = db.session.get(Person, one.by_id) if one.by_id else None
    event, name = db.session.get_one(Event, one.event_id), by.name if by else "A colleague"
    given = {"one": one, "by": name, "event": event, "when": _when(event), "page": address("answering.show")}
    given |= {"topic": running.in_force().vocabulary.name(one.topic), "closes": event.cfp_closes}
    return _put(one.person_id, _key(one), "ask", f"{name} asks you to speak at {event.name}", given, now)


def recall(one: SpeakingRequest) -> None:
    """The request was withdrawn: a letter that still waits does not go."""
    outbox.recall(one.person_id, outbox.ASK, _key(one))


def answer(one: SpeakingRequest, step: SpeakingRequestStep, now: datetime) -> bool:
    """Tell whoever asked what the person says; whether a letter goes."""
    if one.by_id is None:
        return False
    person, event = db.session.get_one(Person, one.person_id), db.session.get_one(Event, one.event_id)
    given = {"one": one, "name": person.name, "event": event, "said": SAID[step.state], "reason": step.note}
    given |= {"until": display.long_day(step.until) if step.until else "", "page": address("asks.sent")}
    subject = f"{person.name} {given['said']}: {event.name}"
    return _put(one.by_id, f"{one.id}.{step.id}", "answered", subject, given, now)


def recall_answer(one: SpeakingRequest, step: SpeakingRequestStep) -> None:
    """What was said was taken back: a letter that still waits does not go."""
    if one.by_id is not None:
        outbox.recall(one.by_id, outbox.ASK, f"{one.id}.{step.id}")


def _key(one: SpeakingRequest) -> str:
    return f"event.{one.event_id}"


def _when(event: Event) -> str:
    return display.long_day(event.starts) if event.starts else "its day is open"


def _put(person_id: int, key: str, template: str, subject: str, given: dict[str, object], now: datetime) -> bool:
    wanted = roster.people([person_id]) and person_id not in letter_stops.stopped_by(outbox.ASK)
    if not (sending.is_set_up() and wanted):
        return False
    words = {
        "subject": subject,
        "text": render_template(f"letters/{template}.txt", **given),
        "html": render_template(f"letters/{template}.html", **given),
    }
    return outbox.put(person_id, outbox.ASK, key, words, now) is not None
