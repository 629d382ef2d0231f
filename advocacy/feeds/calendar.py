"""iCalendar (RFC 5545): what happens, with names that stay and moments in UTC."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from advocacy import display
from advocacy.addresses import address, host
from advocacy.domain.happening import Happening
from advocacy.feeds.entries import visible

TYPE = "text/calendar; charset=utf-8"
PAGES: Mapping[str, tuple[str, str]] = {
    "proposal": ("proposals.show", "proposal_id"),
    "event": ("events.one", "event_id"),
    "speaking": ("answering.show", ""),
    "class": ("classes.show", "class_id"),
    "survey": ("surveys.show", ""),
    "activity": ("activities.show", "activity_id"),
}
HOUR = timedelta(hours=1)


def calendar(title: str, found: Sequence[Happening]) -> bytes:
    """A calendar to subscribe to, the earliest first."""
    made = Calendar()
    made.add("PRODID", "-//Advocacy//Advocacy//EN")
    made.add("VERSION", "2.0")
    made.add("METHOD", "PUBLISH")
    made.add("X-WR-CALNAME", visible(title))
    made.add("REFRESH-INTERVAL;VALUE=DURATION", "PT6H")
    made.add("X-PUBLISHED-TTL", "PT6H")
    for one in sorted(found, key=lambda one: (f"{one.starts:%Y%m%d%H%M}", one.uid)):
        made.add_component(_event(one))
    return bytes(made.to_ical())


def _event(one: Happening) -> Event:
    event = Event()
    event.add("UID", f"{one.uid}@{host()}")
    event.add("DTSTAMP", one.stamp)
    event.add("SUMMARY", visible(one.title))
    event.add("DTSTART", one.starts)
    if isinstance(one.starts, datetime):
        event.add("DTEND", one.starts + (timedelta(minutes=one.minutes) or HOUR))
    else:
        event.add("DTEND", (one.last or one.starts) + timedelta(days=1))  # the day after the last one
        event.add("TRANSP", "TRANSPARENT")  # a day with a name is not a day without time
    event.add("STATUS", one.certainty.value)
    if one.sequence:
        event.add("SEQUENCE", one.sequence)
    if one.place:
        event.add("LOCATION", visible(one.place))
    page = _page(one)
    event.add("DESCRIPTION", "\n\n".join(filter(None, (visible(one.about), page))))
    if link := (one.url if display.link(one.url) else "") or page:
        event.add("URL", link)
    return event


def _page(one: Happening) -> str:
    if one.page is None:
        return ""
    noun, number = one.page
    endpoint, name = PAGES[noun]
    return address(endpoint, **({name: number} if name else {}))
