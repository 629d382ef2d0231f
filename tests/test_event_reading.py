"""Files of events: every form read into the same values, broken rows named, good ones kept; twice changes nothing."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from advocacy import event_reading
from advocacy.domain.event_files.told import NoEvents, Told, Wrong
from advocacy.domain.proposal import ProposalState
from advocacy.models import db, outbox, speaking_requests
from advocacy.models.speaking_rows import SpeakingRequest
from advocacy.models.talks import event_imports, events, watching
from advocacy.models.talks.events import Event
from advocacy.models.talks.proposals import Proposal
from advocacy.models.words import Capability
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW

CONFERENCES = Path(__file__).parents[2] / "shared" / "data" / "conferences"
OSLO: dict[str, Any] = {
    "name": "KubeDay Oslo",
    "url": "https://kubeday.example/oslo",
    "startDate": "2027-03-24",
    "endDate": "2027-03-26",
    "city": "Oslo",
    "country": "Norway",
    "online": False,
    "locales": "EN,NO",
    "cfpUrl": "https://kubeday.example/cfp",
    "cfpEndDate": "2026-12-07",
}
ICS = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1@example
SUMMARY:PyDay
DTSTART;VALUE=DATE:20270301
DTEND;VALUE=DATE:20270304
LOCATION:Pune
END:VEVENT
BEGIN:VEVENT
UID:2@example
SUMMARY:Meetup
DTSTART:20270305T173000Z
DTEND:20270305T193000Z
END:VEVENT
BEGIN:VEVENT
UID:3@example
SUMMARY:Broken
DTSTART:soon
END:VEVENT
END:VCALENDAR
"""
SCHEDULE = {
    "schedule": {
        "conference": {
            "acronym": "dd27",
            "title": "Data Days",
            "start": "2027-05-03",
            "end": "2027-05-04",
            "url": "https://pretalx.example/dd27/",
            "days": [
                {"rooms": {"Hall": [{"title": "Etcd", "persons": [{"public_name": "Asha Rao"}]}]}},
                {"rooms": {"Hall": [{"title": "Rook", "persons": [{"public_name": "Zoë"}]}]}},
            ],
        }
    }
}
VIEW_ALL = {
    "sessions": [
        {"id": "1", "title": "Etcd", "startsAt": "2027-06-08T10:00:00", "endsAt": "2027-06-08T11:00:00"},
        {"id": "2", "title": "Rook", "startsAt": "2027-06-09T10:00:00", "endsAt": "2027-06-09T11:00:00"},
        {"id": "3", "title": "Odd", "startsAt": "noon", "endsAt": None},
        {"id": "4", "title": "Lunch", "startsAt": None, "isServiceSession": True},
    ],
    "speakers": [{"id": "a", "fullName": "Asha Rao"}],
}


def read(text: str, name: str = "", called: str = "") -> list[Told | Wrong]:
    return event_reading.read(text, name, "Asia/Kolkata", called)


def told(text: str, name: str = "", called: str = "") -> list[Told]:
    return [one for one in read(text, name, called) if isinstance(one, Told)]


def wrong(text: str, name: str = "") -> list[str]:
    return [f"{one.where}: {one.why}" for one in read(text, name) if isinstance(one, Wrong)]


def test_a_conference_of_confs_tech_is_read_whole() -> None:
    (one,) = told(json.dumps([OSLO]))
    assert (one.name, one.starts, one.ends) == ("KubeDay Oslo", date(2027, 3, 24), date(2027, 3, 26))
    assert (one.place, one.country, one.online, one.languages) == ("Oslo", "Norway", False, ("EN", "NO"))
    assert (one.cfp_url, one.cfp_closes, one.url) == (OSLO["cfpUrl"], date(2026, 12, 7), OSLO["url"])


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"startDate": "2026-13-01"}, "startDate is no day: '2026-13-01'. Write it as 2026-03-01"),
        ({"startDate": ""}, "it has no startDate. Write it as 2026-03-01"),
        ({"startDate": 20260301}, "it has no startDate. Write it as 2026-03-01"),
        ({"endDate": "2027-03-01"}, "endDate 2027-03-01 is before startDate 2027-03-24. Turn them round"),
        ({"cfpEndDate": "soon"}, "cfpEndDate is no day: 'soon'. Write it as 2026-03-01"),
        ({"startDate": "0001-01-01"}, "startDate is no day of this century: '0001-01-01'. Write it as 2026-03-01"),
        (
            {"cfpUrl": "javascript:alert(1)"},
            "cfpUrl is no web address: 'javascript:alert(1)'. Write the whole of it, beginning with https://",
        ),
    ],
)
def test_a_broken_row_is_named_and_the_good_ones_are_read(row: dict[str, Any], why: str) -> None:
    text = json.dumps([OSLO, {**OSLO, **row}, OSLO])
    assert wrong(text) == [f"row 2 (KubeDay Oslo): {why}"]
    assert len(told(text)) == 2


def test_rows_that_are_nothing_are_named_too() -> None:
    assert wrong(json.dumps([None, {"startDate": "2027-01-01"}])) == [
        "row 1: it is no conference: an object with name, url and startDate",
        "row 2: it has no name. Give it one",
    ]


def test_a_table_is_read_by_its_headings_whatever_their_spelling() -> None:
    text = "Conference;Start date;City;CFP deadline;Online;Mood\nPyDay;2027-03-01;Pune;2026-12-24;yes;good\n;;;;;\n"
    (one,) = told(text)
    assert (one.name, one.starts, one.place, one.cfp_closes, one.online) == (
        "PyDay",
        date(2027, 3, 1),
        "Pune",
        date(2026, 12, 24),
        True,
    )


def test_rows_of_a_table_are_counted_as_a_spreadsheet_does() -> None:
    text = "name,starts,online\nPyDay,2027-03-01,yes\nOdd,1.3.2027,no\n,2027-03-01,\nOdder,2027-03-02,perhaps\n"
    assert wrong(text) == [
        "row 3 (Odd): starts is no day: '1.3.2027'. Write it as 2026-03-01",
        "row 4: it has no name. Give it one",
        "row 5 (Odder): online is neither yes nor no: 'perhaps'. Write yes or no",
    ]
    assert [one.name for one in told(text)] == ["PyDay"]


def test_a_calendar_gives_whole_days_and_says_what_has_none() -> None:
    assert [(one.name, one.starts, one.ends, one.place) for one in told(ICS)] == [
        ("PyDay", date(2027, 3, 1), date(2027, 3, 3), "Pune"),
        ("Meetup", date(2027, 3, 5), date(2027, 3, 6), ""),
    ]
    assert wrong(ICS) == ["event 3 (Broken): it has no day that can be read. Give it a DTSTART like 20260301"]


def test_programmes_give_their_event() -> None:
    (one,) = told(json.dumps(SCHEDULE))
    assert (one.ref, one.name, one.starts, one.ends) == (
        "pretalx:dd27",
        "Data Days",
        date(2027, 5, 3),
        date(2027, 5, 4),
    )
    assert one.about == "Its programme has 2 sessions by 2 speakers."
    (one,) = told(json.dumps(VIEW_ALL), called="Data on Tour")
    assert (one.ref, one.starts, one.ends) == ("sessionize:data-on-tour", date(2027, 6, 8), date(2027, 6, 9))
    assert wrong(json.dumps(VIEW_ALL), "tour.json") == [
        "session 3 (Odd): startsAt is no day: 'noon'. Write it as 2026-03-01"
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There is nothing in it"),
        ("[]", "There is no event in it."),
        ("[{", "It is no JSON that can be read"),
        ('{"a": 1}', "It is JSON, but neither"),
        ('{"schedule": []}', "It is no schedule of pretalx’s"),
        ('{"sessions": [], "speakers": []}', "Sessionize does not say what the event is called"),
        ("when,where\n2027-01-01,Oslo\n", "one of them must be “name”"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "There is no event in it"),
        ("[" * 100_000, "It is no JSON that can be read"),
    ],
)
def test_what_is_no_list_of_events_says_what_to_do(text: str, words: str) -> None:
    with pytest.raises(NoEvents, match=words):
        read(text)


def take(text: str, rules: Rules, name: str = "file.json", called: str = "") -> str:
    """Take it in; what it came to in words."""
    plan = event_reading.plan(read(text, name, called), name, rules)
    event_imports.take(plan, name, None, NOW)
    db.session.commit()
    return plan.words


def rows() -> list[tuple[Any, ...]]:
    one = Event
    query = sa.select(one.name, one.starts, one.place, one.cfp_closes, one.topics, one.ref).order_by(one.id)
    return [tuple(row) for row in db.session.execute(query)]


@pytest.mark.parametrize(
    ("text", "called", "words"),
    [
        (json.dumps([OSLO, OSLO]), "", ("1 new, 0 changed, 1 as they were", "0 new, 0 changed, 2 as they were")),
        (ICS, "", ("2 new, 0 changed, 0 as they were, 1 not taken", "0 new, 0 changed, 2 as they were, 1 not taken")),
        ("name\nPyDay\n", "", ("1 new, 0 changed, 0 as they were", "0 new, 0 changed, 1 as they were")),
        (json.dumps(SCHEDULE), "", ("1 new, 0 changed, 0 as they were", "0 new, 0 changed, 1 as they were")),
        (
            json.dumps(VIEW_ALL),
            "Tour",
            ("1 new, 0 changed, 0 as they were, 1 not taken", "0 new, 0 changed, 1 as they were, 1 not taken"),
        ),
    ],
)
def test_the_same_file_twice_changes_nothing(
    cast: Cast, rules: Rules, text: str, called: str, words: tuple[str, str]
) -> None:
    first = take(text, rules, called=called)
    before = rows()
    assert ((first, take(text, rules, called=called)), rows()) == (words, before)


def test_topics_are_what_the_name_and_the_file_speak_of(cast: Cast, rules: Rules) -> None:
    take(json.dumps([{**OSLO, "name": "Kubernetes Day"}]), rules, "python-2027.json")
    assert rows()[0][4] == ["kubernetes", "python"]


def test_what_changed_is_changed_and_what_a_person_typed_stays(cast: Cast, rules: Rules) -> None:
    take(json.dumps([OSLO]), rules)
    one = db.session.scalars(sa.select(Event)).one()
    events.say(one, {"cfp_closes": date(2026, 12, 10)})
    db.session.commit()
    later = {**OSLO, "cfpEndDate": "2026-12-20", "startDate": "2027-03-25"}
    plan = event_reading.plan(read(json.dumps([later])), "", rules)
    (step,) = plan.steps
    assert (step.changes, step.kept) == (("starts",), ("cfp_closes",))
    assert take(json.dumps([later]), rules) == "0 new, 1 changed, 0 as they were"
    assert [(row[1], row[3]) for row in rows()] == [(date(2027, 3, 25), date(2026, 12, 10))]
    assert take(json.dumps([later]), rules) == "0 new, 0 changed, 1 as they were"


def test_an_event_that_stands_by_name_is_met_and_its_gaps_filled(cast: Cast, rules: Rules) -> None:
    events.of_company("kubeday  OSLO", None, NOW)
    own = events.named("Own", cast.asha.id, None, NOW)
    db.session.commit()
    assert take(json.dumps([OSLO, {**OSLO, "name": "Own", "url": ""}]), rules) == "1 new, 1 changed, 0 as they were"
    assert [row[:2] for row in rows()] == [
        ("KubeDay Oslo", date(2027, 3, 24)),
        ("Own", None),
        ("Own", date(2027, 3, 24)),
    ]
    assert db.session.get_one(Event, own.id).ref is None


def test_editions_of_one_name_stay_apart(cast: Cast, rules: Rules) -> None:
    spring, autumn = {**OSLO, "city": ""}, {**OSLO, "city": "", "startDate": "2027-09-24", "endDate": "2027-09-25"}
    other = {**OSLO, "city": "Bergen", "url": "https://kubeday.example/bergen"}
    assert take(json.dumps([spring, autumn, other]), rules) == "3 new, 0 changed, 0 as they were"
    assert take(json.dumps([other, autumn, spring]), rules) == "0 new, 0 changed, 3 as they were"


def test_an_import_is_taken_back_but_for_what_somebody_mended(cast: Cast, rules: Rules) -> None:
    take(json.dumps([OSLO]), rules)
    more = [{**OSLO, "name": name, "city": name} for name in ("A", "B", "C")]
    take(json.dumps([{**OSLO, "cfpEndDate": "2026-12-20"}, *more]), rules)
    ids = {one.name: one.id for one in db.session.scalars(sa.select(Event))}
    events.say(db.session.get_one(Event, ids["B"]), {"about": "Mended."})
    db.session.commit()
    last = event_imports.latest()[0].id
    assert (event_imports.undo(last, NOW), event_imports.undo(last, NOW)) == ((2, 1), (0, 0))
    db.session.commit()
    assert [(row[0], row[3]) for row in rows()] == [
        ("KubeDay Oslo", date(2026, 12, 7)),
        ("B", date(2026, 12, 7)),
    ]


def test_what_somebody_uses_stays_theirs_alone_and_a_mended_file_brings_it_back(cast: Cast, rules: Rules) -> None:
    take(json.dumps([OSLO]), rules)
    used = db.session.scalars(sa.select(Event)).one().id
    watching.watch(cast.asha.id, used, NOW)
    proposal = Proposal(owner_id=cast.lena.id, event_id=used, title="Probes", day=NOW.date(), created_at=NOW)
    proposal.state = ProposalState.DRAFTED
    db.session.add(proposal)
    outbox.put(cast.asha.id, outbox.CALL, f"{used}.14", None, NOW)
    asked = SpeakingRequest(person_id=cast.sven.id, by_id=cast.lena.id, asked_as=Capability.LEAD, event_id=used)
    asked.topic, asked.day, asked.created_at = "kubernetes", NOW.date(), NOW
    speaking_requests.add(asked)
    db.session.commit()
    assert event_imports.undo(event_imports.latest()[0].id, NOW) == (1, 0)  # nobody is told that somebody uses it
    db.session.commit()
    own = {one.owner_id: one for one in db.session.scalars(sa.select(Event))}
    assert set(own) == {cast.asha.id, cast.lena.id, cast.sven.id}
    assert {one.cfp_closes for one in own.values()} == {date(2026, 12, 7)}
    assert watching.among(cast.asha.id, [own[cast.asha.id].id])
    assert (proposal.event_id, asked.event_id) == (own[cast.lena.id].id, own[cast.sven.id].id)
    assert outbox.is_there(cast.asha.id, outbox.CALL, f"{own[cast.asha.id].id}.14")
    events.say(own[cast.lena.id], {"place": "Room 4"})
    assert take(json.dumps([{**OSLO, "cfpEndDate": "2026-12-20"}]), rules) == "1 new, 0 changed, 0 as they were"
    left = {one.owner_id: one for one in db.session.scalars(sa.select(Event))}
    assert set(left) == {None, cast.lena.id}, "who told something in theirs keeps it"
    assert watching.among(cast.asha.id, [left[None].id])


def test_what_changed_again_since_is_not_taken_back(cast: Cast, rules: Rules) -> None:
    for closes in ("2026-12-07", "2026-12-10", "2026-12-20"):
        take(json.dumps([{**OSLO, "cfpEndDate": closes}]), rules)
    event_imports.undo(event_imports.latest()[1].id, NOW)
    db.session.commit()
    assert rows()[0][3] == date(2026, 12, 20)


def test_the_lists_beside_the_project_are_read_whole_and_twice_is_once(cast: Cast, rules: Rules) -> None:
    if not CONFERENCES.is_dir():
        pytest.skip("../shared is not beside the project")
    files = sorted(CONFERENCES.glob("*.json"))
    counts = [len(json.loads(file.read_text("utf-8"))) for file in files]
    assert [len(told(file.read_text("utf-8"), file.name)) for file in files] == counts
    first = [take(file.read_text("utf-8"), rules, file.name) for file in files]
    before = rows()
    again = [take(file.read_text("utf-8"), rules, file.name) for file in files]
    assert again == [f"0 new, 0 changed, {count} as they were" for count in counts]
    assert (rows(), sum(int(words.partition(" ")[0]) for words in first)) == (before, len(before))
