"""Works of the public voice as the rows of a sheet."""

from collections.abc import Iterable, Iterator, Sequence

from advocacy import display
from advocacy.domain import audience_reach
from advocacy.domain.public_voice import NAMES, Work
from advocacy.models.public_voice import items
from advocacy.models.public_voice.items import Item, Shown
from advocacy.running import in_force
from advocacy.voice_asked import Span

COLUMNS = ("day", "format", "title", "url", "by", "places", "personas", "topics", "reach")
AT_ONCE = 500


def rows(works: Sequence[Work], span: Span) -> Iterator[tuple[object, ...]]:
    """All of them, read some hundred at a time."""
    for first in range(0, len(works), AT_ONCE):
        for one in items.shown(works[first : first + AT_ONCE], span.first, span.last):
            yield _row(one)


def _row(one: Shown) -> tuple[object, ...]:
    work, first = one.work, one.items[0]
    return (
        work.day.isoformat(),
        NAMES[work.format][0],
        display.heading(first.title, display.extract(first.excerpt), first.kind, first.platform),
        first.url,
        ", ".join(one.people.values()),
        ", ".join(dict.fromkeys(display.platform(place.platform) for place in one.items)),
        ", ".join(names(work.personas)),
        ", ".join(names(work.topics)),
        "; ".join(words for place in one.items for words in told(place)),
    )


def names(terms: Iterable[str]) -> list[str]:
    """Personas or topics as people call them."""
    return sorted(map(in_force().vocabulary.name, terms), key=str.lower)


def choices(terms: Iterable[str]) -> list[tuple[str, str]]:
    """The same to choose from: ids and names, in the order of their names."""
    name = in_force().vocabulary.name
    return sorted(((one, name(one)) for one in terms), key=lambda one: one[1].lower())


def told(place: Item) -> Iterator[str]:
    """How far an item reached: who told it, when, and which numbers."""
    yield from audience_reach.lines(place.reach, display.platform(place.platform))
    for words, day in place.audience:
        yield f"{words}, as of {display.long_day(day)}"
