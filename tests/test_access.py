"""Who may call what: every route, every person, and somebody else's objects."""

from collections.abc import Callable

import pytest
from flask import Flask

from advocacy import access
from advocacy.domain.activity import Platform
from advocacy.models import connect, db, jobs, ladder_import, logins, sentences
from advocacy.models.people import Person
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser

SignIn = Callable[[Person], Browser]
ADMINS = {
    *("ladder.read", "ladder.preview", "ladder.take_in", "ladder.correct"),
    *("admin.sources", "admin.sources_sheet", "admin.pull"),
}
OPEN = {
    *("static", "health.alive", "health.ready", "logins.sign_in", "logins.enter", "logins.enter_demo"),
    *("logins.setup", "logins.accept"),
}


def endpoints(app: Flask) -> list[tuple[str, str, str, list[str]]]:
    """Every route: endpoint, method, pattern, names of its arguments."""
    return [
        (rule.endpoint, method, rule.rule, sorted(rule.arguments))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
    ]


def of_asha(cast: Cast) -> dict[str, int | str]:
    """Things that are Asha's alone, by the name a route calls them."""
    account = connect.add(cast.asha.id, Platform.FEED, "https://asha.example/feed", by=cast.asha.id, now=NOW)
    job = jobs.ask(jobs.PREVIEW, "asha", {"address": "https://asha.example", "author": ""}, cast.asha.id, NOW)
    logins.begin(cast.asha.id, NOW)
    db.session.commit()
    login = logins.of_person(cast.asha.id, NOW)[0]
    return {"account_id": account.id, "job_id": job.id, "login_id": login.id, "filename": "base.css", "token": "none"}


def filled(pattern: str, names: list[str], values: dict[str, int | str]) -> str:
    for name in names:
        for kind in ("int:", "path:", ""):
            pattern = pattern.replace(f"<{kind}{name}>", str(values[name]))
    return pattern


def test_a_route_without_a_policy_stops_the_start(bare_app: Flask) -> None:
    bare_app.add_url_rule("/unguarded", "unguarded", lambda: "")
    with pytest.raises(access.NoPolicy, match="'unguarded' has no policy"):
        access.check(bare_app)


def test_without_a_login_only_public_routes_answer(app: Flask, cast: Cast, stranger: Browser) -> None:
    values = of_asha(cast) | {"expectation_id": 1, "subscription_id": 1}
    let_in = set()
    for endpoint, method, pattern, names in endpoints(app):
        answer = stranger.send(method, filled(pattern, names, values))
        turned_away = "Sign in first" in answer.text or "/sign-in" in answer.headers.get("Location", "")
        if not turned_away:
            let_in.add(endpoint)
    assert let_in == OPEN


@pytest.mark.parametrize("who", ["asha", "lena", "mark", "sven"])
def test_only_an_admin_changes_the_ladder(app: Flask, cast: Cast, sign_in: SignIn, who: str) -> None:
    browser = sign_in(getattr(cast, who))
    refused = set()
    for endpoint, method, pattern, names in endpoints(app):
        if endpoint in ADMINS:
            answer = browser.send(method, filled(pattern, names, {"expectation_id": 1, "subscription_id": 1}))
            refused |= {endpoint} if answer.status_code == 403 else set()
    assert refused == ADMINS


@pytest.mark.parametrize("who", ["lena", "mark", "adam", "sven"])
def test_somebody_elses_object_is_not_there(app: Flask, cast: Cast, sign_in: SignIn, who: str) -> None:
    values = of_asha(cast)
    browser = sign_in(getattr(cast, who))
    told = {}
    for endpoint, method, pattern, names in endpoints(app):
        if set(names) & {"account_id", "job_id", "login_id"}:
            told[endpoint, method] = browser.send(method, filled(pattern, names, values)).status_code
    assert told == dict.fromkeys(told, 404)
    assert len(told) == 13


def test_a_sentence_of_a_role_one_never_held_is_not_there(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    other = ladder_of_nobody(app)
    browser = sign_in(cast.sven)
    assert browser.get(f"/expectations/{other}").status_code == 404
    assert browser.post(f"/expectations/{other}/verdicts", activity=1, word="confirmed").status_code == 404


def ladder_of_nobody(app: Flask) -> int:
    page = b"# Pilot\n\n## Flying\n- Land more often than you start\n"
    plan = ladder_import.preview(page, "pilot.md", app.extensions["advocacy.rules"])
    version = ladder_import.apply(plan, page, None, NOW)
    db.session.commit()
    return sentences.of_page(version.page_id)[0].expectation_id


def test_an_activity_of_somebody_else_takes_no_verdict(
    app: Flask, cast: Cast, sign_in: SignIn, article: Callable[..., int]
) -> None:
    activity_id = article(cast.asha)
    sentence = sentences.of_page(sentences.pages(cast.sven.id)[0].id)[0]
    answer = sign_in(cast.sven).post(
        f"/expectations/{sentence.expectation_id}/verdicts", activity=activity_id, word="confirmed"
    )
    assert answer.status_code == 404


def test_a_post_without_the_form_token_is_refused(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.asha).client.post("/logins/end-others")
    assert answer.status_code == 400
    assert "CSRF" in answer.text


def test_a_post_from_another_site_is_refused(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        assert browser.post("/logins/end-others", headers=headers).status_code == 403


def test_a_disabled_person_is_out_at_once(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    cast.asha.disabled_at = NOW
    db.session.commit()
    assert browser.get("/").headers["Location"] == "/sign-in"
