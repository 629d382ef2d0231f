"""How many statements the pages cost, however much there is to show."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask, current_app

from advocacy import logbook, recording
from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.domain.logbook.kinds import LogKind
from advocacy.domain.profile import BLOCKS, Told
from advocacy.domain.training import ClassState, Presence
from advocacy.logbook import Draft
from advocacy.models import db, profile, roster, sentences, shortlists
from advocacy.models.people import Person
from advocacy.models.release import items
from advocacy.models.talks.library import Talk
from advocacy.models.talks.proposals import Proposal
from advocacy.models.trainings import attendance, classes, trainers
from advocacy.models.trainings.classes import Class
from advocacy.models.words import Part, Visibility
from tests.cast import ROLE, Cast
from tests.conftest import NOW
from tests.journey import Browser
from tests.plans import plans_of
from tests.speakers import publish
from tests.views.test_privacy import confirm


@contextmanager
def counted(engine: sa.Engine) -> Iterator[list[str]]:
    """Collect the statements of the block."""
    said: list[str] = []

    def note(connection: sa.Connection, cursor: object, statement: str, *rest: object) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            said.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def planned(person: Person) -> None:
    """One more of everything that the lists of plans show."""
    plans = plans_of(person, NOW)
    db.session.get_one(Talk, plans.talk).visibility = Visibility.PUBLIC
    db.session.get_one(Proposal, plans.proposal).visibility = Visibility.PUBLIC
    attendance.say(plans.held, person.id, Presence.ATTENDED, by=person.id, now=NOW)
    one = classes.add(Class(by_id=person.id, title="Rook", state=ClassState.PLANNED, created_at=NOW))
    trainers.put(one.id, person.id, NOW, own=True)
    db.session.commit()


def logged(person: Person) -> int:
    """Something that somebody logged."""
    draft = Draft(kind=LogKind.LEARNING, said={"topic": "etcd"})
    entry = logbook.save(draft, person, NOW, current_app.extensions["advocacy.rules"])
    db.session.commit()
    return entry.id


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/", 37),
        ("/expectations/{personas}", 24),
        ("/inbox", 26),
        ("/inbox/strong", 8),
        ("/inbox/rules", 8),
        ("/activities/{first}", 16),
        ("/privacy/", 14),
        ("/privacy/items?kind=article", 8),
        ("/people/{me}/released?as=lead", 18),
        ("/people/{me}/released?as=marketing", 18),
        ("/profile/", 9),
        ("/profile/edit", 6),
        ("/sources", 11),
        ("/timeline", 6),
        ("/talks/seeds", 5),
        ("/asks", 4),
        ("/events", 6),
        ("/events/board", 9),
        ("/events/board?as=list", 9),
        ("/events/board?as=timeline", 9),
        ("/talks", 11),
        ("/talks/library", 12),
        ("/proposals", 12),
        ("/approvals", 9),
        ("/talks/{talk}", 14),
        ("/proposals/{proposal}", 20),
        ("/talks/propose?talk={talk}", 12),
        ("/trainings", 14),
        ("/trainings?list=attended", 16),
        ("/trainings?list=planned", 15),
        ("/trainings?list=requests", 14),
        ("/surveys", 8),
        ("/sources/import", 6),
        ("/letters/", 41),
        ("/add", 6),
        ("/add?kind=decision", 8),
        ("/add/log", 6),
        ("/add/log/{entry}", 14),
    ],
)
def test_more_items_cost_no_more_statements(
    app: Flask, cast: Cast, sign_in: Callable[[Person], Browser], article: Callable[..., int], path: str, most: int
) -> None:
    page = sentences.of_page(sentences.pages(cast.asha.id)[0].id)
    personas = next(one.expectation_id for one in page if one.rule == "personas")
    entry, first = logged(cast.asha), article(cast.asha, title="An SRE's hour")
    own = plans_of(cast.asha, NOW)
    ids = {"me": cast.asha.id, "talk": own.talk, "proposal": own.proposal}
    path = path.format(personas=personas, first=first, entry=entry, **ids)
    browser = sign_in(cast.asha)
    costs = []
    for number in range(1, 7):
        article(cast.asha, title=f"An SRE's hour {number}", at=NOW - timedelta(days=number))
        planned(cast.asha)
        logged(cast.asha)
        if number in (1, 6):
            with counted(db.engine) as said:
                assert browser.get(path).status_code == 200
            costs.append(len(said))
    assert costs[0] == costs[1]
    assert costs[1] <= most, "\n".join(said)


@pytest.mark.parametrize("path", ["", "/speakers.csv", "/speakers.md"])
def test_a_longer_directory_costs_no_more_statements(
    app: Flask, cast: Cast, sign_in: Callable[[Person], Browser], path: str
) -> None:
    browser, costs = sign_in(cast.mark), []
    for number in range(1, 7):
        publish(roster.add(f"m{number}@tern.example", f"Member {number}", NOW))
        if number in (2, 6):
            with counted(db.engine) as said:
                assert browser.get(f"/speakers/directory{path}").text.count(f"Member {number}") >= 1
            costs.append(len(said))
    assert costs[0] == costs[1], "\n".join(said)
    assert costs[1] <= 6, "\n".join(said)


LEADS_PAGES = [
    ("/proposals", 14),
    ("/talks/library", 14),
    ("/approvals", 11),
    ("/team", 17),
    ("/team?view=topics", 17),
    ("/team/others", 8),
    ("/team/report", 60),
    ("/people/{asha}/since", 14),
    ("/trainings/planner", 14),
    ("/trainings/planner/kubernetes", 18),
    ("/trainings/required", 22),
    ("/trainings/agenda", 8),
    ("/writing", 14),
    ("/surveys", 20),
]


@pytest.mark.parametrize(("path", "most"), LEADS_PAGES)
def test_a_larger_team_costs_a_lead_no_more_statements(
    app: Flask, cast: Cast, sign_in: Callable[[Person], Browser], article: Callable[..., int], path: str, most: int
) -> None:
    browser, costs = sign_in(cast.lena), []
    for number in range(1, 7):
        person = roster.add(f"m{number}@tern.example", f"Member {number}", NOW)
        roster.give_role(person.id, ROLE, roster.EVER)
        roster.join_team(person.id, "Storage", roster.EVER)
        released = article(person, title=f"Kubernetes, hour {number}", at=NOW - timedelta(days=number))
        items.say(person.id, released, Visibility.PUBLIC, NOW)
        confirm(person, released)
        planned(person)
        if number in (2, 6):
            browser.get(path.format(asha=cast.asha.id))  # what changed is made anew once
            with counted(db.engine) as said:
                assert browser.get(path.format(asha=cast.asha.id)).status_code == 200
            costs.append(len(said))
    assert costs[0] == costs[1], "\n".join(said)
    assert costs[1] <= most, "\n".join(said)


@pytest.mark.parametrize(("path", "most"), [("/asks/sent", 6), ("/people/{asha}/ask", 17)])
def test_more_requests_to_speak_cost_marketing_no_more_statements(
    app: Flask, cast: Cast, sign_in: Callable[[Person], Browser], path: str, most: int
) -> None:
    profile.save(cast.asha, Told(name="Asha"), NOW, listed=True)
    db.session.commit()
    browser, costs = sign_in(cast.mark), []
    for number in range(1, 7):
        asked = browser.post(f"/people/{cast.asha.id}/ask", name=f"Meet-up {number}", topic="etcd", day="2026-12-24")
        assert asked.status_code == 303
        browser.get("/asks/sent")  # what is said of it is said once
        if number in (1, 6):
            with counted(db.engine) as said:
                assert browser.get(path.format(asha=cast.asha.id)).status_code == 200
            costs.append(len(said))
    assert costs[0] == costs[1], "\n".join(said)
    assert costs[1] <= most, "\n".join(said)


SPEAKERS_PAGES = [
    ("/speakers?q=Kubernetes", 21),
    ("/speakers?q=Kubernetes,+Pune&language=English&willing=1", 22),
    ("/speakers/compare?q=Kubernetes&person={0}&person={1}&person={2}&person={3}", 17),
    ("/speakers/shortlist", 18),
]


def talk_of(person: Person) -> int:
    """A talk about Kubernetes that somebody gave."""
    at = NOW - timedelta(days=9)
    said = Activity(
        ref=f"hand:{person.id}", kind=Kind.TALK, platform=Platform.MANUAL, at=at, title="Kubernetes", text=""
    )
    number = recording.record(said, {person.id: Part.AUTHOR}, NOW, current_app.extensions["advocacy.rules"])
    db.session.commit()
    return number


@pytest.mark.parametrize(("path", "most"), SPEAKERS_PAGES)
def test_more_people_who_fit_cost_marketing_no_more_statements(
    app: Flask, cast: Cast, sign_in: Callable[[Person], Browser], article: Callable[..., int], path: str, most: int
) -> None:
    browser, costs, people = sign_in(cast.mark), [], list[int]()
    for number in range(1, 8):
        person = roster.add(f"m{number}@tern.example", f"Member {number}", NOW)
        roster.give_role(person.id, ROLE, roster.EVER)
        told = Told(name=person.name, languages=("English",), residence="Pune, India", speaks=True)
        profile.save(person, told, NOW, seen_by=dict.fromkeys(BLOCKS, Visibility.PUBLIC), listed=True)
        works = [article(person, title=f"Kubernetes {number}.{count}", at=NOW) for count in range(3)]
        for released in [*works, *([talk_of(person)] if number % 2 else [])]:
            items.say(person.id, released, Visibility.MARKETING, NOW)
            confirm(person, released)
        people.append(person.id)
        shortlists.put(cast.mark.id, person.id, "Kubernetes", NOW)
        db.session.commit()
        if number in (4, 7):
            browser.get(path.format(*people))  # what is new is made findable, and who is found first is told so
            with counted(db.engine) as said:
                page = browser.get(path.format(*people))
            assert page.status_code == 200
            assert 4 <= page.text.count("works on it") + page.text.count("given as a talk") <= number
            costs.append(len(said))
    assert costs[0] == costs[1], "\n".join(said)
    assert costs[1] <= most, "\n".join(said)


MARKETINGS_PAGES = [
    *(("/speakers?q=hour", 22),),
    *(("/", 31), ("/voice", 11), ("/voice/behind", 12)),
    *(("/voice/behind?format=talk", 10), ("/voice/works", 12)),
]


@pytest.mark.parametrize(("path", "most"), MARKETINGS_PAGES)
def test_more_that_is_released_costs_marketing_no_more_statements(
    app: Flask, cast: Cast, sign_in: Callable[[Person], Browser], article: Callable[..., int], path: str, most: int
) -> None:
    browser, costs = sign_in(cast.mark), []
    for number in range(1, 7):
        person = roster.add(f"m{number}@tern.example", f"Member {number}", NOW)
        roster.give_role(person.id, ROLE, roster.EVER)
        profile.save(person, Told(name=person.name), NOW, listed=True)
        released = article(person, title=f"Kubernetes, hour {number}", at=NOW - timedelta(days=number))
        items.say(person.id, released, Visibility.MARKETING, NOW)
        confirm(person, released)
        if number in (3, 6):
            browser.get(path)  # who is named for the first time within the hour is told so
            with counted(db.engine) as said:
                assert browser.get(path).status_code == 200
            costs.append(len(said))
    assert costs[0] == costs[1], "\n".join(said)
    assert costs[1] <= most, "\n".join(said)
