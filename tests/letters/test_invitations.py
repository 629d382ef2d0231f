"""Invitations as two foreign implementations of iCalendar read them: made, moved, called off, and answered."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import ics
import pytest
import sqlalchemy as sa
import vobject
from flask import Flask

from advocacy.letters import sending
from advocacy.models import db, letter_stops, outbox
from advocacy.models.outbox import Letter
from advocacy.models.people import Person
from advocacy.models.trainings.classes import Class
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser
from tests.letters.test_sending import arrived, plain

SignIn = Callable[[Person], Browser]
FORM = {"title": "etcd", "day": "2026-12-01", "hour": "15:30", "zone": "Asia/Kolkata", "minutes": "45", "teach": "1"}
TEN = datetime(2026, 12, 1, 10, tzinfo=UTC)  #: half past three in Kolkata


class Seen:
    """An iTIP part as both implementations read it; they must agree."""

    def __init__(self, letter: EmailMessage) -> None:
        part = letter.get_body(("calendar",)) or next(p for p in letter.walk() if p.get_content_subtype() == "calendar")
        self.text = part.get_content()
        self.header = part["Content-Type"].params["method"]
        one = vobject.readOne(self.text)
        event, other = one.vevent, next(iter((whole := ics.Calendar(self.text)).events))
        self.uid, self.sequence = str(event.uid.value), int(event.sequence.value)
        self.starts, self.ends = event.dtstart.value, event.dtend.value
        self.method, self.status = str(one.method.value), str(event.status.value)
        self.attendee, self.answer = str(event.attendee.value), event.attendee.params["PARTSTAT"][0]
        self.organizer = str(event.organizer.value)
        begin = other.begin.datetime if isinstance(self.starts, datetime) else other.begin.date()
        end = other.end.datetime if isinstance(self.ends, datetime) else other.end.date()
        extra = {line.name: line.value for line in other.extra}
        both = (other.uid, int(extra["SEQUENCE"]), begin, whole.method, other.status, other.organizer.email)
        assert both == (self.uid, self.sequence, self.starts, self.method, self.status, self.organizer[7:])
        assert end == (self.ends if isinstance(self.ends, datetime) else self.ends - timedelta(days=0))
        assert "DTSTART:20261201T100000Z" in self.text or not isinstance(self.starts, datetime) or self.sequence


@pytest.fixture
def lena(cast: Cast, sign_in: SignIn, folder: Path) -> Browser:
    return sign_in(cast.lena)


@pytest.fixture
def post(rules: Rules, folder: Path) -> Callable[[], dict[str, EmailMessage]]:
    """Let the letters go that wait; the last one that each address got by then."""

    def go() -> dict[str, EmailMessage]:
        before = len(arrived(folder))
        sending.go_round(NOW, rules)
        return {one["To"].addresses[0].addr_spec: one for one in arrived(folder)[before:]}

    return go


Post = Callable[[], dict[str, EmailMessage]]


def planned(browser: Browser, **more: Any) -> str:
    answer = browser.post("/trainings/plan", headers=None, **{**FORM, "invite": "asha@tern.example", **more})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def edited(browser: Browser, where: str, **more: Any) -> None:
    assert browser.post(f"{where}/edit", headers=None, **{**FORM, **more}).status_code == 303


def answer_of(letter: EmailMessage) -> str:
    """Where a letter says that one answers, without the site."""
    link = next(line for line in plain(letter).splitlines() if "/rsvp/" in line)
    return link.removeprefix("https://tern.example/adv").strip()


def test_an_invitation_says_what_when_from_whom_and_to_whom_alone(lena: Browser, post: Post) -> None:
    where = planned(lena, invite="asha@tern.example, sven@tern.example", place="Room 4")
    letters = post()
    assert set(letters) == {"asha@tern.example", "sven@tern.example"}
    seen = Seen(letters["asha@tern.example"])
    assert (seen.method, seen.header, seen.status, seen.sequence) == ("REQUEST", "REQUEST", "CONFIRMED", 0)
    assert (seen.starts, seen.ends) == (TEN, TEN + timedelta(minutes=45))
    assert (seen.attendee, seen.answer) == ("mailto:asha@tern.example", "NEEDS-ACTION")
    assert seen.organizer == "mailto:lena@tern.example"
    assert seen.uid == f"class-{where.rpartition('/')[2]}@tern.example"
    assert "sven" not in seen.text
    assert "Tuesday, 1 Dec 2026, 15:30 (Asia/Kolkata)" in plain(letters["asha@tern.example"])
    assert "Tuesday, 1 Dec 2026, 10:00 (UTC)" in plain(letters["sven@tern.example"])


def test_the_calendar_stands_beside_the_text_as_mail_programs_look_for_it(lena: Browser, post: Post) -> None:
    planned(lena)
    letter = post()["asha@tern.example"]
    assert letter.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html", "text/calendar"]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_move_is_the_same_event_under_its_next_number(lena: Browser, post: Post) -> None:
    where = planned(lena)
    first = Seen(post()["asha@tern.example"])
    edited(lena, where, hour="17:00")
    second = Seen(post()["asha@tern.example"])
    assert (second.uid, second.sequence, second.method) == (first.uid, 1, "REQUEST")
    assert second.starts == TEN + timedelta(minutes=90)


def test_what_no_calendar_knows_is_changed_without_a_letter(lena: Browser, post: Post) -> None:
    where = planned(lena)
    post()
    edited(lena, where, about="Bring a laptop.", capacity="12")
    assert post() == {}


def test_a_class_that_is_called_off_leaves_the_calendars_and_comes_back_with_a_higher_number(
    lena: Browser, post: Post
) -> None:
    where = planned(lena)
    first = Seen(post()["asha@tern.example"])
    lena.post(f"{where}/off")
    off = Seen(post()["asha@tern.example"])
    assert (off.uid, off.sequence, off.method, off.header, off.status) == (
        first.uid,
        1,
        "CANCEL",
        "CANCEL",
        "CANCELLED",
    )
    lena.post(f"{where}/on")
    on = Seen(post()["asha@tern.example"])
    assert (on.sequence, on.method, on.status) == (2, "REQUEST", "CONFIRMED")


def test_a_day_without_an_hour_is_a_whole_day(lena: Browser, post: Post) -> None:
    planned(lena, hour="")
    seen = Seen(post()["asha@tern.example"])
    assert (seen.starts, seen.ends) == (date(2026, 12, 1), date(2026, 12, 2))


def test_without_a_day_nothing_is_sent_and_with_it_everybody_is_told(lena: Browser, post: Post) -> None:
    where = planned(lena, day="", hour="")
    assert post() == {}
    edited(lena, where)
    assert Seen(post()["asha@tern.example"]).sequence == 1


def test_an_answer_needs_no_login_and_is_in_the_next_calendar(lena: Browser, post: Post, app: Flask) -> None:
    where = planned(lena)
    letter = post()["asha@tern.example"]
    nobody, to = Browser(app.test_client()), answer_of(letter)
    page = nobody.get(to)
    assert (page.status_code, "are you coming?" in page.text) == (200, True)
    assert "does not come" not in lena.get(where).text  # to look is no answer
    assert "you said: <b>you come" in nobody.post(to, presence="going").text
    assert "1 person coming" in lena.get(where).text
    edited(lena, where, hour="17:00")
    assert Seen(post()["asha@tern.example"]).answer == "ACCEPTED"
    nobody.post(to, presence="absent")
    edited(lena, where, hour="18:00")
    assert post() == {}  # who said no hears no more of it


def test_an_address_that_was_not_signed_by_us_opens_nothing(lena: Browser, post: Post, app: Flask) -> None:
    planned(lena)
    to = answer_of(post()["asha@tern.example"])
    nobody = Browser(app.test_client())
    assert [nobody.get(path).status_code for path in (f"{to[:-4]}xxxx", "/rsvp/never-given-out")] == [404, 404]


def test_who_is_named_to_teach_is_invited_too_and_the_planner_is_not(lena: Browser, post: Post) -> None:
    planned(lena, invite="", trainer="asha@tern.example", teach="")
    letters = post()
    assert set(letters) == {"asha@tern.example"}
    told = plain(letters["asha@tern.example"])
    assert ("says that you give this class" in told, "/rsvp/" in told) == (True, False)


def test_a_reminder_goes_out_within_a_day_to_who_has_a_seat_and_once(
    lena: Browser, cast: Cast, sign_in: SignIn, post: Post, folder: Path, rules: Rules
) -> None:
    where = planned(lena, invite="asha@tern.example, sven@tern.example", capacity="1")
    for person in (cast.sven, cast.asha):
        sign_in(person).post(f"{where}/me", presence="going")
    post()
    before = len(arrived(folder))
    for hours in (25, 23, 1):
        sending.go_round(TEN - timedelta(hours=hours), rules)
    told = [(one["To"].addresses[0].addr_spec, one["Subject"].partition(":")[0]) for one in arrived(folder)[before:]]
    assert sorted(told) == [("lena@tern.example", "Soon"), ("sven@tern.example", "Soon")]


def test_who_stops_such_letters_gets_none_and_sees_the_invitation_on_their_page(
    lena: Browser, cast: Cast, sign_in: SignIn, post: Post
) -> None:
    letter_stops.stop(cast.asha.id, outbox.CLASS, NOW)
    db.session.commit()
    planned(lena)
    assert post() == {}
    assert "invites you to <b" in sign_in(cast.asha).get("/").text


def test_without_a_mail_server_nothing_waits_to_be_sent(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.lena)
    where = planned(browser)
    assert db.session.scalars(sa.select(Letter.id)).all() == []
    assert "no letter leaves this site yet" in browser.get(where).text


def test_a_series_is_an_event_a_week_at_the_same_hour_of_the_clock(lena: Browser, post: Post) -> None:
    planned(lena, day="2027-03-22", hour="10:00", zone="Europe/Berlin", times="2")
    db.session.rollback()
    rows = db.session.execute(sa.select(Class.day, Class.begins_at, Class.series, Class.id).order_by(Class.id)).all()
    assert [(row.day, row.begins_at and row.begins_at.hour) for row in rows] == [
        (date(2027, 3, 22), 9),
        (date(2027, 3, 29), 8),
    ]
    assert [row.series for row in rows] == [rows[0].id] * 2
