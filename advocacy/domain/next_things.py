"""What would help next, each tied to something that is there: a suggestion, a gap with a name, a topic, a date."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from advocacy.domain.insights import Stand
from advocacy.domain.makeup import Link, chain, mediums
from advocacy.domain.measure import Reached, Tally
from advocacy.domain.progress import State
from advocacy.domain.target import Counting

MOST = 5
SOON = timedelta(days=21)  #: a date that is nearer comes first


class Way(StrEnum):
    """Where the thing is done."""

    LOOK = "look"  #: at the suggestions of the sentence
    WRITE = "write"  #: something new, then log or let it be found
    TEACH = "teach"  #: give a class
    SURVEY = "survey"
    PROPOSE = "propose"  #: a draft whose call closes
    CALL = "call"  #: a call for proposals that nothing is sent to yet


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to do: the words, the way, and the sentence it helps (None: no single one)."""

    text: str
    way: Way
    expectation_id: int | None = None
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """Something with a date that waits for the person: a survey asked of them, a call for proposals."""

    way: Way
    title: str
    until: date
    rule: str
    why: str = ""  #: it concerns them, where that is not plain


def next_things(
    stands: Sequence[tuple[Stand, str, Sequence[Tally]]],
    openings: Iterable[Opening],
    name: Callable[[str], str],
    today: date,
) -> tuple[Thing, ...]:
    """The most useful first; `stands` are the measured sentences with their rules and evidence.

    What is covered asks for nothing but what has a date.
    """
    ids = {rule: stand.expectation_id for stand, rule, _ in stands}
    dated = sorted((one for one in openings if one.until >= today), key=lambda one: (one.until, one.title))
    found = [_dated(one, ids, today) for one in dated if one.until - today <= SOON]
    lacking = [row for row in stands if row[0].progress.state is not State.COVERED]
    for stand, _, _ in lacking:
        found += _suggestions(stand)
    for stand, _, tallies in lacking:
        found += [*_untaught(stand, tallies, name), *_categories(stand, name), *_breadth(stand, tallies, name)]
    found += [_dated(one, ids, today) for one in dated if one.until - today > SOON]
    return tuple(dict.fromkeys(found))


def _dated(one: Opening, ids: dict[str, int], today: date) -> Thing:
    days = (one.until - today).days
    left = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"
    ends = {Way.SURVEY: "is due", Way.CALL: "closes its call"}.get(one.way, "closes")
    why = f": {one.why}" if one.why else ""
    return Thing(f"“{one.title}” {ends} {left}{why}.", one.way, ids.get(one.rule))


def _suggestions(stand: Stand) -> Iterator[Thing]:
    count = stand.progress.waiting
    if count:
        words = "suggestion waits" if count == 1 else "suggestions wait"
        yield Thing(f"{count} {words} for your word under “{stand.title}”.", Way.LOOK, stand.expectation_id)


def _untaught(stand: Stand, tallies: Sequence[Tally], name: Callable[[str], str]) -> Iterator[Thing]:
    for reached in _short(stand, Counting.PAIRS):
        for link in _open(chain(tallies, reached.window)):
            day = f"{link.learned.day} {link.learned:%b}" if link.learned else ""
            words = f"You learned {name(link.topic)} ({day}) and have not taught it yet: one class makes it a pair."
            yield Thing(words, Way.TEACH, stand.expectation_id, link.topic)


def _open(links: Iterable[Link]) -> list[Link]:
    return [one for one in links if one.learned and not one.paired][:2]


def _categories(stand: Stand, name: Callable[[str], str]) -> Iterator[Thing]:
    for reached in _short(stand, Counting.EACH):
        if reached.lacking:
            names = ", ".join(map(name, reached.lacking))
            words = f"Nothing yet for {names} under “{stand.title}”: one item of each is enough."
            yield Thing(words, Way.WRITE, stand.expectation_id)


def _breadth(stand: Stand, tallies: Sequence[Tally], name: Callable[[str], str]) -> Iterator[Thing]:
    for reached in _short(stand, Counting.PLATFORMS):
        more = reached.need - reached.count
        there = ", ".join(name(one.name) for one in mediums(tallies, reached.window)) or "nowhere yet"
        places = "one more place" if more == 1 else f"{more} more places"
        yield Thing(f"“{stand.title}” asks for {places}; heard so far: {there}.", Way.WRITE, stand.expectation_id)


def _short(stand: Stand, counting: Counting) -> Iterator[Reached]:
    """The measures of that counting in targets that no alternative reaches."""
    for group in stand.progress.measures:
        if not any(reached.met for reached in group):
            yield from (reached for reached in group if reached.measure.counting is counting)
