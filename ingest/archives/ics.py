"""A calendar that holds a person's talks (iCalendar): every event that is over is a talk that was given."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component
from icalendar.error import BrokenCalendarProperty

from ingest.archive import Entry, Noted, Options, Skipped
from ingest.bundle import BadArchive, Bundle
from ingest.schedule import Talk, entry, event_of, members, slug

kind = "ics"

MOST = 20_000  #: events of one calendar
LIMIT = 8 * 2**20  #: bytes; reading a thousand events takes half a second
_REPEATS = "repeats: only its first date is taken, log the others in a table"


def read(given: Bundle, options: Options) -> Iterator[Entry]:
    """Yield a talk for every event that is over."""
    for name, data in members(given, r"[^/]*\.ics", "calendar", LIMIT):
        for calendar in _calendars(name, data):
            called = str(calendar.get("X-WR-CALNAME", "")) or event_of(name, options)
            for event in calendar.walk("VEVENT")[:MOST]:
                yield from _event(event, options.event or called, name, options)


def _calendars(name: str, data: bytes) -> list[Calendar]:
    try:
        found = Calendar.from_ical(data, multiple=True)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadArchive(f"{name} is no calendar (ICS): {str(error)[:120]}") from error
    return list(found)


def _event(event: Component, called: str, name: str, options: Options) -> Iterator[Entry]:
    title, place = _text(event, "SUMMARY"), _text(event, "LOCATION")
    number = _text(event, "UID") or slug(f"{title} {_text(event, 'DTSTART')}")
    turn = _moment(event, "RECURRENCE-ID", options.zone)
    where = f"{name} event {number[:80]}"
    if _text(event, "STATUS").upper() == "CANCELLED":
        yield Skipped(where, "it was cancelled")
        return
    yield entry(
        Talk(
            where=where,
            ref=f"ics/{number}{f'/{turn:%Y%m%dT%H%M}' if turn else ''}",
            event=called,
            title=title,
            at=_moment(event, "DTSTART", options.zone),
            text="\n\n".join(filter(None, [_text(event, "DESCRIPTION"), place])),
            url=_text(event, "URL"),
        ),
        options,
    )
    if event.get("RRULE") or event.get("RDATE"):
        yield Noted(f"{where} {_REPEATS}")


def _text(event: Component, name: str) -> str:
    value = event.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    return "" if value is None else str(value).strip()


def _moment(event: Component, name: str, zone: str) -> datetime | None:
    """A day is its noon where the person lives, a time without a zone is read there too."""
    try:
        told = getattr(event.get(name), "dt", None)
    except BrokenCalendarProperty:
        told = None
    if isinstance(told, datetime):
        at = told if told.tzinfo else told.replace(tzinfo=ZoneInfo(zone))
    elif isinstance(told, date):
        at = datetime.combine(told, time(12), ZoneInfo(zone))
    else:
        return None
    try:
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
