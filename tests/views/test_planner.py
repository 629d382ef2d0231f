"""The planner: what is asked for against who could teach it, with receipts, and questions that suggest a training."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy import logbook
from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.domain.logbook.kinds import LogKind
from advocacy.logbook import Draft
from advocacy.models import db, facts, looks, roster
from advocacy.models.activities import ActivityRow
from advocacy.models.fact import Owner
from advocacy.models.people import Person
from advocacy.models.release import items
from advocacy.models.words import Visibility
from advocacy.rules import Rules
from ingest.prepare import Reader, prepare
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser
from tests.plain import text
from tests.views.test_privacy import confirm

SignIn = Callable[[Person], Browser]
Publish = Callable[..., int]


def taught(person: Person, browser: Browser) -> None:
    """A class on Kubernetes that somebody gave, confirmed and released to the lead."""
    browser.post("/trainings/given", title="Kubernetes for the team", day=f"{NOW.date()}")
    db.session.rollback()
    release(person, db.session.scalars(sa.select(ActivityRow.id).where(ActivityRow.ref.startswith("class:"))).one())


def learned(person: Person, rules: Rules, topic: str = "Kubernetes") -> None:
    draft = Draft(kind=LogKind.LEARNING, said={"topic": topic, "how": "a book"}, day=NOW.date())
    release(person, logbook.save(draft, person, NOW, rules).activity_id)


def release(person: Person, activity_id: int | None, to: Visibility = Visibility.LEAD) -> None:
    assert activity_id is not None
    items.say(person.id, activity_id, to, NOW)
    confirm(person, activity_id)
    db.session.commit()


def asks(person: Person, rules: Rules, number: int) -> None:
    """A question on Kubernetes, asked in public and released to the lead."""
    one = Activity(
        ref=f"stackexchange:so/q/{number}",
        kind=Kind.QUESTION,
        platform=Platform.STACKEXCHANGE,
        at=NOW - timedelta(days=number),
        title=f"Why does Kubernetes not bind my volume, case {number}?",
        text="For an SRE on Kubernetes with OpenEBS: why?",
        url=f"https://so.example/q/{number}",
    )
    page = prepare([one], [Reader(Owner(None, person.id, person.zone))], rules)
    facts.keep(page.kept, NOW, page.judge)
    db.session.commit()


def test_what_lacks_a_teacher_stands_first(cast: Cast, sign_in: SignIn, rules: Rules) -> None:
    lena, asha = sign_in(cast.lena), sign_in(cast.asha)
    asha.post("/trainings/request", title="Ceph for everybody", origin="roadmap")
    asha.post("/trainings/request", title="Kubernetes upgrades", origin="rca")
    sign_in(cast.sven).post("/trainings/requests/2/vote", vote="1")
    taught(cast.asha, sign_in(cast.asha))
    told = list(csv.DictReader(io.StringIO(lena.get("/trainings/planner/planner.csv").text)))
    found = {row["topic"]: (row["votes"], row["could_teach"], row["unmet"]) for row in told}
    assert found["kubernetes"] == ("2", "1", "1")
    assert [row["unmet"] for row in told] == sorted((row["unmet"] for row in told), reverse=True)
    assert "nobody of your team" in lena.get("/trainings/planner").text


def test_a_presenter_stands_with_receipts_and_leads_to_a_plan_with_them(
    cast: Cast, sign_in: SignIn, rules: Rules
) -> None:
    taught(cast.asha, sign_in(cast.asha))
    lena = sign_in(cast.lena)
    page = lena.get("/trainings/planner/kubernetes").text
    assert "1 person could teach Kubernetes" in text(page)
    assert "taught it once, last on 23 Nov 2026" in page
    assert "Why not: taught it on 23 Nov 2026: it may be somebody else’s turn" in text(page)
    form = lena.get("/trainings/plan?topic=kubernetes&trainer=Asha+Rao").text
    assert ('value="Kubernetes"' in form, 'value="Asha Rao"' in form) == (True, True)


def test_a_learner_stands_beside_an_expert(cast: Cast, sign_in: SignIn, rules: Rules, app: Flask) -> None:
    taught(cast.asha, sign_in(cast.asha))
    nia = roster.add("nia@tern.example", "Nia New", NOW)
    roster.give_role(nia.id, "starter", roster.EVER)
    roster.join_team(nia.id, "Storage", roster.EVER)
    db.session.commit()
    learned(nia, rules)
    page = text(sign_in(cast.lena).get("/trainings/planner/kubernetes").text)
    assert "Asha Rao with Nia New who learned it" in page
    assert "Learned → taught → published" in page


def test_questions_that_come_again_suggest_a_training_and_ask_for_none(
    cast: Cast, sign_in: SignIn, rules: Rules
) -> None:
    for number in (1, 2, 3):
        asks(cast.asha, rules, number)
    lena = sign_in(cast.lena)
    assert "Asked again and again" not in lena.get("/trainings/planner").text  # nothing is released yet
    for number in db.session.scalars(sa.select(ActivityRow.id)).all():
        release(cast.asha, number)
    page = lena.get("/trainings/planner").text
    assert "Kubernetes: 3 questions" in text(page)
    assert "/trainings/request?title=Kubernetes" in page
    assert "Trainings: 0 requests" in text(lena.get("/trainings?list=requests").text)


def test_what_others_released_to_everybody_counts_and_what_they_did_not_does_not(
    cast: Cast, sign_in: SignIn, article: Publish
) -> None:
    for number in range(3):
        release(
            cast.sven, article(cast.sven, f"Kubernetes {number}", at=NOW - timedelta(days=number)), Visibility.PUBLIC
        )
        release(cast.mark, article(cast.mark, f"Kubernetes by Mark {number}", at=NOW - timedelta(days=number)))
    page = sign_in(cast.lena).get("/trainings/planner/kubernetes").text
    assert ("Sven Stranger" in page, "Mark O" in page) == (True, False)


def test_the_team_sees_that_the_lead_looked(cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.lena).get("/trainings/planner")
    assert [one.what for one in looks.at(cast.asha.id)] == ["what your team released on its topics"]


@pytest.mark.parametrize(
    "path", ["/trainings/planner", "/trainings/planner/kubernetes", "/trainings/planner/planner.csv"]
)
def test_the_planner_is_for_leads(cast: Cast, sign_in: SignIn, path: str) -> None:
    assert [sign_in(one).get(path).status_code for one in (cast.asha, cast.mark, cast.sven)] == [403] * 3


def test_an_unknown_topic_is_not_there(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.lena).get("/trainings/planner/never-heard-of").status_code == 404
