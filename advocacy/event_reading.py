"""A file of events, whatever its form: recognised by what is in it, and read into the same values."""

import json
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from advocacy.domain.event_files import confs_tech, csv_table, schedules
from advocacy.domain.event_files.told import MOST, NoEvents, Told, Wrong
from advocacy.domain.event_matching import Plan
from advocacy.feeds.reading import BadCalendar, undated
from advocacy.feeds.reading import read as read_calendar
from advocacy.models.talks import event_imports
from advocacy.rules import Rules

LONGEST = 8_000_000  #: characters of one file


def read(text: str, name: str, zone: str, called: str = "") -> list[Told | Wrong]:
    """Each event of the file and each row that is none; raise NoEvents for what is no list of events at all."""
    if len(text) > LONGEST:
        raise NoEvents("It is too long: read it in in parts.")
    begins = text.lstrip("\ufeff \r\n\t")[:200]
    if not begins:
        raise NoEvents("There is nothing in it: choose the file, or paste its text.")
    if begins.upper().startswith("BEGIN:VCALENDAR"):
        found = _calendar(text, zone)
    elif begins[0] in "[{":
        found = _json(text, called or PurePath(name).stem)
    else:
        found = csv_table.read(text)
    rows = [one for _, one in zip(range(MOST + 1), found, strict=False)]
    if len(rows) > MOST:
        raise NoEvents(f"It holds more than {MOST:,} events: read it in in parts.")
    if not rows:
        raise NoEvents("There is no event in it.")
    return rows


def plan(rows: list[Told | Wrong], name: str, rules: Rules) -> Plan:
    """What these rows would do to the calendar; topics are what an event's words or its file's name speak of."""
    vocabulary, file = rules.vocabulary, PurePath(name).stem.replace("-", " ").replace("_", " ")

    def topics(told: Told) -> tuple[str, ...]:
        return vocabulary.tag(f"{told.name}\n{told.about}\n{file}", frozenset()).topics

    return event_imports.planned(rows, topics)


def _calendar(text: str, zone: str) -> Iterator[Told | Wrong]:
    try:
        found, lacking = read_calendar(text, zone), undated(text)
    except BadCalendar as error:
        raise NoEvents(f"{error}") from error
    yield from (Wrong(where, "it has no day that can be read. Give it a DTSTART like 20260301") for where in lacking)
    seen: set[str] = set()
    for one in found:
        again = f"@{one.day}" if one.uid in seen else ""  # one that repeats keeps its name
        seen.add(one.uid)
        yield Told(
            ref=f"ics:{one.uid[:180]}{again}",
            name=one.title,
            where=one.title,
            starts=one.day,
            ends=one.last or one.day,
            url=one.url,
            place=one.place,
            about=one.about,
        )


def _json(text: str, called: str) -> Iterator[Told | Wrong]:
    try:
        told: Any = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise NoEvents(f"It is no JSON that can be read: {error}. Fetch the file again.") from error
    if isinstance(told, list):
        return confs_tech.read(told)
    if "schedule" in told:
        return schedules.pretalx(told)
    if "sessions" in told:
        return schedules.sessionize(told, called)
    raise NoEvents(
        "It is JSON, but neither a list of conferences (confs.tech), nor a schedule of pretalx’s, nor Sessionize’s "
        "view/All."
    )
