"""Letters that are due are written and sent: by the worker, or by `advocacy digest`."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage

from advocacy import running
from advocacy.addresses import host
from advocacy.domain.digest import digest
from advocacy.domain.letter_days import last_due, week_of
from advocacy.letters import chasing, closing, invitations
from advocacy.letters.gather import gather
from advocacy.letters.words import footed, stop_address, written
from advocacy.mail.address import way_of
from advocacy.mail.carrier import Carrier, carrier_of
from advocacy.mail.message import Envelope, Unaddressable, Words, message
from advocacy.mail.outcome import TryLater, Undelivered
from advocacy.models import letter_wishes, outbox
from advocacy.models.base import Row, db
from advocacy.models.people import Person
from advocacy.models.sqlite import reading
from advocacy.rules import Rules

log = logging.getLogger(__name__)

LATE = timedelta(days=3)  #: later than this a weekly letter waits for its next day

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one person's week; empty words when there was nothing to say."""

    person: str  #: their address
    key: str
    subject: str = ""
    text: str = ""


def is_set_up() -> bool:
    """Whether there is a way for letters to leave."""
    return bool(running.settings().mail.url)


def due_weeks(now: datetime, person_id: int | None = None) -> list[tuple[int, str]]:
    """Whose weekly letter is to be written now, and for which week."""
    found = []
    for one in letter_wishes.wanted(person_id):
        moment = last_due(now, one.zone, one.weekday, one.hour)
        key = week_of(moment)
        is_due = one.said_at <= moment and now - moment <= LATE
        if is_due and not outbox.is_there(one.person_id, outbox.DIGEST, key):
            found.append((one.person_id, key))
    return found


def write(person_id: int, key: str, now: datetime, rules: Rules, *, keep: bool = True) -> Written:
    """Write the letter of a week, or keep that there was nothing to say, and commit; without `keep` only look."""
    with reading():
        person = db.session.get_one(Person, person_id)
        told = digest(gather(person, now, rules))
        words = written(told, person) if told else None
        made = Written(person.email, key, words["subject"], words["text"]) if words else Written(person.email, key)
        db.session.rollback()
    if keep:
        outbox.put(person_id, outbox.DIGEST, key, words, now)
        db.session.commit()
    return made


@dataclass(slots=True)
class Round:
    """What one round did: what was written, how many letters went, and why others did not."""

    letters: list[Written] = field(default_factory=list)
    faults: int = 0
    sent: int = 0
    unsent: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """In a line."""
        written = sum(1 for one in self.letters if one.subject)
        told = f"{written} written, {len(self.letters) - written} with nothing to say, {self.sent} sent"
        parts = [f"{len(self.unsent)} did not go: {self.unsent[0]}"] if self.unsent else []
        parts += [f"{self.faults} could not be written: it is in the log"] if self.faults else []
        return "; ".join([told, *parts])


def is_anything_due(now: datetime) -> bool:
    """Whether a round would find something to do."""
    return bool(
        outbox.due(now)
        or outbox.is_any_lost(now)
        or due_weeks(now)
        or any(invitations.due(now))
        or any(chasing.due(now))
        or any(closing.due(now))
    )


def go_round(
    now: datetime, rules: Rules, report: Report = lambda done, of: None, person_id: int | None = None
) -> Round:
    """Write every letter that is due, and send what waits; one that cannot be written keeps no other one back.

    With a person it is only theirs.
    """
    done, weeks = Round(), due_weeks(now, person_id)
    db.session.rollback()
    for number, (whose, key) in enumerate(weeks, 1):
        try:
            done.letters.append(write(whose, key, now, rules))
        except Exception:
            db.session.rollback()
            log.exception("the letter of person %s for %s could not be written", whose, key)
            done.faults += 1
        report(number, len(weeks))
    if person_id is None:
        done.faults += _remind(now)
    for why in send(now, report, person_id):
        done.sent += not why
        done.unsent += [why] if why else []
    return done


def _remind(now: datetime) -> int:
    """Write the reminders of classes, surveys and calls; how many of these kinds could not be written."""
    faults = 0
    for remind in (invitations.remind, chasing.remind, closing.remind):
        try:
            remind(now)
        except Exception:
            db.session.rollback()
            log.exception("reminders could not be written")
            faults += 1
    return faults


def send(now: datetime, report: Report = lambda done, of: None, person_id: int | None = None) -> Iterator[str]:
    """Send what waits and may be tried now; yields of each '', or why it did not go."""
    outbox.settle(now)
    db.session.commit()
    with reading():
        waiting = outbox.due(now, person_id)
        db.session.rollback()
    if not waiting:
        return
    carrier = carrier_of(way_of(running.settings().mail.url))
    try:
        for number, letter_id in enumerate(waiting, 1):
            letter = outbox.claim(letter_id, now)
            if letter is not None:
                yield _carried(letter, carrier, now)
            report(number, len(waiting))
    finally:
        carrier.close()


def _carried(letter: Row, carrier: Carrier, now: datetime) -> str:
    """Hand one over and keep how that ended; '' when it went."""
    why = ""
    try:
        carrier.carry(_message(letter, now))
        outbox.went(letter.id, now)
    except (TryLater, OSError) as error:
        why = str(error)
        outbox.again(letter.id, letter.attempts, why, now)
    except (Undelivered, Unaddressable) as error:
        why = str(error)
        outbox.failed(letter.id, why)
    db.session.commit()
    return why


def _message(letter: Row, now: datetime) -> EmailMessage:
    """The letter as it was written, with the address that ends such letters, which is in no table."""
    stop = stop_address(letter.person_id, letter.kind)
    envelope = Envelope(
        sender=running.settings().mail.sender or f"advocacy@{host()}",
        to=letter.email,
        to_name=letter.name,
        message_id=f"{letter.kind}.{letter.key}.{letter.id}@{host()}",
        at=now,
    )
    text, html = footed(letter.text, letter.html, stop)
    return message(envelope, Words(subject=letter.subject, text=text, html=html, stop=stop, calendar=letter.calendar))
