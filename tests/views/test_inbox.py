"""The inbox: what waits, folded; what is said of it; and the way back."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from advocacy.models import attention
from advocacy.models.base import db
from advocacy.models.evidence import Verdict
from advocacy.models.people import Person
from advocacy.models.words import Word
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.scene import rows
from tests.journey import Browser
from tests.models.stage import Stage, said
from tests.test_journeys import words_of

SignIn = Callable[[Person], Browser]
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)
EVER = (date(1970, 1, 1), date(9999, 12, 31))


@pytest.fixture
def stage(app: Flask, cast: Cast, rules: Rules) -> Stage:
    return Stage(rules, NOW)


@pytest.fixture
def asha(cast: Cast, sign_in: SignIn) -> Browser:
    return sign_in(cast.asha)


def read(browser: Browser, more: str = "") -> str:
    answer = browser.get(f"/inbox{more}")
    assert answer.status_code == 200, answer.text
    return words_of(answer.text)


def words(activity_id: int) -> dict[int, Word | None]:
    """The words in force on an activity, by sentence."""
    db.session.rollback()
    held = [one for one in rows(Verdict) if one.activity_id == activity_id and one.superseded_at is None]
    return {one.expectation_id: one.word for one in held if one.word}


def waits(cast: Cast) -> int:
    db.session.rollback()
    return attention.waiting(cast.asha.id, *EVER, TODAY)


def posts(stage: Stage, cast: Cast, count: int, channel: str = "r/kubernetes") -> list[int]:
    return [
        stage.says(cast.asha, said(f"reddit:t3_{n}", AT, days=n, url=f"https://reddit.example/{n}", channel=channel))[0]
        for n in range(count)
    ]


def test_an_empty_inbox_says_what_comes_next(cast: Cast, asha: Browser) -> None:
    page = read(asha)
    assert "Nothing waits for your word." in page
    assert "No source is connected yet" in page


def test_it_shows_what_waits_and_counts_it_as_home_does(stage: Stage, cast: Cast, asha: Browser) -> None:
    posts(stage, cast, 3)
    page = read(asha)
    assert "3 items wait for your word" in page
    assert waits(cast) == 3
    assert "kubectl get pvc" in page
    assert "Mayastor" in page


def test_confirming_leads_to_the_next_item_and_is_undone(stage: Stage, cast: Cast, asha: Browser) -> None:
    first, second = posts(stage, cast, 2)
    answer = asha.post("/inbox/words", activities=f"{second}", word="confirmed", next=f"{first}")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/inbox?item={first}")
    assert set(words(second).values()) == {Word.CONFIRMED}
    page = asha.get(f"/inbox?item={first}").text
    assert "Confirmed." in words_of(page)
    assert waits(cast) == 1
    assert asha.post("/inbox/undo", act="1").headers["Location"] == f"/inbox?item={second}"
    assert (words(second), waits(cast)) == ({}, 2)
