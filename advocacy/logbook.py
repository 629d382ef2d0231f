"""The log that people keep themselves: an entry saved, changed, deleted and brought back, with its activity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from advocacy import recording
from advocacy.domain.links import canonical
from advocacy.domain.logbook.entry import Entry, activity_of
from advocacy.domain.logbook.kinds import LogKind
from advocacy.domain.noon import noon
from advocacy.domain.normal import ref_hash
from advocacy.domain.period import day_of
from advocacy.domain.refs import ref_of
from advocacy.models import jobs, log_entries, offers, verdicts
from advocacy.models.accounts import Account
from advocacy.models.activities import ActivityPerson, ActivityRow, Provenance
from advocacy.models.base import db
from advocacy.models.evidence import Verdict
from advocacy.models.log_entries import LogEntry
from advocacy.models.offers import Offer
from advocacy.models.people import Person
from advocacy.models.words import Part, Word
from advocacy.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is to be logged; without a day, of today. `row` is the hash of a table's line that it came from."""

    kind: LogKind
    said: Mapping[str, str]
    day: date | None = None
    expectation_id: int | None = None
    row: bytes | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What the page behind a link says of itself; empty where it does not."""

    title: str = ""
    text: str = ""
    day: date | None = None


def save(draft: Draft, person: Person, now: datetime, rules: Rules, *, mine: bool = True) -> LogEntry:
    """Put it into the log and onto the timeline; not `mine`, it is nobody's until the one it is offered to takes it."""
    url = draft.said.get("url", "")
    entry = LogEntry(
        person_id=person.id,
        kind=draft.kind.value,
        ref=_ref(draft.kind, url),
        day=draft.day or day_of(now, person.zone),
        day_said=draft.day is not None,
        said=dict(draft.said),
        told={},
        held={"mine": mine},
        expectation_id=draft.expectation_id if mine else None,
        link_hash=log_entries.link_hash(url),
        row_hash=draft.row,
        created_at=now,
        changed_at=now,
    )
    db.session.add(entry)
    db.session.flush()
    _record(entry, person, now, rules, mine)
    return entry


def change(entry: LogEntry, draft: Draft, person: Person, now: datetime, rules: Rules) -> None:
    """Let it say what the person says now; what they left as the page told it stays the page's word."""
    told = entry.told if canonical(str(entry.said.get("url", ""))) == canonical(draft.said.get("url", "")) else {}
    entry.kind, entry.told, entry.changed_at = draft.kind.value, told, now
    entry.said = {name: value for name, value in draft.said.items() if value != told.get(name)}
    if draft.day and draft.day != entry.day:
        entry.day, entry.day_said = draft.day, True
    entry.expectation_id = draft.expectation_id if _is_mine(entry) else None
    entry.link_hash = log_entries.link_hash(draft.said.get("url", ""))
    _record(entry, person, now, rules, _is_mine(entry))


def tell(entry: LogEntry, told: Told, person: Person, now: datetime, rules: Rules) -> bool:
    """Fill in what the page says and the person did not; whether anything of it is news."""
    before = entry.entry.says, entry.day
    entry.told = {name: value for name, value in (("title", told.title), ("text", told.text)) if value}
    if told.day and not entry.day_said:
        entry.day = told.day
    if before == (entry.entry.says, entry.day):
        return False
    _record(entry, person, now, rules, _is_mine(entry))
    return True


def again(entry: LogEntry, person: Person, now: datetime, rules: Rules) -> LogEntry:
    """The same once more, today, for the same people; not its link, for that would be the very same thing."""
    said = {name: value for name, value in entry.entry.says.items() if name != "url"}
    mine, old = _is_mine(entry), entry.activity_id
    if entry.kind == LogKind.TALLY and mine:
        return tally({**said, "count": "1"}, None, person, now, rules)
    draft = Draft(kind=LogKind(entry.kind), said=said, expectation_id=entry.expectation_id)
    more = save(draft, person, now, rules, mine=mine)
    for one in _offered(old, person.id):
        assert more.activity_id is not None
        offers.offer(more.activity_id, one.to_id, one.part, one.words, by=person.id, now=now)
    return more


def _offered(activity_id: int | None, person_id: int) -> Sequence[Offer]:
    here = Offer.activity_id == activity_id, Offer.by_id == person_id
    return db.session.scalars(sa.select(Offer).where(*here).order_by(Offer.id)).all()


def tally(said: Mapping[str, str], day: date | None, person: Person, now: datetime, rules: Rules) -> LogEntry:
    """Count help given: that of one day in one place about one thing is one entry, which grows."""
    when = day or day_of(now, person.zone)
    key = _tallied(said)
    there = (one for one in log_entries.tallies(person.id, when) if one.day == when and _tallied(one.said) == key)
    entry = next(there, None)
    if entry is None:
        return save(Draft(kind=LogKind.TALLY, said=said, day=day), person, now, rules)
    count_up(entry, int(said.get("count") or 1), person, now, rules)
    return entry


def count_up(entry: LogEntry, by: int, person: Person, now: datetime, rules: Rules) -> None:
    """Let a tally grow, or shrink again; one that counts nothing any more goes."""
    count = int(entry.said.get("count") or 1) + by
    if count < 1:
        take_away(entry, now)
        return
    entry.said, entry.changed_at = {**entry.said, "count": str(min(count, 999_999))}, now
    _record(entry, person, now, rules, _is_mine(entry))


def take_away(entry: LogEntry, now: datetime) -> None:
    """Delete it; what a source brought stays, and what somebody else took stays theirs."""
    entry.gone_at, entry.held = now, {"mine": _is_mine(entry)}
    jobs.drop_unfurl(entry.id)
    if entry.activity_id is None:
        return
    number, entry.activity_id = entry.activity_id, None
    entry.held = _held(number, entry.person_id)
    db.session.flush()
    mine = db.session.get(ActivityPerson, (number, entry.person_id))
    if mine is not None and _is_brought(number, entry.person_id):
        mine.by_hand = False
        return
    recording.leave(number, entry.person_id)
    db.session.expire_all()


def bring_back(entry: LogEntry, person: Person, now: datetime, rules: Rules) -> None:
    """Undo a deletion: the activity, what was said of it and whom it was offered to; private, as all is at first."""
    held = entry.held
    entry.gone_at, entry.held = None, {"mine": held.get("mine", True)}
    entry.ref = _ref(LogKind(entry.kind), str(entry.said.get("url", "")))
    _record(entry, person, now, rules, bool(held.get("mine", True)))
    number = entry.activity_id
    assert number is not None
    for one in held.get("words", ()):
        verdicts.decide(
            person_id=person.id,
            activity_id=number,
            expectation_id=one["expectation"],
            word=Word(one["word"]),
            by=person.id,
            now=now,
            reason=one["reason"],
            facet=one["facet"],
        )
    for one in held.get("offers", ()):
        offers.offer(number, one["to"], Part(one["part"]), one["words"], by=person.id, now=now)


def _record(entry: LogEntry, person: Person, now: datetime, rules: Rules, mine: bool) -> None:
    moment = now if entry.day == day_of(now, person.zone) else noon(entry.day, person.zone)
    if entry.activity_id is not None and entry.day == day_of(now, person.zone):
        moment = db.session.get_one(ActivityRow, entry.activity_id).at
        moment = moment if day_of(moment, person.zone) == entry.day else now
    people = {person.id: Part.AUTHOR} if mine else {}
    activity = activity_of(entry.entry, entry.ref, moment)
    entry.activity_id = recording.record(activity, people, now, rules)
    db.session.flush()
    if entry.expectation_id is not None and mine:
        verdicts.decide(
            person_id=person.id,
            activity_id=entry.activity_id,
            expectation_id=entry.expectation_id,
            word=Word.CONFIRMED,
            by=person.id,
            now=now,
        )


def _ref(kind: LogKind, url: str) -> str:
    """The ref of what stands at the link, so that it meets what a source brings later.

    What is there already keeps its ref to itself: it may be somebody else's, and nobody comes to see it by its link.
    """
    ref = ref_of(url) if url and kind is LogKind.POST else None
    taken = ref and db.session.scalar(sa.select(ActivityRow.id).where(ActivityRow.ref_hash == ref_hash(ref)))
    return ref if ref and not taken else f"hand:{uuid4().hex}"


def _is_mine(entry: LogEntry) -> bool:
    if entry.activity_id is None:
        return bool(entry.held.get("mine", True))
    return db.session.get(ActivityPerson, (entry.activity_id, entry.person_id)) is not None


def _is_brought(activity_id: int, person_id: int) -> bool:
    """Whether an account of the person's brought it, too."""
    way = sa.select(Provenance.activity_id).join(Account, Account.id == Provenance.account_id)
    return (
        db.session.scalar(way.where(Provenance.activity_id == activity_id, Account.person_id == person_id)) is not None
    )


def _held(activity_id: int, person_id: int) -> dict[str, Any]:
    """What goes with the activity and is to come back with it."""
    said = Verdict
    words = sa.select(said.expectation_id, said.word, said.facet, said.reason).where(
        said.activity_id == activity_id,
        said.person_id == person_id,
        said.superseded_at.is_(None),
        said.word.is_not(None),
    )
    return {
        "mine": db.session.get(ActivityPerson, (activity_id, person_id)) is not None,
        "words": [
            {"expectation": row.expectation_id, "word": row.word.value, "facet": row.facet, "reason": row.reason}
            for row in db.session.execute(words)
        ],
        "offers": [
            {"to": one.to_id, "part": one.part.value, "words": one.words}
            for one in _offered(activity_id, person_id)
            if one.answered_at is None
        ],
    }


def _tallied(said: Mapping[str, Any]) -> tuple[str, str]:
    return str(said.get("place", "")).casefold(), str(said.get("about", "")).casefold()


def draft_activity(kind: LogKind, said: Mapping[str, str], day: date, zone: str) -> tuple[str, datetime]:
    """The title and the moment that an entry would have, for looking whether it is there already."""
    moment = noon(day, zone)
    return activity_of(Entry(kind, day, said), "hand:0", moment).title, moment
