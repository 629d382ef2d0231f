"""Connecting a platform through HTTP: a code first, then what would be kept, then yes."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from advocacy.domain.activity import Platform
from advocacy.models import connect, db, jobs
from advocacy.models.accounts import Account
from advocacy.models.people import Person
from advocacy.models.platforms import PlatformState
from advocacy.models.runs import JobRun
from advocacy.models.words import WorkState
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.scene import BLOG, Scene
from tests.journey import Browser
from tests.test_journeys import words_of

SignIn = Callable[[Person], Browser]


def finished(**result: object) -> JobRun:
    """What the worker would have made of the preview that was asked for."""
    job = db.session.query(JobRun).filter_by(kind=jobs.PREVIEW).one()
    job.payload, job.state, job.ended_at = {**job.payload, "result": result}, WorkState.DONE, NOW
    db.session.commit()
    return job


def asked(browser: Browser) -> str:
    """Go as far as the preview; its address."""
    code = browser.post("/sources/connect/reddit", address="https://www.reddit.com/user/asha_k/").headers["Location"]
    shown = re.search(r"advocacy-[0-9a-f]{10}", browser.get(code).text)
    assert shown
    preview: str = browser.post("/sources/connect/reddit/code", address="asha_k").headers["Location"]
    assert db.session.query(JobRun).filter_by(kind=jobs.PREVIEW).one().payload["code"] == shown[0]
    return preview


def test_reddit_is_connected_when_the_code_was_seen(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    preview = asked(browser)
    finished(title="", seen=2, kept=2, problem="", authors=[], items=[])
    assert "2 of 2 items would be kept" in words_of(browser.get(preview).text)
    assert browser.post(preview).headers["Location"].startswith("/sources#source-")
    account = db.session.query(Account).one()
    assert (account.platform, account.handle, account.proved_at) == (Platform.REDDIT, "asha_k", NOW)
    assert "shown by a code on 23 Nov" in words_of(browser.get("/sources").text)


def test_nothing_is_connected_without_it(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    preview = asked(browser)
    assert browser.post(preview).status_code == 422
    finished(problem="the code is not shown at asha_k yet: it is empty.", unproved=True)
    assert "Look again" in words_of(browser.get(preview).text)
    assert browser.post(preview).status_code == 422
    assert db.session.query(Account).count() == 0


def test_a_preview_made_without_a_code_connects_no_profile(cast: Cast, sign_in: SignIn) -> None:
    jobs.ask_preview(jobs.Sight(platform=Platform.REDDIT, address="asha_k"), cast.asha.id, NOW)
    made = finished(title="", seen=0, kept=0, problem="", authors=[], items=[])
    assert sign_in(cast.asha).post(f"/sources/connect/{made.id}").status_code == 422


@pytest.mark.parametrize("words", ["r/kubernetes", "", "x" * 3000, "asha\u202ek"])
def test_what_is_no_handle_is_told(cast: Cast, sign_in: SignIn, words: str) -> None:
    browser = sign_in(cast.asha)
    assert browser.post("/sources/connect/reddit", address=words).status_code in (400, 422)
    assert browser.post("/sources/connect/reddit/code", address=words).status_code in (400, 422)


def test_a_platform_that_is_not_set_up_says_so(cast: Cast, sign_in: SignIn) -> None:
    message = "ADVOCACY_X__BEARER_TOKEN is not set"
    db.session.add(PlatformState(platform=Platform.X, is_ready=False, message=message, since=NOW))
    connect.add(cast.asha.id, Platform.X, "asha_k", by=cast.asha.id, now=NOW)
    db.session.commit()
    browser = sign_in(cast.asha)
    assert f"Not set up here: {message}. Ask an operator." in words_of(browser.get("/sources/connect").text)
    assert f"X cannot be read here at the moment: {message}." in words_of(browser.get("/sources").text)


def test_words_are_ignored_from_the_card(cast: Cast, sign_in: SignIn) -> None:
    account = connect.add(cast.asha.id, Platform.FEED, BLOG, by=cast.asha.id, now=NOW).id
    db.session.commit()
    browser = sign_in(cast.asha)
    browser.post(f"/sources/{account}/ignore", words="marathon, <b>kids</b>")
    shown = browser.get("/sources").text
    assert "&lt;b&gt;kids&lt;/b&gt;" in shown


def test_where_people_are_asked_first_nothing_is_read_before_they_agree(app: Flask, scene: Scene, cast: Cast) -> None:
    settings = app.extensions["advocacy.settings"]
    app.extensions["advocacy.settings"] = replace(settings, opt_in=True)
    scene.blogs.posts(BLOG, 1)
    account = connect.add(cast.asha.id, Platform.FEED, BLOG, by=cast.adam.id, now=scene.now).id
    db.session.commit()
    assert (scene.sweeps(), scene.items_of(cast.asha)) == ({}, [])
    connect.accept(account, cast.asha.id, scene.now)
    db.session.commit()
    scene.sweeps()
    assert scene.items_of(cast.asha) == ["Post 0"]


def test_an_operator_may_have_the_persons_word(app: Flask, scene: Scene, cast: Cast) -> None:
    app.extensions["advocacy.settings"] = replace(app.extensions["advocacy.settings"], opt_in=True)
    scene.blogs.posts(BLOG, 1)
    connect.add(cast.asha.id, Platform.FEED, BLOG, by=None, now=scene.now, agreed=True)
    db.session.commit()
    scene.sweeps()
    assert scene.items_of(cast.asha) == ["Post 0"]
