"""Works to amplify as feeds tell them: each once, by those who made it."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from advocacy import display
from advocacy.domain.public_voice import NAMES
from advocacy.feeds.entries import Entry, tag, visible
from advocacy.models.public_voice.items import Shown


def entries(found: Iterable[Shown], name: Callable[[str], str]) -> Iterator[Entry]:
    """Each of them, for a feed; `name` gives personas and topics the names that people know."""
    for one in found:
        first, work = one.items[0], one.work
        named = sorted(map(name, chain(work.personas, work.topics)), key=str.lower)
        yield Entry(
            id=tag(f"work/{work.id}"),
            title=visible(display.heading(first.title, display.extract(first.excerpt), first.kind, first.platform)),
            text=visible(first.excerpt),
            url=first.url if display.link(first.url) else "",
            page="",
            at=first.at,
            updated=max(first.changed_at, first.at),
            tags=(NAMES[work.format][0], display.platform(first.platform), *map(visible, named)),
            authors=tuple(map(visible, one.people.values())),
        )
