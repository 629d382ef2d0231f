"""Signing in: what strangers try at the door, and what becomes of logins."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from itertools import product
from statistics import median

import pytest
import sqlalchemy as sa
from argon2 import Type, extract_parameters
from flask import Flask, has_app_context, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from advocacy import access, passwords
from advocacy.app import create_app
from advocacy.models import db, invitations, leaving, logins, roster
from advocacy.models.base import Base
from advocacy.models.logins import Attempt, Invitation, Login
from advocacy.models.people import Person
from advocacy.models.throttle import BY_ACCOUNT, BY_ADDRESS, BY_ALL
from advocacy.models.words import Capability
from advocacy.settings import Settings
from advocacy.views.logins import NEXT
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import TOKEN, Browser

SignIn = Callable[[Person], Browser]
PASSWORD = "seven wet otters juggle"
HASH = passwords.hashed(PASSWORD)
HTTPS = "https://localhost"


@pytest.fixture
def asha(app: Flask, cast: Cast) -> Person:
    """Asha with a password."""
    cast.asha.password_hash = HASH
    db.session.commit()
    return cast.asha


def knock(app: Flask, email: str, password: str = "wrong", address: str = "127.0.0.1") -> int:
    """Try to sign in with a new browser; the status. What the test itself had open is ended before."""
    if has_app_context():
        db.session.rollback()
    browser = app.test_client()
    environ = {"REMOTE_ADDR": address}
    with app.app_context():
        page = browser.get("/sign-in", environ_overrides=environ).text
        token = TOKEN.findall(page)[0]
        form = {"csrf_token": token, "email": email, "password": password}
        return browser.post("/sign-in", data=form, environ_overrides=environ).status_code


def test_of_twenty_guesses_at_the_same_moment_five_are_looked_at(app: Flask, asha: Person) -> None:
    email = asha.email
    db.session.rollback()
    with ThreadPoolExecutor(20) as pool:
        told = Counter(pool.map(lambda n: knock(app, email, f"guess number {n}"), range(20)))
    assert told == {401: BY_ACCOUNT, 429: 20 - BY_ACCOUNT}


def test_one_address_has_so_many_guesses_at_all_accounts(app: Flask, asha: Person) -> None:
    db.session.rollback()
    with ThreadPoolExecutor(4) as pool:
        told = Counter(pool.map(lambda n: knock(app, f"p{n}@tern.example"), range(BY_ADDRESS + 4)))
    assert told == {401: BY_ADDRESS, 429: 4}
    assert knock(app, "p1@tern.example", address="203.0.113.9") == 401


def test_all_addresses_together_have_so_many_guesses(app: Flask, asha: Person) -> None:
    tries = [{"email": f"p{n}@x.example", "address": f"203.0.113.{n % 250}", "at": NOW} for n in range(BY_ALL - 1)]
    db.session.execute(sa.insert(Attempt), tries)
    db.session.commit()
    assert [knock(app, asha.email, address=f"198.51.100.{n}") for n in range(2)] == [401, 429]


def test_who_waits_is_not_made_to_wait_longer_by_trying_on(app: Flask, asha: Person) -> None:
    email = asha.email
    for _ in range(BY_ACCOUNT + 3):
        knock(app, email)
    app.extensions["advocacy.clock"] = lambda: NOW + timedelta(minutes=15, seconds=1)
    assert knock(app, email, PASSWORD) == 303


def test_a_right_password_is_no_failure(app: Flask, asha: Person) -> None:
    email = asha.email
    assert [knock(app, email, PASSWORD) for _ in range(BY_ACCOUNT + 2)] == [303] * (BY_ACCOUNT + 2)
    assert db.session.scalars(sa.select(Attempt)).all() == []


def test_an_unknown_account_costs_the_same_work(app: Flask) -> None:
    real = extract_parameters(passwords.hashed(PASSWORD))
    assert real == extract_parameters(passwords.NOBODYS)
    assert (real.type, real.memory_cost >= 19 * 1024, real.time_cost >= 2) == (Type.ID, True, True)


def test_an_unknown_account_takes_as_long(app: Flask, asha: Person) -> None:
    """The hash takes nearly all of the time; without it the answer comes some twenty times sooner."""
    known, unknown = (median(took(app, email, n) for n in range(7)) for email in (asha.email, "nobody@tern.example"))
    assert 0.25 < unknown / known < 4


def took(app: Flask, email: str, number: int) -> float:
    db.session.execute(sa.delete(Attempt))
    db.session.commit()
    before = time.perf_counter()
    assert knock(app, email, address=f"203.0.113.{number}") == 401
    return time.perf_counter() - before


@pytest.mark.parametrize("who", ["without a password", "disabled", "unknown"])
def test_every_account_that_cannot_sign_in_gets_the_same_answer(app: Flask, asha: Person, who: str) -> None:
    other = roster.add("other@tern.example", "Other", NOW)
    other.password_hash = None if who == "without a password" else HASH
    other.disabled_at = NOW if who == "disabled" else None
    if who == "unknown":
        other.email = "somebody-else@tern.example"
    db.session.commit()
    browser = Browser(app.test_client())
    wrong, theirs = (
        browser.post("/sign-in", email=email, password=word)
        for email, word in (("asha@tern.example", "wrong"), ("other@tern.example", PASSWORD))
    )
    assert (theirs.status_code, bare(theirs)) == (401, bare(wrong))
    assert headers(theirs) == headers(wrong)


def bare(answer: TestResponse) -> str:
    """The page without what was typed and without its own form tokens."""
    return TOKEN.sub("", answer.text.replace("asha@", "").replace("other@", ""))


def headers(answer: TestResponse) -> dict[str, str]:
    return {name: value for name, value in answer.headers if name not in ("Set-Cookie", "Content-Length")}


def cookie(browser: Browser) -> str:
    held = browser.client.get_cookie("advocacy")
    return held.value if held else ""


def opens(app: Flask, token: str) -> bool:
    """Whether a cookie is worth anything."""
    client = app.test_client()
    client.set_cookie("advocacy", token)
    with app.app_context():
        return client.get("/logins").status_code == 200


@pytest.mark.parametrize(
    ("base", "name", "flags"),
    [
        (HTTPS, "__Host-advocacy", {"HttpOnly", "Path=/", "SameSite=Lax", "Secure", "Max-Age=2592000"}),
        ("http://localhost", "advocacy", {"HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=2592000"}),
    ],
)
def test_the_cookie_is_for_this_host_alone_and_for_no_script(
    app: Flask, asha: Person, base: str, name: str, flags: set[str]
) -> None:
    """Browsers drop a `__Host-` cookie on plain http, where only loopback is served."""
    client = app.test_client()
    token = TOKEN.findall(client.get("/sign-in", base_url=base).text)[0]
    form = {"csrf_token": token, "email": asha.email, "password": PASSWORD}
    db.session.rollback()
    with app.app_context():
        answer = client.post("/sign-in", base_url=base, data=form, headers={"Referer": f"{base}/sign-in"})
    given = [line.split("; ") for line in answer.headers.getlist("Set-Cookie") if line.startswith(f"{name}=")]
    (login,) = given
    assert {flag for flag in login[1:] if not flag.startswith("Expires=")} == flags


def test_a_sign_in_gives_a_new_login_and_ends_the_one_the_browser_held(app: Flask, asha: Person, cast: Cast) -> None:
    browser = Browser(app.test_client())
    browser.client.set_cookie("advocacy", planted := logins.begin(cast.sven.id, NOW))
    db.session.commit()
    assert opens(app, planted)
    assert browser.post("/sign-in", email=asha.email, password=PASSWORD).status_code == 303
    assert (cookie(browser) == planted, opens(app, planted), opens(app, cookie(browser))) == (False, False, True)


def test_a_new_password_gives_a_new_login_and_ends_all_others(app: Flask, asha: Person, sign_in: SignIn) -> None:
    old = sign_in(asha)
    link = f"/setup/{invitations.invite(asha.id, NOW)}"
    db.session.commit()
    before = cookie(old)
    assert old.post(link, password="eight dry herons sing", again="eight dry herons sing").status_code == 303
    assert (opens(app, before), opens(app, cookie(old))) == (False, True)


def test_a_new_right_ends_every_login_from_before(app: Flask, asha: Person, sign_in: SignIn) -> None:
    old = cookie(sign_in(asha))
    roster.grant(asha, Capability.ADMIN, NOW)
    db.session.commit()
    assert not opens(app, old)


def test_disabling_somebody_ends_their_logins_at_once(app: Flask, asha: Person, sign_in: SignIn) -> None:
    old = sign_in(asha)
    leaving.disable(asha, NOW)
    db.session.commit()
    assert old.get("/").headers["Location"] == "/sign-in"
    assert knock(app, asha.email, PASSWORD) == 401


def test_a_login_ends_after_thirty_days(app: Flask, asha: Person, sign_in: SignIn) -> None:
    old = cookie(sign_in(asha))
    app.extensions["advocacy.clock"] = lambda: NOW + timedelta(days=30)
    assert not opens(app, old)


def test_the_form_cookie_is_another_after_signing_in(app: Flask, asha: Person) -> None:
    browser = Browser(app.test_client())
    browser.get("/sign-in")
    old = browser.token
    browser.post("/sign-in", email=asha.email, password=PASSWORD)
    browser.token = old
    assert browser.post("/logins/end-others").status_code == 400


def test_tokens_are_kept_as_hashes_only(app: Flask, asha: Person) -> None:
    login, link = logins.begin(asha.id, NOW), invitations.invite(asha.id, NOW)
    db.session.commit()
    assert db.session.scalars(sa.select(Login.token_hash)).one() == sha256(login.encode()).digest()
    assert db.session.scalars(sa.select(Invitation.token_hash)).one() == sha256(link.encode()).digest()
    tables = Base.metadata.sorted_tables
    stored = [repr(tuple(row)) for table in tables for row in db.session.execute(sa.select(table))]
    assert [row for row in stored if login in row or link in row] == []


def test_a_link_sets_one_password_even_when_it_is_pressed_by_many(app: Flask, asha: Person) -> None:
    link = f"/setup/{invitations.invite(asha.id, NOW)}"
    db.session.commit()

    def press(number: int) -> int:
        with app.app_context():
            browser = Browser(app.test_client())
            browser.get(link)
            word = f"{number} wet otters juggle"
            return browser.post(link, password=word, again=word).status_code

    with ThreadPoolExecutor(6) as pool:
        assert Counter(pool.map(press, range(6))) == {303: 1, 404: 5}


def test_a_newer_link_ends_the_older_ones(app: Flask, asha: Person, stranger: Browser) -> None:
    first, second = invitations.invite(asha.id, NOW), invitations.invite(asha.id, NOW)
    db.session.commit()
    assert [stranger.get(f"/setup/{token}").status_code for token in (first, second)] == [404, 200]


NO_PLACES = (
    "https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "javascript:alert(1)", "data:text/html,x", "%2f%2fevil.example", "/logins", "logins.show/../../evil",
    "logins.show\r\nLocation: https://evil.example", "LOGINS.SHOW", " logins.show", "static", "logins.sign_out",
    "sources.card", "home.show?x=//evil", "http:evil.example", "／／evil.example",
)  # fmt: skip


def test_a_sign_in_leads_nowhere_that_is_not_in_the_list(
    app: Flask, asha: Person, sign_in: SignIn, stranger: Browser
) -> None:
    inside = sign_in(asha).client
    led = {place: inside.get("/sign-in", query_string={"next": place}).headers["Location"] for place in NO_PLACES}
    assert led == dict.fromkeys(NO_PLACES, "/")
    for place in NO_PLACES[:6]:
        stranger.token = ""
        answer = stranger.post("/sign-in", email="asha@tern.example", password=PASSWORD, next=place)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_what_is_in_the_list_is_a_page_of_ours(app: Flask) -> None:
    rules = {rule.endpoint: rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert [endpoint for endpoint in NEXT if endpoint not in rules or rules[endpoint].arguments] == []


ORIGINS = (
    {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": ""}, {"Origin": "http://["},
    {"Origin": "http://localhost.evil.example"}, {"Origin": "http://localhost:81"}, {"Origin": "localhost"},
    {"Origin": "http://localhost@evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
    {"Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"},
)  # fmt: skip


def test_a_post_from_another_site_is_refused_and_does_nothing(cast: Cast, sign_in: SignIn) -> None:
    here, there = sign_in(cast.asha), sign_in(cast.asha)
    assert [here.post("/logins/end-others", headers=sent).status_code for sent in ORIGINS] == [403] * len(ORIGINS)
    assert there.get("/logins").status_code == 200


def test_a_post_of_our_own_is_taken(cast: Cast, sign_in: SignIn) -> None:
    """Old browsers name neither origin nor site: the form token stands for both."""
    own: tuple[dict[str, str], ...] = ({}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"})
    browser = sign_in(cast.asha)
    assert [browser.post("/logins/end-others", headers=sent).status_code for sent in own] == [303] * 3


def test_what_came_over_plain_http_may_not_post_to_https(client: FlaskClient) -> None:
    """Somebody on the way has answered for us over plain http; the form posts to us, with a token of ours."""
    page = client.get("/sign-in", base_url=HTTPS)
    form = {"csrf_token": TOKEN.findall(page.text)[0], "email": "a@x.example", "password": "x"}
    told = [
        client.post("/sign-in", base_url=HTTPS, data=form, headers={"Origin": origin, "Referer": f"{HTTPS}/sign-in"})
        for origin in ("http://localhost", HTTPS)
    ]
    assert [answer.status_code for answer in told] == [403, 401]


def test_a_form_token_is_that_of_ones_own_session_or_none(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    mine, other = sign_in(cast.asha), sign_in(cast.asha)
    for browser in (mine, other):
        browser.get("/logins")
    for token in (None, "", "wrong", other.token, other.token[:-1]):
        with mine.served():
            answer = mine.client.post("/logins/end-others", data={"csrf_token": token} if token is not None else {})
        assert (answer.status_code, "CSRF" in answer.text) == (400, True)
    assert other.get("/logins").status_code == 200


HOSTS = ("evil.example", "localhost.evil.example", "localhost@evil.example", "", "local host", "127.0.0.1.x.example")


def test_another_host_name_gets_no_page_and_is_never_repeated(client: FlaskClient) -> None:
    for host, path in product(HOSTS, ("/sign-in", "/", "/static/base.css", "/nowhere")):
        answer = client.get(path, headers={"Host": host, "X-Forwarded-Host": "evil.example"})
        assert (answer.status_code, "evil" in answer.text, "evil" in str(answer.headers)) == (400, False, False)


def test_a_set_up_link_is_made_of_our_own_address_whatever_a_request_says(client: FlaskClient) -> None:
    answer = client.get("/", headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"})
    assert answer.headers["Location"] == "/sign-in"


@pytest.mark.parametrize(
    ("hops", "believed"),
    [
        (0, ("localhost", "127.0.0.1", "http")),
        (1, ("advocacy.example", "203.0.113.2", "https")),
        (2, ("evil.example", "203.0.113.1", "http")),
    ],
)
def test_what_proxies_say_counts_for_as_many_as_there_are(
    settings: Settings, hops: int, believed: tuple[str, str, str]
) -> None:
    """What a client wrote itself stands further left than what our proxies added."""
    app = create_app(replace(settings, proxy_hops=hops, trusted_hosts=("advocacy.example", "evil.example")))
    seen = access.public(lambda: [request.host, request.remote_addr, request.scheme])
    app.add_url_rule("/seen", "seen", seen)
    sent = {
        "X-Forwarded-Host": "evil.example, advocacy.example",
        "X-Forwarded-For": "203.0.113.1, 203.0.113.2",
        "X-Forwarded-Proto": "http, https",
    }
    assert app.test_client().get("/seen", headers=sent).json == [*believed]
    with app.app_context():
        db.engine.dispose()


def test_a_page_left_open_for_hours_can_still_be_sent(
    app: Flask, cast: Cast, sign_in: Callable[[Person], Browser]
) -> None:
    browser = sign_in(cast.asha)
    browser.get("/away/")
    app.extensions["advocacy.clock"] = lambda: NOW + timedelta(hours=2)
    assert browser.post("/away/", since="2026-11-02", until="2026-11-13").status_code == 303
    assert db.session.scalars(sa.select(Login.seen_at)).one() == NOW + timedelta(hours=2)
