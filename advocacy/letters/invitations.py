"""Letters about a class: invitation, change, that it is called off, a seat that came free, a reminder."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import render_template

from advocacy import display
from advocacy.addresses import address, host
from advocacy.domain.class_times import USUAL
from advocacy.domain.meeting import Answer, Meeting, Method
from advocacy.domain.training import ClassState, Presence
from advocacy.feeds.itip import itip
from advocacy.letters.rsvp import rsvp_address
from advocacy.models import letter_stops, outbox, roster
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.models.trainings import attendance, seats, trainers
from advocacy.models.trainings.classes import Class

SOON = timedelta(hours=24)  #: before the beginning a reminder goes out
_OPENINGS = {
    "invitation": "{by} invites you to a class.",
    "teaching": "{by} says that you give this class: say on its page whether you do.",
    "change": "A class that you are invited to has changed.",
    "off": "This class is called off.",
    "seat": "A seat came free: you have one now.",
    "reminder": "It is within a day.",
}


def invite(one: Class, person_ids: Collection[int], now: datetime) -> int:
    """Write the invitation to each, once it has a day; how many there are."""
    return _write(one, person_ids, "invitation", f"{one.id}.{one.sequence}", Method.REQUEST, now)


def change(one: Class, person_ids: Collection[int], now: datetime) -> int:
    """The same under its next number, for those who have the one before."""
    return _write(one, person_ids, "change", f"{one.id}.{one.sequence}", Method.REQUEST, now)


def call_off(one: Class, person_ids: Collection[int], now: datetime) -> int:
    """Take it out of their calendars."""
    return _write(one, person_ids, "off", f"{one.id}.{one.sequence}", Method.CANCEL, now)


def seat(one: Class, person_ids: Collection[int], now: datetime) -> int:
    """Tell who waited that they come; once for each time that they get one."""
    said = f"{one.id}.seat.{now:%Y%m%d%H%M%S}"
    return _write(one, person_ids, "seat", said, Method.REQUEST, now)


def due(now: datetime) -> Iterator[tuple[Class, list[int]]]:
    """Classes that begin within a day, with who was not reminded yet: those with a seat, and the trainers."""
    query = sa.select(Class).where(Class.state == ClassState.PLANNED, Class.begins_at.between(now, now + SOON))
    for one in db.session.scalars(query.order_by(Class.begins_at, Class.id)):
        teach = [who.person_id for who in trainers.of(one.id) if who.person_id and who.taken]
        people = dict.fromkeys((*teach, *seats.of(one.id).seated))
        but = letter_stops.stopped_by(outbox.CLASS) | outbox.written_to(outbox.CLASS, _reminder(one))
        if wanted := [who for who in people if who not in but]:
            yield one, wanted


def remind(now: datetime) -> int:
    """Write every reminder that is due, and commit; how many."""
    count = 0
    for one, people in list(due(now)):
        count += _write(one, people, "reminder", _reminder(one), None, now)
    db.session.commit()
    return count


def _reminder(one: Class) -> str:
    return f"{one.id}.{one.sequence}.reminder"


def _write(one: Class, person_ids: Collection[int], what: str, key: str, method: Method | None, now: datetime) -> int:
    if one.day is None:
        return 0
    stopped, written = letter_stops.stopped_by(outbox.CLASS), 0
    by = db.session.get(Person, one.by_id) if one.by_id else None
    answers, teach = _answers(one), {who.person_id for who in trainers.of(one.id)}
    for person in roster.people(person_ids):
        if person.id in stopped:
            continue
        words = _words(one, person, by, what, teaches=person.id in teach)
        meeting = _meeting(one, person, by, answers.get(person.id, Answer.OPEN), now)
        calendar = itip(method, meeting) if method else ""
        written += outbox.put(person.id, outbox.CLASS, key, {**words, "calendar": calendar}, now) is not None
    return written


def _answers(one: Class) -> dict[int, Answer]:
    """What each of the invited said, and whether that got them a seat."""
    sit, said = seats.of(one.id), {Presence.GOING: Answer.YES, Presence.ABSENT: Answer.NO}
    found = {who.person_id: said.get(who.presence, Answer.OPEN) for who in attendance.of(one.id) if who.own}
    teach = {who.person_id: Answer.YES for who in trainers.of(one.id) if who.person_id and who.taken}
    return {**found, **dict.fromkeys(sit.waiting, Answer.WAITING), **teach}


def _words(one: Class, person: Person, by: Person | None, what: str, *, teaches: bool) -> dict[str, str]:
    """Who teaches answers on the page of the class: whether they come is no question."""
    opening = _OPENINGS["teaching" if teaches and what == "invitation" else what].format(
        by=by.name if by else "A colleague"
    )
    given = {
        "one": one,
        "opening": opening,
        "when": when(one, person.zone),
        "page": address("classes.show", class_id=one.id),
        "answer": rsvp_address(one.id, person.id) if what in ("invitation", "change") and not teaches else "",
    }
    titles = {"invitation": "Invitation", "change": "Changed", "off": "Called off", "seat": "You have a seat"}
    return {
        "subject": f"{titles.get(what, 'Soon')}: {one.title}, {given['when']}",
        "text": render_template("letters/class.txt", **given),
        "html": render_template("letters/class.html", **given),
    }


def when(one: Class, zone: str) -> str:
    """Its day, or its moment as the clock of a zone has it: `Tuesday, 1 December 2026, 15:00 (Asia/Kolkata)`."""
    if one.begins_at is None:
        return display.long_day(one.day) if one.day else "its day is open"
    at = one.begins_at.astimezone(ZoneInfo(zone))
    return f"{at:%A}, {display.long_day(at.date())}, {at:%H:%M} ({zone})"


def _meeting(one: Class, person: Person, by: Person | None, answer: Answer, now: datetime) -> Meeting:
    starts = one.begins_at or one.day
    assert starts is not None
    return Meeting(
        uid=f"class-{one.id}@{host()}",
        sequence=one.sequence,
        stamp=now,
        title=one.title,
        starts=starts,
        minutes=one.minutes or USUAL,
        place=one.place,
        about="\n\n".join(filter(None, (one.about, one.objectives))),
        url=address("classes.show", class_id=one.id),
        organizer=(by.name, by.email) if by else ("Advocacy", f"advocacy@{host()}"),
        attendee=(person.name, person.email),
        answer=answer,
    )
