"""Reminders of calls for proposals that close, to whoever watches the event or has a draft for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import render_template

from advocacy import display
from advocacy.addresses import address
from advocacy.domain.closing import STEPS, step
from advocacy.domain.period import day_of
from advocacy.models import letter_stops, outbox, roster
from advocacy.models.base import Row, db
from advocacy.models.people import Person
from advocacy.models.talks import watching

DAY = timedelta(days=1)  #: somewhere it is already tomorrow, or still yesterday


@dataclass(frozen=True, slots=True)
class Reminder:
    """One call that closes for one person; `drafts` are the titles of theirs that are not sent."""

    call: Row
    person: Person
    step: int
    drafts: tuple[str, ...]

    @property
    def key(self) -> str:
        """By which it is written once for an event, a person and a step, also when the call is prolonged."""
        return f"{self.call.id}.{self.step}"


def due(now: datetime) -> list[Reminder]:
    """Every reminder that has come and was not written yet."""
    rows = watching.concerned(now.date() - DAY, now.date() + max(STEPS) * DAY + DAY)
    if not rows:
        return []
    stopped = letter_stops.stopped_by(outbox.CALL)
    people = {one.id: one for one in roster.people({row.person_id for row in rows} - stopped)}
    found = list(_of(rows, people, now))
    written = outbox.written(outbox.CALL, [one.key for one in found])
    return [one for one in found if (one.person.id, one.key) not in written]


def remind(now: datetime) -> int:
    """Write every reminder that is due, and commit; how many."""
    put = [outbox.put(one.person.id, outbox.CALL, one.key, _words(one, now), now) for one in due(now)]
    db.session.commit()
    return sum(number is not None for number in put)


def _of(rows: Sequence[Row], people: dict[int, Person], now: datetime) -> Iterator[Reminder]:
    """One for each event and person, at the step of the day that it is where the person lives."""
    together: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        together.setdefault((row.id, row.person_id), []).append(row)
    for (_, person_id), some in together.items():
        person = people.get(person_id)
        at = step(some[0].cfp_closes, day_of(now, person.zone)) if person else None
        if person and at:
            yield Reminder(some[0], person, at, tuple(row.title for row in some if row.title))


def _words(one: Reminder, now: datetime) -> dict[str, str]:
    left = (one.call.cfp_closes - day_of(now, one.person.zone)).days
    when = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
    given = {
        "call": one.call,
        "when": when,
        "day": display.long_day(one.call.cfp_closes),
        "drafts": one.drafts,
        "link": display.link(one.call.cfp_url) or display.link(one.call.url),
        "page": address("events.one", event_id=one.call.id),
        "board": address("board.show"),
    }
    return {
        "subject": f"{one.call.name} closes its call {when}",
        "text": render_template("letters/call.txt", **given),
        "html": render_template("letters/call.html", **given),
    }
