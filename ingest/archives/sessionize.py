"""The schedule of an event on Sessionize, as its address …/view/All answers: the sessions of one speaker."""

from collections.abc import Iterator, Mapping
from typing import Any

from ingest.archive import Entry, Options
from ingest.bundle import Bundle
from ingest.schedule import Talk, entry, event_of, is_speaker, members, moment, nobody, objects, slug, text, whole_json

kind = "sessionize"


def read(given: Bundle, options: Options) -> Iterator[Entry]:
    """Yield the person's sessions; raise BadArchive, naming the speakers, when nobody is called so."""
    for name, data in members(given, r"[^/]*\.json", "schedule of Sessionize's"):
        schedule = whole_json(name, data)
        speakers = {str(one.get("id")): text(one, "fullName") for one in objects(schedule.get("speakers"))}
        mine = {str(one.get("id")) for one in objects(schedule.get("speakers")) if _is_mine(one, options)}
        if not mine:
            raise nobody(speakers.values(), options)
        for session in objects(schedule.get("sessions")):
            ids = [str(one) for one in session.get("speakers") or ()]
            if mine.intersection(ids) and not session.get("isServiceSession"):
                authors = tuple(speakers[one] for one in ids if speakers.get(one))
                yield entry(_talk(session, name, authors, options), options)


def _is_mine(speaker: Mapping[str, Any], options: Options) -> bool:
    names = [text(speaker, "fullName"), f"{text(speaker, 'firstName')} {text(speaker, 'lastName')}"]
    return is_speaker([*names, text(speaker, "email")], options)


def _talk(session: Mapping[str, Any], name: str, authors: tuple[str, ...], options: Options) -> Talk:
    event = event_of(name, options)
    return Talk(
        where=f"{name} session {session.get('id')}",
        ref=f"sessionize/{slug(event)}/{session.get('id')}",
        event=event,
        title=text(session, "title"),
        at=moment(session.get("startsAt"), options.zone),
        text=text(session, "description"),
        url=text(session, "recordingUrl") or text(session, "liveUrl"),
        authors=authors,
    )
