"""The calendar of events: calls that close first, narrowed by its address, watched, mended by marketing."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from advocacy.models import db
from advocacy.models.people import Person
from advocacy.models.talks import event_list, events, library
from advocacy.models.talks.events import Event
from advocacy.models.talks.watching import EventWatch
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser
from tests.markup import opened

SignIn = Callable[[Person], Browser]
TODAY = NOW.date()
KUBECON: dict[str, Any] = {"starts": TODAY + timedelta(days=90), "cfp_closes": TODAY + timedelta(days=9)}


def event(name: str, owner_id: int | None = None, **more: Any) -> int:
    given = {"name": name, "key": events.key_of(name), "created_at": NOW, **more}
    one = Event(owner_id=owner_id, **given)
    db.session.add(one)
    db.session.commit()
    return one.id


def names(browser: Browser, query: str = "") -> list[str]:
    answer = browser.get(f"/events/events.csv{query}")
    assert answer.status_code == 200, answer.text
    return [row["name"] for row in csv.DictReader(io.StringIO(answer.text))]


def test_calls_that_close_come_first_then_what_comes_next(cast: Cast, sign_in: SignIn) -> None:
    soon = TODAY + timedelta(days=5)
    event("Without a day")
    event("Own without a day", cast.asha.id)
    event("Next week", starts=TODAY + timedelta(days=7))
    event("Call closes later", starts=soon, cfp_closes=TODAY + timedelta(days=20))
    event("Call closes soon", starts=TODAY + timedelta(days=200), cfp_closes=soon)
    event("Called off", starts=soon, cfp_closes=soon, off_at=NOW)
    event("Over", starts=TODAY - timedelta(days=3))
    asha = sign_in(cast.asha)
    assert names(asha) == ["Call closes soon", "Call closes later", "Called off", "Next week", "Without a day"]
    assert names(asha, "?when=past") == ["Over"]
    page = opened(asha, "/events")
    assert "Events and calls: 5 events" in page
    assert "closes in 5 days" in page


def test_the_company_s_events_are_everybody_s_and_a_persons_own_theirs_alone(cast: Cast, sign_in: SignIn) -> None:
    event("KubeCon", **KUBECON)
    own = event("Meetup Pune", cast.asha.id, **KUBECON)
    assert (names(sign_in(cast.asha)), names(sign_in(cast.sven))) == (["KubeCon", "Meetup Pune"], ["KubeCon"])
    for person in (cast.sven, cast.mark, cast.lena):
        browser = sign_in(person)
        assert (
            browser.get(f"/events/{own}").status_code,
            "Events and calls: 1 event<" in browser.get("/events").text,
        ) == (
            404,
            True,
        )
        assert browser.post(f"/events/{own}/watch").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?words=oslo", ["KubeCon"]),
        ("?words=100%25", ["100% Python"]),
        ("?topic=kubernetes", ["KubeCon"]),
        ("?country=India", ["100% Python"]),
        ("?online=yes", ["100% Python"]),
        ("?online=no", ["KubeCon"]),
        ("?language=DE", ["KubeCon"]),
        ("?closing=9", ["KubeCon"]),
        ("?closing=8", []),
        ("?closing=9&topic=python", []),
    ],
)
def test_the_address_narrows_the_list_and_the_sheet(cast: Cast, sign_in: SignIn, query: str, found: list[str]) -> None:
    more: dict[str, Any] = {"place": "Oslo", "country": "Norway", "languages": ["EN", "DE"], "topics": ["kubernetes"]}
    event("KubeCon", **KUBECON, **more)
    event("100% Python", country="India", online=True, topics=["python"], languages=["EN"], starts=TODAY)
    asha = sign_in(cast.asha)
    assert names(asha, query) == found
    assert f"Events and calls: {len(found)} event" in opened(asha, f"/events{query}")


@pytest.mark.parametrize("query", ["when=soon", "online=maybe", "closing=x", "after=x", "after=c2026", "closing=99999"])
def test_an_address_that_says_nothing_is_refused(cast: Cast, sign_in: SignIn, query: str) -> None:
    assert sign_in(cast.asha).get(f"/events?{query}").status_code == 400


@pytest.mark.parametrize("when", ["coming", "past"])
def test_pages_hold_every_event_once(cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    monkeypatch.setattr(event_list, "SIZE", 2)
    way = 1 if when == "coming" else -1
    for number in range(7):
        day = TODAY + way * timedelta(days=30 + number // 2)
        closes = TODAY + timedelta(days=number // 2) if when == "coming" and number < 4 else None
        event(f"Event {number}", starts=day, cfp_closes=closes)
    browser, path, seen = sign_in(cast.asha), f"/events?when={when}", []
    while path:
        text = browser.get(path).text
        seen += re.findall(r">(Event \d)</a>", text)
        more = re.search(r'href="(/events\?after=[^"]+)">More', text)
        path = more[1].replace("&amp;", "&") if more else ""
    assert sorted(seen) == [f"Event {number}" for number in range(7)]
    assert seen == names(browser, f"?when={when}")


def test_watching_is_undone_and_nobody_elses(cast: Cast, sign_in: SignIn) -> None:
    number, asha = event("KubeCon", **KUBECON), sign_in(cast.asha)
    asha.post(f"/events/{number}/watch")
    asha.post(f"/events/{number}/watch")
    assert [(one.person_id, one.event_id) for one in db.session.scalars(sa.select(EventWatch))] == [
        (cast.asha.id, number)
    ]
    assert "Watch no more" in opened(asha, f"/events/{number}")
    assert "Watch no more" not in opened(sign_in(cast.mark), f"/events/{number}", "/events", "/events/board")
    asha.post(f"/events/{number}/watch", watch="0")
    assert db.session.scalars(sa.select(EventWatch)).all() == []


def test_the_page_tells_whose_talk_fits_and_where_speakers_are_found(cast: Cast, sign_in: SignIn) -> None:
    number = event("KubeCon", topics=["kubernetes"], **KUBECON)
    library.add(cast.asha.id, "What breaks first on Kubernetes", "", NOW)
    library.add(cast.asha.id, "Speaking in public", "", NOW)
    db.session.commit()
    asha = sign_in(cast.asha)
    page = opened(asha, f"/events/{number}")
    assert ("Your talk What breaks first on Kubernetes fits" in page, "Speaking in public" in page) == (True, False)
    assert 'href="/speakers?q=Kubernetes"' in asha.get(f"/events/{number}").text
    assert "What breaks" not in opened(sign_in(cast.mark), f"/events/{number}")


def test_marketing_adds_an_event_and_its_words_give_the_topics(cast: Cast, sign_in: SignIn) -> None:
    mark = sign_in(cast.mark)
    opened(mark, "/events/new")
    form: dict[str, Any] = {
        "name": "Kubernetes  Day",
        "starts": "2027-02-01",
        "cfp_closes": "2026-12-01",
        "country": "India",
    }
    where = mark.post("/events/new", **form).headers["Location"]
    one = db.session.scalars(sa.select(Event)).one()
    assert (one.owner_id, one.name, one.topics, sorted(one.said)) == (
        None,
        "Kubernetes Day",
        ["kubernetes"],
        ["cfp_closes", "country", "name", "starts"],
    )
    assert "The call for proposals closes in 8 days" in opened(mark, where, f"{where}/edit")
    again = mark.post("/events/new", name="kubernetes day", starts="2027-02-03")
    assert (again.status_code, "is in the calendar already" in again.text) == (422, True)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"name": ""}, "Say what it is called."),
        ({"starts": "soon"}, "Give the day as 2026-11-23."),
        ({"starts": "2027-01-02", "ends": "2027-01-01"}, "It ends before it begins"),
        ({"starts": "2027-01-02", "cfp_closes": "2027-01-03"}, "closes after the event began"),
        ({"url": "javascript:alert(1)"}, "beginning with https://"),
        ({"topics": "cooking with gas"}, "“cooking with gas” is no topic of the vocabulary"),
    ],
)
def test_what_is_to_be_mended_is_said_and_nothing_is_lost(
    cast: Cast, sign_in: SignIn, form: dict[str, Any], words: str
) -> None:
    answer = sign_in(cast.mark).post("/events/new", **{"name": "KubeCon", "about": "Typed at length.", **form})
    assert (answer.status_code, words in answer.text, "Typed at length." in answer.text) == (422, True, True)
    assert db.session.scalars(sa.select(Event)).all() == []


def test_only_marketing_mends_and_only_the_company_s(cast: Cast, sign_in: SignIn) -> None:
    number, own = event("KubeCon", **KUBECON), event("Meetup", cast.asha.id)
    asha, mark = sign_in(cast.asha), sign_in(cast.mark)
    paths = ("/events/new", f"/events/{number}/edit", f"/events/{own}/edit", f"/events/{number}/off", "/events/import")
    assert [asha.post(path).status_code for path in paths] == [403] * 5
    assert [mark.post(f"/events/{own}/{act}").status_code for act in ("edit", "off")] == [404, 404]


def test_an_event_is_called_off_and_on_again(cast: Cast, sign_in: SignIn) -> None:
    number, mark = event("KubeCon", **KUBECON), sign_in(cast.mark)
    mark.post(f"/events/{number}/off")
    assert "Called off" in opened(mark, f"/events/{number}")
    assert "called off" in opened(mark, "/events")
    mark.post(f"/events/{number}/off", off="0")
    assert db.session.scalars(sa.select(Event.off_at)).one() is None
    assert date(2026, 11, 23) == TODAY
