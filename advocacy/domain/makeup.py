"""What a figure is made of: the mediums, categories and topics behind it, those without anything among them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from advocacy.domain.days import Span, add_months
from advocacy.domain.measure import Tally

RECENT = 3  #: months that a habit is looked for in


@dataclass(frozen=True, slots=True)
class Share:
    """One medium or category with its works and the newest of their days."""

    name: str
    count: int
    newest: date | None


@dataclass(frozen=True, slots=True)
class Link:
    """A topic on its way from being learned to being taught; the first day of each, None when not yet."""

    topic: str
    learned: date | None
    taught: date | None

    @property
    def paired(self) -> bool:
        """Whether it was taught after it was learned."""
        return bool(self.learned and self.taught and self.learned <= self.taught)


def mediums(tallies: Iterable[Tally], window: Span) -> tuple[Share, ...]:
    """Where the person was heard, the most frequented first."""
    here = _inside(tallies, window)
    shares = [_share(name, [t for t in here if t.medium == name]) for name in {t.medium for t in here}]
    return tuple(sorted(shares, key=lambda one: (-one.count, one.name)))


def categories(tallies: Iterable[Tally], window: Span, wanted: Sequence[str]) -> tuple[Share, ...]:
    """Each wanted category in its own order, also the empty ones."""
    here = _inside(tallies, window)
    return tuple(_share(name, [t for t in here if t.facet.partition("/")[0] == name]) for name in wanted)


def chain(tallies: Iterable[Tally], window: Span) -> tuple[Link, ...]:
    """What was learned and what was taught, topic by topic: unpaired ones first, newest learned first."""
    learned: dict[str, date] = {}
    taught: dict[str, date] = {}
    for one in sorted(_inside(tallies, window), key=lambda t: t.day):
        act, _, topic = one.facet.partition("/")
        if not topic:
            continue
        if act == "learned":
            learned.setdefault(topic, one.day)
        elif act == "taught" and (topic not in taught or taught[topic] < learned.get(topic, date.min)):
            taught[topic] = one.day
    links = [Link(topic, learned.get(topic), taught.get(topic)) for topic in learned.keys() | taught.keys()]
    return tuple(sorted(links, key=lambda one: (one.paired, -(one.learned or date.min).toordinal(), one.topic)))


def months_with(tallies: Iterable[Tally], today: date) -> tuple[tuple[date, int], ...]:
    """How many works in each of the last months, this one first; a habit shows in all of them."""
    starts = [add_months(today.replace(day=1), -step) for step in range(RECENT)]
    works = {(t.day.replace(day=1), t.work) for t in tallies if t.counted}
    return tuple((start, sum(month == start for month, _ in works)) for start in starts)


def _inside(tallies: Iterable[Tally], window: Span) -> list[Tally]:
    return [t for t in tallies if t.counted and window[0] <= t.day <= window[1]]


def _share(name: str, some: Sequence[Tally]) -> Share:
    return Share(name, len({t.work for t in some}), max((t.day for t in some), default=None))
