"""Planning: hours and zones, seats, trainers who say so themselves, check-in, an earlier class as a pattern."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.models import db, roster
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.people import Person
from advocacy.models.trainings.attendance import Attendance
from advocacy.models.trainings.classes import Class
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser
from tests.plain import text

SignIn = Callable[[Person], Browser]
FORM = {"title": "etcd", "day": "2026-12-01", "hour": "15:30", "zone": "Asia/Kolkata", "minutes": "45", "teach": "1"}


def planned(browser: Browser, **more: str) -> str:
    answer = browser.post("/trainings/plan", headers=None, **{**FORM, **more})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def timeline(person: Person) -> list[str]:
    """The refs of what stands on somebody's timeline, without numbers."""
    mine = ActivityPerson
    query = sa.select(ActivityRow.ref).join(mine, mine.activity_id == ActivityRow.id).where(mine.person_id == person.id)
    db.session.rollback()
    return sorted(re.sub(r"\d", "", ref) for ref in db.session.scalars(query))


def test_everybody_reads_the_hour_where_they_live(cast: Cast, sign_in: SignIn) -> None:
    where = planned(sign_in(cast.lena))
    told = [text(sign_in(one).get(where).text) for one in (cast.asha, cast.sven)]
    assert "Tuesday, 1 Dec 2026, 15:30 your time, Asia/Kolkata" in told[0]
    assert "Tuesday, 1 Dec 2026, 10:00 your time, UTC" in told[1]


def test_the_planner_sees_the_hour_in_every_zone_and_who_is_elsewhere(cast: Cast, sign_in: SignIn) -> None:
    lena, asha = sign_in(cast.lena), sign_in(cast.asha)
    where = planned(lena, invite="asha@tern.example")
    assert "15:30 on 1 Dec 2026 in Asia/Kolkata (1 person)" in text(lena.get(where).text)
    other = planned(asha, title="Rook", hour="16:00")
    assert "1 of them has another class at that time" in text(lena.get(where).text)
    asha.post(f"{other}/off")
    assert "another class" not in lena.get(where).text


def test_seats_are_taken_in_order_and_who_waits_sees_their_place(cast: Cast, sign_in: SignIn) -> None:
    where = planned(sign_in(cast.lena), capacity="1")
    asha, sven = sign_in(cast.asha), sign_in(cast.sven)
    asha.post(f"{where}/me", presence="going")
    sven.post(f"{where}/me", presence="going")
    assert "You are number 1 on the waiting list" in sven.get(where).text
    asha.post(f"{where}/me", presence="absent")
    assert ("waiting list" in sven.get(where).text, "not coming" in asha.get(where).text) == (False, True)


def test_more_seats_let_in_who_waits(cast: Cast, sign_in: SignIn) -> None:
    lena = sign_in(cast.lena)
    where = planned(lena, capacity="1")
    for person in (cast.asha, cast.sven):
        sign_in(person).post(f"{where}/me", presence="going")
    lena.post(f"{where}/edit", headers=None, **{**FORM, "capacity": "2"})
    assert "waiting list" not in lena.get(where).text


def test_who_plans_without_teaching_gave_nothing_until_the_trainer_says_so(cast: Cast, sign_in: SignIn) -> None:
    lena, asha = sign_in(cast.lena), sign_in(cast.asha)
    where = planned(lena, teach="", trainer="asha@tern.example")
    assert "says that you give <b" in asha.get("/").text
    lena.post(f"{where}/state", state="held", day="2026-11-20")
    assert (timeline(cast.lena), timeline(cast.asha)) == (["planned:"], [])
    asha.post(f"{where}/teach", gives="yes")
    assert (timeline(cast.lena), timeline(cast.asha)) == (["planned:"], ["class:"])
    asha.post(f"{where}/teach", gives="no")
    assert timeline(cast.asha) == []
    assert "(does not)" in lena.get(where).text
    assert sign_in(cast.sven).post(f"{where}/teach", gives="yes").status_code == 404


def test_the_trainer_ticks_who_was_there_and_each_is_asked(cast: Cast, sign_in: SignIn) -> None:
    lena, asha = sign_in(cast.lena), sign_in(cast.asha)
    where = planned(lena, day="2026-11-20", hour="", invite="asha@tern.example, sven@tern.example")
    asha.post(f"{where}/me", presence="going")
    lena.post(f"{where}/state", state="held", day="2026-11-20")
    assert "Who of them was there?" in lena.get(where).text
    lena.post(f"{where}/there", person=[cast.asha.id, cast.mark.id])  # Mark was not invited: his number is not taken
    assert "Were you there?" in asha.get("/trainings").text
    assert timeline(cast.asha) == []
    asha.post(f"{where}/me", presence="attended")
    assert timeline(cast.asha) == ["attended::"]
    assert sign_in(cast.mark).get(where).status_code == 404
    lena.post(f"{where}/there")
    assert "Nobody was noted: tick who was there" in lena.get(where).text


def test_a_word_in_the_room_says_who_was_there(cast: Cast, sign_in: SignIn, app: Flask) -> None:
    lena, asha = sign_in(cast.lena), sign_in(cast.asha)
    where = planned(lena, day="2026-11-23", hour="", invite="asha@tern.example")
    lena.post(f"{where}/check-in")
    word = re.search(r'class="room-word">(\w+)<', lena.get(where).text)
    assert word is not None
    wrong = asha.post("/classes/check-in", word="zzzzzz")
    assert (wrong.status_code, "No class shows this word now" in wrong.text) == (422, True)
    asha.post("/classes/check-in", word=f" {word[1].upper()[:3]} {word[1][3:]}")
    assert "attended::" in timeline(cast.asha)
    assert "says so by the word of the room" in text(lena.get(where).text)
    app.extensions["advocacy.clock"] = lambda: NOW + timedelta(hours=5)
    assert sign_in(cast.sven).post("/classes/check-in", word=word[1]).status_code == 422


def test_the_word_of_a_class_to_come_is_not_shown_yet(cast: Cast, sign_in: SignIn) -> None:
    lena = sign_in(cast.lena)
    where = planned(lena)
    lena.post(f"{where}/check-in")
    assert ("room-word" in lena.get(where).text, "Planned" in lena.get(where).text) == (False, True)


def test_what_was_said_of_attendance_stays_written(cast: Cast, sign_in: SignIn) -> None:
    where, asha = planned(sign_in(cast.lena)), sign_in(cast.asha)
    for word in ("going", "absent", "", "going"):
        asha.post(f"{where}/me", presence=word)
    db.session.rollback()
    rows = db.session.execute(sa.select(Attendance.presence, Attendance.taken_back_at).order_by(Attendance.id)).all()
    assert [(row.presence, row.taken_back_at is None) for row in rows] == [
        ("going", True),
        ("absent", False),
        ("going", True),
    ]


def test_what_was_asked_for_is_evidence_for_who_was_there_and_changes_with_it(cast: Cast, sign_in: SignIn) -> None:
    lena, asha = sign_in(cast.lena), sign_in(cast.asha)
    where = planned(lena, day="2026-11-20", hour="")
    asha.post(f"{where}/me", presence="going")
    lena.post(f"{where}/state", state="held", day="2026-11-20")
    assert timeline(cast.asha) == []  # who wanted to come was not there for that
    asha.post(f"{where}/me", presence="attended")
    assert timeline(cast.asha) == ["attended::"]
    lena.post(f"{where}/state", state="planned", day="2026-11-20")
    assert timeline(cast.asha) == []
    lena.post(f"{where}/state", state="held", day="2026-11-20")
    assert timeline(cast.asha) == ["attended::"]


def test_another_like_it_has_everything_but_the_day(cast: Cast, sign_in: SignIn) -> None:
    lena = sign_in(cast.lena)
    where = planned(lena, capacity="12", about="What breaks first.", place="Room 4")
    form = lena.get(f"/trainings/plan?like={where.rpartition('/')[2]}").text
    assert ('value="12"' in form, "What breaks first." in form, 'value="Room 4"' in form) == (True, True, True)
    assert "2026-12-01" not in form


def test_a_request_fills_in_who_wants_it_for_a_lead_alone(cast: Cast, sign_in: SignIn) -> None:
    asha, lena, sven = sign_in(cast.asha), sign_in(cast.lena), sign_in(cast.sven)
    asha.post("/trainings/request", title="Rook", origin="roadmap", external="1", offer="Kubermatic", cost="900 EUR")
    assert "From outside: Kubermatic, costs 900 EUR" in text(sven.get("/trainings?list=requests").text)
    told = ["asha@tern.example" in one.get("/trainings/plan?request=1").text for one in (lena, sven)]
    assert told == [True, False]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"hour": "half three"}, "Give the hour as 15:30."),
        ({"zone": "Bangalore"}, "Give a time zone like Asia/Kolkata"),
        ({"day": "", "hour": "15:30"}, "Give the day of that hour, too"),
        ({"day": "2027-03-28", "hour": "02:30", "zone": "Europe/Berlin"}, "put forward over 02:30"),
        ({"capacity": "0"}, "Give at least one seat"),
        ({"minutes": "2000"}, "a longer course is a series"),
        ({"times": "99"}, "Give 1 to 26 times"),
        ({"day": "", "hour": "", "times": "3"}, "A series needs the day of its first class"),
        ({"invite": "nobody@nowhere.example"}, "Nobody here has this name"),
    ],
)
def test_what_cannot_be_planned_says_why_and_nothing_is_lost(
    cast: Cast, sign_in: SignIn, form: dict[str, str], words: str
) -> None:
    answer = sign_in(cast.lena).post("/trainings/plan", headers=None, **{**FORM, "about": "Typed with care.", **form})
    assert (answer.status_code, words in answer.text, "Typed with care." in answer.text) == (422, True, True)
    assert db.session.scalars(sa.select(Class.id)).all() == []


def test_only_who_planned_it_changes_it(cast: Cast, sign_in: SignIn) -> None:
    where = planned(sign_in(cast.lena))
    for person in (cast.asha, cast.sven, cast.mark, cast.adam):
        browser = sign_in(person)
        told = [
            browser.get(f"{where}/edit"),
            *(browser.post(f"{where}/{act}") for act in ("edit", "off", "on", "invite")),
        ]
        assert [one.status_code for one in told] == [404] * 5


def test_a_calendar_file_holds_the_class(cast: Cast, sign_in: SignIn) -> None:
    where = planned(sign_in(cast.lena))
    answer = sign_in(cast.asha).get(f"{where}/class.ics")
    assert ("DTSTART:20261201T100000Z" in answer.text, answer.mimetype) == (True, "text/calendar")


def test_the_agenda_and_the_month_show_the_same_on_the_days_of_the_reader(cast: Cast, sign_in: SignIn) -> None:
    lena = sign_in(cast.lena)
    planned(lena, day="2026-12-01", hour="02:00")  # still November in UTC
    planned(lena, title="Date open", day="", hour="")
    for view in ("", "&view=month"):
        there = [sign_in(one).get(f"/trainings/agenda?month=2026-12{view}").text for one in (cast.asha, cast.sven)]
        assert ["1 class in December" in page for page in there] == [True, False]
        assert "Date open" in there[0]
    assert "20:30" in sign_in(cast.sven).get("/trainings/agenda?month=2026-11").text
    assert lena.get("/trainings/agenda?month=soon").status_code == 400


def test_a_subscribed_calendar_of_the_team_ends_with_the_leading(cast: Cast, sign_in: SignIn, app: Flask) -> None:
    lena = sign_in(cast.lena)
    planned(sign_in(cast.asha))
    planned(sign_in(cast.sven), title="Not of the team")
    page = lena.post("/letters/feeds", name="My calendar", opens="team", team="1").text
    to = re.search(r"(/feeds/[\w-]+/activity\.ics)", page)
    assert to is not None
    told = Browser(app.test_client()).get(to[1])
    assert ("Class: etcd" in told.text, "Not of the team" in told.text) == (True, False)
    assert sign_in(cast.asha).post("/letters/feeds", name="Mine", opens="team", team="1").status_code == 404
    db.session.rollback()
    db.session.execute(sa.text("UPDATE membership SET leads = :no"), {"no": False})
    db.session.commit()
    assert Browser(app.test_client()).get(to[1]).status_code == 404


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:one@elsewhere
SUMMARY:Ceph for everybody
DTSTART;TZID=Europe/Berlin:20261210T100000
DURATION:PT45M
LOCATION:Room 4
END:VEVENT
BEGIN:VEVENT
UID:two@elsewhere
SUMMARY:Every week
DTSTART:20261211T100000
DTEND:20261211T110000
RRULE:FREQ=WEEKLY
END:VEVENT
BEGIN:VEVENT
UID:three@elsewhere
SUMMARY:Off
STATUS:CANCELLED
DTSTART;VALUE=DATE:20261212
END:VEVENT
END:VCALENDAR
"""


def test_another_calendar_is_shown_first_and_taken_once(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    page = asha.post("/trainings/calendar", text=CALENDAR).text
    assert ("2 events" in page, "it repeats: only its first day is read" in page, "Off" in page) == (True, True, False)
    assert db.session.scalars(sa.select(Class.id)).all() == []
    packed = re.search(r'name="packed" value="([^"]+)"', page)
    assert packed is not None
    for _ in range(2):
        asha.post("/trainings/calendar/take", packed=packed[1], event=["0", "1"])
    db.session.rollback()
    rows = db.session.execute(sa.select(Class.title, Class.begins_at, Class.minutes).order_by(Class.id)).all()
    assert [(row.title, f"{row.begins_at:%d %H:%M}", row.minutes) for row in rows] == [
        ("Ceph for everybody", "10 09:00", 45),
        ("Every week", "11 04:30", 60),
    ]
    assert "stands here already" in asha.post("/trainings/calendar", text=CALENDAR).text


@pytest.mark.parametrize("given", ["", "hello", "BEGIN:VCALENDAR\nEND:VCALENDAR\n"])
def test_what_is_no_calendar_says_so(cast: Cast, sign_in: SignIn, given: str) -> None:
    answer = sign_in(cast.asha).post("/trainings/calendar", text=given)
    assert (answer.status_code, "xport" in answer.text) == (422, True)


def test_who_left_is_invited_to_nothing(cast: Cast, sign_in: SignIn) -> None:
    gone = roster.add("gone@tern.example", "Gone Away", NOW)
    gone.disabled_at = NOW
    db.session.commit()
    answer = sign_in(cast.lena).post("/trainings/plan", headers=None, **{**FORM, "invite": "gone@tern.example"})
    assert answer.status_code == 422
