"""Letters and feeds on their page: chosen, seen as they went out, stopped by one click; addresses made and revoked."""

import re
from collections.abc import Callable
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.letters.words import stop_address
from advocacy.models import db, feed_tokens, letter_wishes, outbox
from advocacy.models.audit import AuditEntry
from advocacy.models.feed_tokens import MOST, Opens
from advocacy.models.people import Person
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser

SignIn = Callable[[Person], Browser]
FEED = re.compile(r"/feeds/([\w-]{43})/activity\.(\w+)")


@pytest.fixture
def browser(cast: Cast, sign_in: SignIn) -> Browser:
    return sign_in(cast.asha)


def weekly(person: Person) -> tuple[bool, int, int] | None:
    db.session.rollback()
    wish = letter_wishes.of(person.id)
    found = (wish.weekly, wish.weekday, wish.hour) if wish else None
    db.session.rollback()
    return found


def acts() -> list[str]:
    found = list(db.session.scalars(sa.select(AuditEntry.act).order_by(AuditEntry.id)))
    db.session.rollback()
    return [act for act in found if act.startswith(("letters", "feed_token"))]


def test_nobody_gets_letters_until_they_say_so(cast: Cast, browser: Browser) -> None:
    assert "You get none." in browser.get("/letters/").text
    assert weekly(cast.asha) is None


def test_a_day_and_an_hour_of_ones_own_are_kept_and_stopped_again(cast: Cast, browser: Browser) -> None:
    browser.post("/letters/weekly", weekday="4", hour="16")
    page = unescape(browser.get("/letters/").text)
    assert "You get one on Fridays at 16:00 (Asia/Kolkata), to" in page
    assert "Fri 27 Nov 2026, 16:00" in page
    browser.post("/letters/weekly/stop")
    assert weekly(cast.asha) == (False, 4, 16)
    browser.post("/letters/weekly", weekday="4", hour="16")
    assert weekly(cast.asha) == (True, 4, 16)
    assert acts() == ["letters.wanted", "letters.stopped", "letters.wanted"]


@pytest.mark.parametrize(("weekday", "hour"), [("7", "9"), ("0", "24"), ("x", "9"), ("", "9"), ("0", "-1")])
def test_a_day_that_is_none_is_refused(cast: Cast, browser: Browser, weekday: str, hour: str) -> None:
    assert browser.post("/letters/weekly", weekday=weekday, hour=hour).status_code == 400
    assert weekly(cast.asha) is None


def test_the_page_says_when_no_letter_can_leave(browser: Browser) -> None:
    assert "ADVOCACY_MAIL__URL" in browser.get("/letters/").text


def test_the_next_letter_is_shown_as_it_would_be_now(cast: Cast, browser: Browser, article: Callable[..., int]) -> None:
    assert "there would be no letter" in browser.get("/letters/").text
    article(cast.asha)
    page = browser.get("/letters/").text
    assert "Your week: 1 new, 1 waiting" in page
    assert "1 new item since 16 Nov, 1 more than in the 7 days before (0): 1 article." in page


def test_a_letter_is_shown_as_it_went_out(cast: Cast, browser: Browser) -> None:
    words = {"subject": "Your week: 1 new", "text": "One <b>new</b> item", "html": "<p>One</p>"}
    number = outbox.put(cast.asha.id, outbox.DIGEST, "2026-W48", words, NOW)
    outbox.put(cast.asha.id, outbox.DIGEST, "2026-W47", None, NOW)
    db.session.commit()
    page = browser.get("/letters/").text
    assert ("Your week: 1 new" in page, "2026-W47: nothing new and nothing waiting" in page) == (True, True)
    assert "One &lt;b&gt;new&lt;/b&gt; item</pre>" in browser.get(f"/letters/{number}").text


def test_a_mail_program_stops_them_by_one_post_without_cookie_or_token(
    app: Flask, cast: Cast, browser: Browser
) -> None:
    browser.post("/letters/weekly", weekday="4", hour="16")
    path = "/letters/stop/" + stop_address(cast.asha.id, outbox.DIGEST).rpartition("/")[2]
    with Browser(app.test_client()).served():
        assert app.test_client().get(path).status_code == 200
    assert weekly(cast.asha) == (True, 4, 16)
    with Browser(app.test_client()).served():
        answer = app.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, weekly(cast.asha)) == (200, (False, 4, 16))


def test_a_stop_that_was_not_signed_by_us_or_is_of_another_kind_is_not_there(app: Flask, cast: Cast) -> None:
    signed = stop_address(cast.asha.id, outbox.DIGEST).rpartition("/")[2]
    other = stop_address(cast.asha.id, "invitation").rpartition("/")[2]
    with Browser(app.test_client()).served():
        for token in (signed[:-1], f"x{signed}", other, "never", "W10"):
            answer = app.test_client().post(f"/letters/stop/{token}", data={"List-Unsubscribe": "One-Click"})
            assert answer.status_code == 404


def test_an_address_is_shown_once_and_opens_what_was_chosen(app: Flask, cast: Cast, browser: Browser) -> None:
    made = browser.post("/letters/feeds", name="My <phone>", opens="activity").text
    found = FEED.findall(made)
    assert [kind for _, kind in dict.fromkeys(found)] == ["atom", "json", "ics"]
    token = found[0][0]
    page = browser.get("/letters/").text
    assert (token in page, "My &lt;phone&gt;" in page, "never read" in page) == (False, True, True)
    with Browser(app.test_client()).served():
        assert app.test_client().get(f"/feeds/{token}/activity.atom").status_code == 200
    assert "last read 23 Nov 2026" in browser.get("/letters/").text


@pytest.mark.parametrize(("opens", "kinds"), [("public", ["atom", "json"]), ("plans", ["ics"])])
def test_what_an_address_cannot_open_is_not_offered(browser: Browser, opens: str, kinds: list[str]) -> None:
    found = FEED.findall(browser.post("/letters/feeds", name="One", opens=opens).text)
    assert [kind for _, kind in dict.fromkeys(found)] == kinds


def test_revoked_it_opens_nothing_and_can_be_had_back_for_an_hour(app: Flask, cast: Cast, browser: Browser) -> None:
    token = FEED.findall(browser.post("/letters/feeds", name="One", opens="plans").text)[0][0]
    number = feed_tokens.of_person(cast.asha.id)[0].id

    def status() -> int:
        with Browser(app.test_client()).served():
            return app.test_client().get(f"/feeds/{token}/activity.ics").status_code

    heard = [status()]
    browser.post(f"/letters/feeds/{number}/revoke")
    heard.append(status())
    browser.post(f"/letters/feeds/{number}/restore")
    heard.append(status())
    browser.post(f"/letters/feeds/{number}/revoke")
    app.extensions["advocacy.clock"] = lambda: NOW.replace(hour=10, minute=1)
    assert browser.post(f"/letters/feeds/{number}/restore").status_code == 404
    assert [*heard, status()] == [200, 404, 200, 404]
    assert acts() == ["feed_token.made", "feed_token.revoked", "feed_token.restored", "feed_token.revoked"]


def test_an_address_without_a_name_and_one_too_many_are_refused(cast: Cast, browser: Browser) -> None:
    refused = browser.post("/letters/feeds", name="W" * 81, opens="plans")
    assert (refused.status_code, 'value="plans" checked' in refused.text, "W" * 81 in refused.text) == (422, True, True)
    assert browser.post("/letters/feeds", name=" ", opens="plans").status_code == 422
    assert browser.post("/letters/feeds", name="One", opens="everything").status_code == 400
    for number in range(MOST):
        feed_tokens.make(cast.asha.id, Opens.PLANS, f"{number}", NOW)
    db.session.commit()
    assert "You have 20 addresses already" in browser.post("/letters/feeds", name="One more", opens="plans").text
    assert len(feed_tokens.of_person(cast.asha.id)) == MOST
