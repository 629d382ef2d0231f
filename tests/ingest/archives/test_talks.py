"""Talks out of calendars and schedules: those of one person, those that were given."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from advocacy.domain.activity import Activity, Kind, Platform
from ingest.bundle import BadArchive
from ingest.schedule import AHEAD
from tests.ingest.archives.given import ASHA, file, read

EVENTS = """BEGIN:VCALENDAR
VERSION:2.0
X-WR-CALNAME:Meetups
BEGIN:VEVENT
UID:1@cal.example
SUMMARY:Chaos on Kubernetes
DTSTART;TZID=Asia/Kolkata:20261001T120000
LOCATION:Pune
URL:https://meetup.example/1
END:VEVENT
BEGIN:VEVENT
UID:2@cal.example
SUMMARY:Every month
DTSTART;VALUE=DATE:20261002
RRULE:FREQ=MONTHLY
END:VEVENT
BEGIN:VEVENT
UID:3@cal.example
SUMMARY:To come
DTSTART:20270101T120000Z
END:VEVENT
BEGIN:VEVENT
UID:4@cal.example
SUMMARY:Off
STATUS:CANCELLED
DTSTART:20261003T120000Z
END:VEVENT
BEGIN:VEVENT
UID:5@cal.example
SUMMARY:Timeless
END:VEVENT
END:VCALENDAR
"""


def session(number: int, *speakers: str, **more: Any) -> dict[str, Any]:
    plain = {"id": f"{number}", "title": f"Talk {number}", "description": "About <b>OpenEBS</b>", "speakers": speakers}
    return {**plain, "startsAt": "2026-10-01T12:00:00", "isServiceSession": False, "recordingUrl": None, **more}


def view_all(*sessions: dict[str, Any]) -> str:
    people = [
        {"id": "u1", "firstName": "Asha", "lastName": "Rao", "fullName": "Asha  RAO"},
        {"id": "u2", "firstName": "Lena", "lastName": "Fischer", "fullName": "Lena Fischer"},
    ]
    return json.dumps({"sessions": sessions, "speakers": people, "questions": [], "categories": [], "rooms": []})


def pretalx(*talks: dict[str, Any]) -> str:
    conference = {"acronym": "kd26", "title": "K Days 2026", "time_zone_name": "Europe/Berlin"}
    days = [{"index": 1, "date": "2026-10-01", "rooms": {"Main": talks, "Side": []}}]
    return json.dumps({"schedule": {"version": "1", "conference": conference | {"days": days}}})


def talk(code: str, name: str, **more: Any) -> dict[str, Any]:
    plain = {"id": 1, "guid": f"g-{code}", "code": code, "date": "2026-10-01T12:00:00+02:00", "title": f"On {code}"}
    told = {"subtitle": "", "abstract": "Chaos", "description": "", "url": f"https://pretalx.example/kd26/talk/{code}/"}
    return {**plain, **told, "persons": [{"code": "P1", "public_name": name, "name": name}], **more}


def test_a_calendar_gives_what_is_over(tmp_path: Path) -> None:
    found = read("ics", file(tmp_path, "talks.ics", EVENTS))
    first, second = found.items
    assert (first.ref, first.kind, first.platform) == ("talk:ics/1@cal.example", Kind.TALK, Platform.MANUAL)
    assert (first.title, first.channel, first.url) == ("Chaos on Kubernetes", "Meetups", "https://meetup.example/1")
    assert (first.at, first.text) == (datetime(2026, 10, 1, 6, 30, tzinfo=UTC), "Pune")
    assert second.at == datetime(2026, 10, 2, 6, 30, tzinfo=UTC)
    assert [one.reason for one in found.skipped] == [AHEAD, "it was cancelled"]
    assert [one.what for one in found.wrong] == ["it has no date that can be read"]
    assert [words.partition(" repeats")[0] for words in found.notes] == ["talks.ics event 2@cal.example"]


def test_sessionize_gives_the_sessions_of_the_person(tmp_path: Path) -> None:
    told = view_all(
        session(11, "u1", "u2"),
        session(12, "u2"),
        session(13, "u1", isServiceSession=True),
        session(14, "u1", startsAt="2027-01-01T12:00:00"),
    )
    found = read("sessionize", file(tmp_path, "Chaos Conf (1).json", told))
    one = found.one
    assert (one.ref, one.title, one.text) == ("talk:sessionize/chaos-conf/11", "Talk 11", "About OpenEBS")
    assert (one.channel, one.authors) == ("Chaos Conf", ("Asha  RAO", "Lena Fischer"))
    assert one.at == datetime(2026, 10, 1, 6, 30, tzinfo=UTC)
    assert [row.reason for row in found.skipped] == [AHEAD]


def test_pretalx_gives_the_talks_of_the_person(tmp_path: Path) -> None:
    schedule = file(tmp_path, "schedule.json", pretalx(talk("ABC", "Asha Rao"), talk("XYZ", "Lena Fischer")))
    one = read("pretalx", schedule).one
    assert (one.ref, one.channel, one.title) == ("talk:pretalx/kd26/ABC", "K Days 2026", "On ABC")
    assert (one.at, one.url) == (datetime(2026, 10, 1, 10, tzinfo=UTC), "https://pretalx.example/kd26/talk/ABC/")


@pytest.mark.parametrize(
    ("kind", "content"), [("sessionize", view_all(session(1, "u2"))), ("pretalx", pretalx(talk("A", "Lena Fischer")))]
)
def test_a_person_who_is_not_there_is_told_who_is(tmp_path: Path, kind: str, content: str) -> None:
    path = file(tmp_path, "schedule.json", content)
    with pytest.raises(
        BadArchive, match='no speaker is called Nobody. Say which of them: --speaker "Name".*Lena Fischer'
    ):
        read(kind, path, replace(ASHA, speakers=("Nobody",)))
    assert len(read(kind, path, replace(ASHA, speakers=("lena fischer",))).items) == 1


@pytest.mark.parametrize("kind", ["ics", "sessionize", "pretalx"])
@pytest.mark.parametrize(
    "content", ["", "[]", "{", "\x00\x01", "{}" * 3, "[" * 100_000, "BEGIN:VCALENDAR\nBEGIN:VEVENT\n"]
)
def test_what_is_no_schedule_is_refused_in_words_or_is_empty(tmp_path: Path, kind: str, content: str) -> None:
    items: list[Activity] = []
    with suppress(BadArchive):
        items = read(kind, file(tmp_path, "x", content)).items
    assert items == []
