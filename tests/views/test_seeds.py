"""Talk seeds on their page: one's own alone, silent below the minimum, and the beginning of a talk."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from advocacy.domain.activity import Activity, Kind, Platform, Thread
from advocacy.models import db, facts
from advocacy.models.fact import Owner
from advocacy.models.people import Person
from advocacy.rules import Rules
from ingest.prepare import Reader, prepare
from tests.cast import Cast
from tests.conftest import NOW
from tests.domain.test_seeds import ASKED
from tests.journey import Browser
from tests.views.test_query_counts import counted

SignIn = Callable[[Person], Browser]
Answers = Callable[..., None]


@pytest.fixture
def answers(app: Flask, rules: Rules) -> Answers:
    """Let a person answer the first questions, so many days ago."""

    def give(person: Person, many: int = 5, ago: int = 0, begin: int = 0) -> None:
        for number, title in enumerate(ASKED[:many], begin):
            text = f"With Kubernetes you do it like this, case {number}.\n```\nkubectl get pvc\n```\n"
            one = Activity(
                ref=f"stackexchange:stackoverflow/{person.id}{number}",
                kind=Kind.ANSWER,
                platform=Platform.STACKEXCHANGE,
                at=NOW - timedelta(days=ago + number),
                title=f"{title} (Kubernetes)" if begin == 0 else f"{title} {number}",
                text=text,
                url=f"https://stackoverflow.example/a/{number}",
                thread=Thread(key=f"stackexchange:stackoverflow/q{person.id}{number}"),
            )
            facts.keep(prepare([one], [Reader(Owner(None, person.id, person.zone), "")], rules).kept, NOW)
        db.session.commit()

    return give


def test_what_one_answered_becomes_an_outline_and_a_talk_and_then_is_silent(
    cast: Cast, sign_in: SignIn, answers: Answers
) -> None:
    answers(cast.asha)
    browser = sign_in(cast.asha)
    page = browser.get("/talks/seeds").text
    assert ("Talk seeds: 1 topic<" in page, "5 questions in 5 works" in page, ASKED[2] in page) == (True, True, True)
    form = browser.get("/talks/new?seed=kubernetes").text
    assert ('value="Kubernetes"' in form, f"- {ASKED[0]}" in form) == (True, True)
    browser.post("/talks/new", title="Five questions", abstract="…", topics="Kubernetes")
    assert "Talk seeds: 0 topics<" in browser.get("/talks/seeds").text
    assert 'value="Kubernetes"' not in browser.get("/talks/new?seed=kubernetes").text


def test_below_the_minimum_it_says_what_is_missing(cast: Cast, sign_in: SignIn, answers: Answers) -> None:
    answers(cast.asha, many=3)
    page = sign_in(cast.asha).get("/talks/seeds").text
    assert ("Talk seeds: 0 topics<" in page, "it lacks 2 works." in page) == (True, True)
    assert 'value="Kubernetes"' not in sign_in(cast.asha).get("/talks/new?seed=kubernetes").text


def test_what_is_older_than_two_years_and_what_is_anothers_is_no_ground(
    cast: Cast, sign_in: SignIn, answers: Answers
) -> None:
    answers(cast.asha, ago=740)
    answers(cast.lena)
    page = sign_in(cast.asha).get("/talks/seeds").text
    assert ("Nothing that you answered in a thread has come in" in page, ASKED[0] in page) == (True, False)


def test_more_answers_cost_no_more_statements(cast: Cast, sign_in: SignIn, answers: Answers) -> None:
    browser, costs = sign_in(cast.asha), []
    for begin in (0, 100):
        answers(cast.asha, begin=begin)
        with counted(db.engine) as said:
            assert browser.get("/talks/seeds").status_code == 200
        costs.append(len(said))
    assert (costs[0], costs[1] <= 6) == (costs[1], True)
