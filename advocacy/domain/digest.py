"""What stands in a weekly letter: what is new, what waits, what is due and what lacks; or that there is none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MOST_GAPS, MOST_THINGS, MOST_DUE = 3, 3, 8


class Place(StrEnum):
    """Where a line leads; the number beside it says to which one."""

    TIMELINE = "timeline"
    INBOX = "inbox"
    ASKED = "asked"
    SENTENCE = "sentence"
    SURVEYS = "surveys"
    PROPOSAL = "proposal"
    EVENT = "event"
    CLASS = "class"
    WRITING = "writing"
    APPROVALS = "approvals"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence and where it leads."""

    text: str
    place: Place
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """A whole letter, in words without an address."""

    subject: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """Something with a day: what is said of it before the day, and after it."""

    title: str
    day: date
    says: str
    more: str
    place: Place
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A sentence that is not covered: its figure in words, and how much is missing."""

    expectation_id: int
    title: str
    figure: str
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What is known of a person since their last letter; `before` are as many days as there were before it.

    `kinds` are the new items in words (`3 answers`), `things` what would help next.
    """

    since: date
    today: date
    period: str
    new: int = 0
    before: int = 0
    kinds: Sequence[str] = ()
    lead: tuple[int, int | None] = (0, None)
    waiting: int = 0
    waiting_new: int = 0
    offered: int = 0
    asked: int = 0
    to_confirm: int = 0
    invited: int = 0
    drafts: int = 0
    approvals: int = 0
    edited: tuple[int, int | None] = (0, None)
    due: Sequence[Due] = ()
    gaps: Sequence[Gap] = ()
    measured: int = 0
    things: Sequence[Line] = ()


def digest(week: Week) -> Digest | None:
    """The letter; None when nothing is new, nothing waits and nothing is due: then there is silence."""
    new, waits, due = tuple(_new(week)), tuple(_waits(week)), tuple(_due(week))
    if not (new or waits or due):
        return None
    wholes = (
        Section("New", new),
        Section("Waits for your word", waits),
        Section("Due", due),
        Section(f"Not covered yet in {week.period}", tuple(_gaps(week))),
        Section("What would help next", tuple(week.things[:MOST_THINGS])),
    )
    return Digest(_subject(week), tuple(one for one in wholes if one.lines))


def _subject(week: Week) -> str:
    waits = week.waiting + week.offered + week.asked + week.to_confirm + week.edited[0] + week.invited + week.drafts
    waits += week.approvals
    parts = [
        f"{count} {word}" for count, word in ((week.new, "new"), (waits, "waiting"), (len(week.due), "due")) if count
    ]
    return f"Your week: {', '.join(parts) or 'news from your lead'}"


def _new(week: Week) -> Iterator[Line]:
    if week.new:
        days = (week.today - week.since).days or 1
        stretch = "the day before" if days == 1 else f"the {days} days before"
        by = week.new - week.before
        word = f"as many as in {stretch}" if not by else f"{abs(by)} {'more' if by > 0 else 'fewer'} than in {stretch}"
        items = f"{_many(week.new, 'new item')} since {_day(week.since)}, {word} ({week.before})"
        yield Line(f"{items}: {', '.join(week.kinds)}.", Place.TIMELINE)
    count, number = week.lead
    if count:
        yield Line(f"Your lead spoke of {_many(count, 'sentence')} since {_day(week.since)}.", Place.SENTENCE, number)


def _waits(week: Week) -> Iterator[Line]:
    if week.waiting:
        verb = "item waits" if week.waiting == 1 else "items wait"
        new = f"{week.waiting_new or 'none'} of them new since {_day(week.since)}"
        yield Line(f"{week.waiting} {verb} for your word in {week.period}, {new}.", Place.INBOX)
    count, number = week.edited
    if count:
        them = "it" if count == 1 else "them"
        yield Line(f"{_many(count, 'item')} edited since you confirmed {them}.", Place.SENTENCE, number)
    if week.offered:
        are = "item is" if week.offered == 1 else "items are"
        yield Line(f"{week.offered} {are} offered to you by a colleague: take or leave.", Place.INBOX)
    if week.asked:
        ask = "colleague asks" if week.asked == 1 else "colleagues ask"
        yield Line(f"{week.asked} {ask} whether you were there.", Place.ASKED)
    if week.to_confirm:
        classes = "class" if week.to_confirm == 1 else "classes"
        yield Line(f"Others say that you were at {week.to_confirm} {classes}: confirm or not.", Place.CLASS)
    if week.invited:
        classes = "class" if week.invited == 1 else "classes"
        yield Line(f"You are asked whether you come to, or give, {week.invited} {classes}.", Place.CLASS)
    if week.drafts:
        waits = "draft waits" if week.drafts == 1 else "drafts wait"
        yield Line(f"{week.drafts} {waits} for your review.", Place.WRITING)
    if week.approvals:
        waits = "proposal waits" if week.approvals == 1 else "proposals wait"
        yield Line(f"{week.approvals} {waits} for your yes before being sent.", Place.APPROVALS)


def _due(week: Week) -> Iterator[Line]:
    nearest = sorted(week.due, key=lambda one: (one.day, one.title))
    for one in nearest[:MOST_DUE]:
        more = f" {one.more}" if one.more else ""
        when = f"{_in_days(one.day, week.today)} ({_day(one.day)})"
        yield Line(f"“{one.title}” {one.says} {when}.{more}", one.place, one.number)
    left = len(nearest) - MOST_DUE
    if left > 0:
        yield Line(f"And {left} more of {len(nearest)}.", Place.HOME)


def _gaps(week: Week) -> Iterator[Line]:
    """Those that the least is missing for, with how many there are at all."""
    nearest = sorted(week.gaps, key=lambda one: (one.missing, one.expectation_id))
    for one in nearest[:MOST_GAPS]:
        yield Line(f"“{one.title}”: {one.figure}.", Place.SENTENCE, one.expectation_id)
    if len(nearest) > MOST_GAPS:
        yield Line(f"{len(nearest)} of {week.measured} measured sentences are not covered; see all.", Place.HOME)


def _in_days(day: date, today: date) -> str:
    days = (day - today).days
    if days in (-1, 0, 1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
