"""The headers of every answer: pages, errors, static files, under http and https."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from advocacy import access, errors
from advocacy.models import db
from advocacy.models.people import Person
from tests.cast import Cast
from tests.journey import Browser

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
TEMPLATES = Path(__file__).parents[2] / "templates"
Ask = Callable[[Browser], TestResponse]


def get(path: str, **headers: str) -> Ask:
    return lambda browser: browser.get(path, **headers)


def post(path: str, headers: dict[str, str] | None = None, **form: Any) -> Ask:
    return lambda browser: browser.post(path, headers=headers, **form)


def bare(method: str, path: str, **more: Any) -> Ask:
    """Just so, without a form token."""
    return lambda browser: browser.client.open(path, method=method, buffered=True, **more)


ANSWERS: dict[str, tuple[int, Ask]] = {
    "a page": (200, get("/sources")),
    "its head": (200, bare("HEAD", "/sources")),
    "what it allows": (200, bare("OPTIONS", "/sources")),
    "a redirect": (303, get("/sign-in")),
    "JSON": (200, get("/healthz")),
    "a file": (200, get("/static/base.css")),
    "a file that is known": (304, lambda browser: again(browser, "/static/base.css")),
    "no file": (404, get("/static/none.css")),
    "a file beside the folder": (404, get("/static/../app.py")),
    "bad input": (400, get("/?period=x")),
    "a NUL": (400, get("/?period=%00")),
    "no form token": (400, bare("POST", "/logins/end-others")),
    "another host": (400, get("/", Host="evil.example")),
    "signed out": (401, lambda browser: Browser(browser.client.application.test_client()).post("/sources/1/pull")),
    "signed out, as JSON": (401, lambda browser: stranger(browser).get("/", headers={"Accept": "application/json"})),
    "no right": (403, get("/ladder/import")),
    "another site": (403, post("/sign-out", {"Origin": "https://evil.example"})),
    "nothing": (404, get("/nowhere")),
    "nothing, as JSON": (404, get("/nowhere", Accept="application/json")),
    "somebody else's": (404, get("/sources/99/forget")),
    "a wrong method": (405, bare("DELETE", "/sources")),
    "a method nobody knows": (405, bare("BREW", "/sources")),
    "too large": (413, post("/sources/connect/feed", address="x" * 3_000_000)),
    "unusable": (422, post("/sources/connect/feed", address="ftp://x")),
    "too many": (429, lambda browser: [browser.post("/sign-in", email="a@x.example") for _ in range(6)][-1]),
}


def again(browser: Browser, path: str) -> TestResponse:
    """What a browser asks that kept the file."""
    return browser.get(path, **{"If-None-Match": browser.get(path).headers["ETag"]})


def stranger(browser: Browser) -> FlaskClient:
    return browser.client.application.test_client()


def check_headers(answer: TestResponse) -> None:
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert POLICY.fullmatch(answer.headers["Content-Security-Policy"])
    assert answer.headers["Cache-Control"]
    assert "Server" not in answer.headers


POLICY = re.compile(
    r"default-src 'none'; script-src ('none'|'nonce-[\w-]{22}'); style-src 'self'; img-src 'self'; "
    r"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize(("status", "ask"), ANSWERS.values(), ids=ANSWERS)
def test_every_answer_carries_the_headers(
    cast: Cast, sign_in: Callable[[Person], Browser], status: int, ask: Ask
) -> None:
    answer = ask(sign_in(cast.asha))
    assert answer.status_code == status
    check_headers(answer)
    assert "Strict-Transport-Security" not in answer.headers


def test_all_that_can_be_answered_stands_in_the_table() -> None:
    assert {status for status, _ in ANSWERS.values()} | {500, 503} >= set(errors.WORDS)


@pytest.mark.parametrize("where", ["in the view", "before it", "in the page"])
def test_a_fault_of_ours_carries_them_too(bare_app: Flask, where: str) -> None:
    """Not even the words of the fault are told."""
    bare_app.testing = False

    @bare_app.get("/fault")
    @access.public
    def fault() -> str:
        if where == "in the view":
            raise RuntimeError("secret words")
        return render_template_string("{{ 1 // 0 }}secret words")

    if where == "before it":
        bare_app.extensions["advocacy.clock"] = lambda: 1 // 0
    answer = bare_app.test_client().get("/fault")
    assert (answer.status_code, "Our mistake" in answer.text, "secret words" in answer.text) == (500, True, False)
    check_headers(answer)


def test_a_database_that_does_not_answer_is_told_as_such(
    app: Flask, cast: Cast, sign_in: Callable[[Person], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(app.logger, "error", lambda words, *rest: told.append(words % rest))

    def away(*rest: object) -> None:
        raise sa.exc.OperationalError("SELECT", {}, Exception("the server closed the connection"))

    browser = sign_in(cast.asha)
    sa.event.listen(db.engine, "before_cursor_execute", away)
    try:
        answers = [browser.get("/"), browser.get("/readyz"), browser.get("/", Accept="application/json")]
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", away)
    assert [answer.status_code for answer in answers] == [503, 503, 503]
    assert ("Not ready" in answers[0].text, answers[0].headers["Retry-After"]) == (True, "5")
    for answer in answers:
        check_headers(answer)
    assert told == ["the database does not answer: the server closed the connection"] * 3


def test_over_https_the_browser_is_told_to_stay_there(client: FlaskClient) -> None:
    paths = ("/sign-in", "/static/base.css", "/nowhere", "/")
    answers = [client.get(path, base_url="https://localhost", buffered=True) for path in paths]
    assert {answer.headers["Strict-Transport-Security"] for answer in answers} == {"max-age=31536000"}


def test_under_https_the_cookies_are_bound_to_the_host(client: FlaskClient) -> None:
    answer = client.get("/sign-in", base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-advocacy-form=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


def test_over_plain_http_from_elsewhere_no_password_is_taken(bare_app: Flask) -> None:
    bare_app.config["TRUSTED_HOSTS"] = ["intranet.example"]
    browser = bare_app.test_client()
    page = browser.get("/sign-in", base_url="http://intranet.example").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    form = {"csrf_token": token[1], "email": "a@b.example", "password": "seven wet otters juggle"}
    answer = browser.post("/sign-in", base_url="http://intranet.example", data=form)
    assert (answer.status_code, "A password needs https" in answer.text) == (400, True)


def test_pages_are_not_kept_by_browsers_and_versioned_files_for_a_year(client: FlaskClient) -> None:
    page = client.get("/sign-in")
    style = re.search(r'href="(/static/base.css\?v=[0-9a-f]{12})"', page.text)
    assert style
    assert page.headers["Cache-Control"] == "no-store"
    with client.get(style[1]) as versioned, client.get("/static/base.css") as bare:
        assert versioned.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert bare.headers["Cache-Control"] == "no-cache"


def test_a_script_is_let_in_by_the_word_of_its_own_page(cast: Cast, sign_in: Callable[[Person], Browser]) -> None:
    browser = sign_in(cast.asha)
    words = []
    for _ in range(2):
        answer = browser.get("/sources")
        nonce = re.search(r'nonce="([^"]+)"', answer.text)
        assert nonce
        assert f"script-src 'nonce-{nonce[1]}';" in answer.headers["Content-Security-Policy"]
        words.append(nonce[1])
    assert words[0] != words[1]


def test_another_host_name_is_refused_in_words(client: FlaskClient) -> None:
    answer = client.get("/sign-in", base_url="http://evil.example")
    assert answer.status_code == 400
    assert "That cannot be read" in answer.text


def test_no_template_needs_what_the_policy_forbids() -> None:
    forbidden = re.compile(r"""\sstyle=|\son[a-z]+=["']|<style|javascript:|\|\s*safe\b""")
    assert [str(file) for file in TEMPLATES.rglob("*.html") if forbidden.search(file.read_text("utf-8"))] == []


def test_errors_are_words_for_people_and_json_for_programs(client: FlaskClient) -> None:
    assert "Nothing here" in client.get("/nowhere").text
    answer = client.get("/nowhere", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json and answer.json["error"]) == (404, "Nothing here")


def test_the_front_end_stays_small() -> None:
    static = Path(__file__).parents[2] / "advocacy" / "static"
    assert sum(len(gzip.compress(file.read_bytes())) for file in static.rglob("*.*")) < 25_000
