"""Invitations as iTIP (RFC 5546): a request or its cancelling, to one attendee, with moments in UTC."""

from datetime import datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vText

from advocacy.domain.meeting import Answer, Meeting, Method
from advocacy.feeds.entries import visible


def itip(method: Method, one: Meeting) -> str:
    """The calendar part of a letter.

    RSVP is false: an answer by mail would reach the organiser's mailbox and nobody's list; the letter holds an address
    for it. Others who come are not named: who is invited is for each of them alone.
    """
    made = Calendar()
    made.add("PRODID", "-//Advocacy//Advocacy//EN")
    made.add("VERSION", "2.0")
    made.add("METHOD", method.value)
    made.add_component(_event(method, one))
    return bytes(made.to_ical()).decode()


def _event(method: Method, one: Meeting) -> Event:
    event = Event()
    event.add("UID", one.uid)
    event.add("SEQUENCE", one.sequence)
    event.add("DTSTAMP", one.stamp)
    event.add("SUMMARY", visible(one.title))
    event.add("DTSTART", one.starts)
    is_moment = isinstance(one.starts, datetime)
    event.add("DTEND", one.starts + (timedelta(minutes=one.minutes) if is_moment else timedelta(days=1)))
    if not is_moment:
        event.add("TRANSP", "TRANSPARENT")
    event.add("STATUS", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    if one.place:
        event.add("LOCATION", visible(one.place))
    event.add("DESCRIPTION", "\n\n".join(filter(None, (visible(one.about), one.url))))
    event.add("URL", one.url)
    event.add("ORGANIZER", _who(*one.organizer), encode=False)
    attendee = _who(*one.attendee)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText(Answer.NO.value if method is Method.CANCEL else one.answer.value)
    attendee.params["RSVP"] = vText("FALSE")
    event.add("ATTENDEE", attendee, encode=False)
    return event


def _who(name: str, mail: str) -> vCalAddress:
    one = vCalAddress(f"mailto:{mail}")
    one.params["CN"] = vText(visible(name))
    return one
