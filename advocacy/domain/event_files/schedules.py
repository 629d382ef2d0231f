"""Programmes of one event, as pretalx and Sessionize publish them: the event, from its first day to its last."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from advocacy.domain.event_files.told import NoEvents, Told, Unfit, Wrong, day, in_order, line, link

PRETALX, SESSIONIZE = "pretalx", "sessionize"


def pretalx(told: dict[str, Any]) -> Iterator[Told | Wrong]:
    """The event of a schedule.json; raise NoEvents for another file."""
    schedule = _part(told, "schedule")
    conference = _part(schedule, "conference")
    name = line(conference.get("title")) or line(conference.get("acronym"))
    if not name:
        raise NoEvents("It is no schedule of pretalx’s: there is no conference with a title in it.")
    rooms = [(_part(one, "rooms"), room) for one in _list(conference, "days") for room in _part(one, "rooms")]
    talks = [talk for there, room in rooms for talk in _list(there, room)]
    try:
        starts, ends = day("start", conference.get("start")), day("end", conference.get("end"))
        in_order(("start", "end"), starts, ends)
        yield Told(
            ref=f"{PRETALX}:{_slug(line(conference.get('acronym')) or name)}",
            name=name,
            where=name,
            starts=starts,
            ends=ends or starts,
            url=link("url", conference.get("url") or schedule.get("base_url") or schedule.get("url")),
            about=_about(len(talks), len({line(_name(who)) for talk in talks for who in _list(talk, "persons")})),
        )
    except Unfit as error:
        yield Wrong(name, f"{error}")


def sessionize(told: dict[str, Any], called: str) -> Iterator[Told | Wrong]:
    """The event of a `view/All`, which does not say what it is called; raise NoEvents without a name or a day."""
    name = line(called)
    if not name:
        raise NoEvents("Sessionize does not say what the event is called: give its name beside the file.")
    days: list[date] = []
    for number, session in enumerate(_list(told, "sessions"), 1):
        try:
            starts = day("startsAt", session.get("startsAt"))
            days += [one for one in (starts, day("endsAt", session.get("endsAt")) or starts) if one]
        except Unfit as error:
            yield Wrong(f"session {number} ({line(session.get('title'), 80)})", f"{error}")
    if not days:
        raise NoEvents("None of its sessions has a day yet: read it in when the programme is out.")
    talks = [one for one in _list(told, "sessions") if not one.get("isServiceSession")]
    yield Told(
        ref=f"{SESSIONIZE}:{_slug(name)}",
        name=name,
        where=name,
        starts=min(days),
        ends=max(days),
        about=_about(len(talks), len(_list(told, "speakers"))),
    )


def _about(sessions: int, speakers: int) -> str:
    return f"Its programme has {sessions} {'session' if sessions == 1 else 'sessions'} by {speakers} speakers."


def _name(person: dict[str, Any]) -> Any:
    return person.get("public_name") or person.get("name")


def _slug(words: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in words.casefold()).split())[:150]


def _part(told: Any, name: str) -> dict[str, Any]:
    found = told.get(name) if isinstance(told, dict) else None
    return found if isinstance(found, dict) else {}


def _list(told: Any, name: str) -> list[dict[str, Any]]:
    found = told.get(name) if isinstance(told, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
