"""Another calendar read in: its events as classes that somebody may take over, or why it cannot be read."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from advocacy.domain.normal import TITLE_LIMIT, URL_LIMIT, storable

MOST = 500  #: events of one file
LONGEST = 1_000_000  #: characters


class BadCalendar(ValueError):
    """The text is no calendar that can be read; the words say what to do."""


@dataclass(frozen=True, slots=True)
class Read:
    """One event; `begins_at` is None for whole days, `note` what of it is left behind."""

    uid: str
    title: str
    day: date
    begins_at: datetime | None
    minutes: int | None
    place: str
    about: str
    url: str
    note: str = ""
    last: date | None = None  #: of several whole days


def read(text: str, zone: str) -> list[Read]:
    """The events of an iCalendar file, the earliest first; hours without a zone are those of `zone`."""
    read_in = [one for event in _events(text) if (one := _event(event, zone)) is not None]
    return sorted(read_in, key=lambda one: (one.day, one.title, one.uid))


def undated(text: str) -> list[str]:
    """The events of the file without a day that can be read, by their place in it and their title."""
    numbered = enumerate(_events(text), 1)
    return [
        f"event {number} ({_text(event, 'SUMMARY', 80) or 'without a title'})"
        for number, event in numbered
        if _day(event, "DTSTART") is None
    ]


def _events(text: str) -> list[Event]:
    if len(text) > LONGEST:
        raise BadCalendar("It is too long: export the next months alone.")
    try:
        found = Calendar.from_ical(text)
    except (ValueError, IndexError, KeyError) as error:
        raise BadCalendar(f"It is no iCalendar file: {storable(str(error), 200)}. Export it as .ics again.") from error
    events = [one for one in found.walk("VEVENT") if isinstance(one, Event)]
    if not events:
        raise BadCalendar("There is no event in it: export the calendar that holds some.")
    if len(events) > MOST:
        raise BadCalendar(f"It holds {len(events)} events: export fewer than {MOST}, for example the next months.")
    return events


def _event(event: Event, zone: str) -> Read | None:
    starts = _day(event, "DTSTART")
    if starts is None or f"{event.get('STATUS', '')}" == "CANCELLED":
        return None
    at = _aware(starts, zone)
    moment = at if isinstance(at, datetime) else None
    day = moment.astimezone(ZoneInfo(zone)).date() if moment else at
    title = _text(event, "SUMMARY", TITLE_LIMIT) or "Without a title"
    return Read(
        uid=_text(event, "UID", 500) or f"{title}@{day.isoformat()}",
        title=title,
        day=day,
        begins_at=moment,
        minutes=_minutes(event, moment, zone),
        place=_text(event, "LOCATION", TITLE_LIMIT),
        about=_text(event, "DESCRIPTION", 10_000),
        url=url if (url := _text(event, "URL", URL_LIMIT)).startswith(("https://", "http://")) else "",
        note="it repeats: only its first day is read" if event.get("RRULE") else "",
        last=_last(event, day, zone),
    )


def _last(event: Event, day: date, zone: str) -> date | None:
    """The last of its days, itself inside; None when it is over on the day it begins."""
    ends = _day(event, "DTEND")
    if ends is None:
        return None
    end = _aware(ends, zone)
    if isinstance(end, datetime):
        last = (end - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date()
    else:
        last = end - timedelta(days=1)
    return last if last > day else None


def _aware(at: date | datetime, zone: str) -> date | datetime:
    if not isinstance(at, datetime):
        return at
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def _minutes(event: Event, begins: datetime | None, zone: str) -> int | None:
    if begins is None:
        return None
    if isinstance(lasts := _told(event, "DURATION"), timedelta):
        return _whole(lasts)
    ends = _day(event, "DTEND")
    end = _aware(ends, zone) if ends is not None else None
    return _whole(end - begins) if isinstance(end, datetime) else None


def _whole(lasts: timedelta) -> int | None:
    minutes = int(lasts.total_seconds() // 60)
    return minutes if 0 < minutes <= 12 * 60 else None


def _day(event: Event, name: str) -> date | datetime | None:
    found = _told(event, name)
    return found if isinstance(found, date) else None


def _told(event: Event, name: str) -> object:
    """What a property says; None for one that is missing, and for one that cannot be read."""
    try:
        return getattr(event.get(name), "dt", None)
    except ValueError:
        return None


def _text(event: Event, name: str, most: int) -> str:
    return storable(f"{event.get(name, '')}".strip(), most)
