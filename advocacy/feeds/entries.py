"""An activity as every feed tells it: an id for ever, a title, one link that can be followed, the moment."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from advocacy import display
from advocacy.addresses import address, host
from advocacy.domain.closing import come
from advocacy.models.base import Row
from advocacy.models.fed import Fed

BEGAN = "2026"  #: the year in which our host's name stands for us, as tag addresses want it (RFC 4151)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry; `url` is where it was published, `page` our own page of it, each '' when there is none to give."""

    id: str
    title: str
    text: str
    url: str
    page: str
    at: datetime
    updated: datetime
    tags: tuple[str, ...]
    authors: tuple[str, ...] = ()  #: where they are others than the feed's own


def tag(words: str) -> str:
    """A name that is ours for ever, wherever the site's pages move."""
    return f"tag:{host()},{BEGAN}:{words}"


def entries(found: Sequence[Fed], *, pages: bool) -> Iterator[Entry]:
    """Each of them, for a feed; with our own pages when its reader may open them."""
    for one in found:
        yield Entry(
            id=tag(f"activity/{one.id}"),
            title=visible(display.heading(one.title, one.excerpt, one.kind, one.platform)),
            text=visible(one.excerpt),
            url=one.url if display.link(one.url) else "",
            page=address("activities.show", activity_id=one.id) if pages else "",
            at=one.at,
            updated=max(one.changed_at, one.at),
            tags=tuple(
                filter(None, (display.KINDS[one.kind][0], display.platform(one.platform), visible(one.channel)))
            ),
        )


def reminders(found: Iterable[Row], today: date, zone: str) -> Iterator[Entry]:
    """Every reminder of a call that closes which has come by a day: the same words for ever, at the morning it came."""
    for one in {row.id: row for row in found}.values():
        for days, day in come(one.cfp_closes, today):
            at = datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
            yield Entry(
                id=tag(f"call/{one.id}/{days}"),
                title=visible(f"{one.name} closes its call in {days} days"),
                text=visible(f"Proposals are taken until {display.long_day(one.cfp_closes)}."),
                url=display.link(one.cfp_url) or display.link(one.url),
                page=address("events.one", event_id=one.id),
                at=at,
                updated=at,
                tags=("call for proposals",),
            )


def visible(words: str) -> str:
    """The words without what no feed may hold: control characters but line breaks and tabs, lone surrogates."""
    return "".join(
        c for c in words if c in "\n\t" or (c >= " " and c not in "\x7f\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )
