"""The headers of every answer: pages, errors, static files, under http and https."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from advocacy.models.people import Person
from tests.cast import Cast
from tests.journey import Browser

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.mark.parametrize(
    "path", ["/sign-in", "/healthz", "/static/base.css", "/static/none.css", "/nowhere", "/?period=x", "/sign-out"]
)
def test_every_answer_carries_the_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src ")
        assert policy.endswith(
            "style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'"
        )
        assert "Strict-Transport-Security" not in answer.headers


def test_under_https_the_cookies_are_bound_to_the_host(client: FlaskClient) -> None:
    answer = client.get("/sign-in", base_url="https://localhost")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
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
