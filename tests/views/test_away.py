"""Roles, days that do not count, and a review year of one's own: by the person, on a page."""

from collections.abc import Callable
from datetime import date

import pytest

from advocacy.models import absences, db
from advocacy.models.people import Person
from tests.cast import Cast
from tests.journey import Browser

SignIn = Callable[[Person], Browser]


@pytest.fixture
def browser(cast: Cast, sign_in: SignIn) -> Browser:
    return sign_in(cast.asha)


def test_days_away_are_noted_and_taken_away_again(cast: Cast, browser: Browser) -> None:
    for _ in range(2):
        browser.post("/away/", since="2026-11-02", until="2026-11-13")
    (one,) = absences.of(cast.asha.id)
    assert (one.since, one.until) == (date(2026, 11, 2), date(2026, 11, 13))
    assert "2 Nov 2026 to 13 Nov 2026" in browser.get("/away/").text
    browser.post(f"/away/{one.id}/remove")
    assert absences.of(cast.asha.id) == []


def test_days_the_wrong_way_round_are_told_and_not_kept(cast: Cast, browser: Browser) -> None:
    browser.post("/away/", since="2026-11-13", until="2026-11-02")
    assert absences.of(cast.asha.id) == []
    assert "turn them round" in browser.get("/away/").text


def test_a_year_of_ones_own_stands_beside_the_periods(cast: Cast, browser: Browser) -> None:
    browser.post("/away/year", month="4")
    home = browser.get("/?period=2026-04-12m").text
    assert ('href="/?period=2026-04-12m" aria-current="true">my year</a>' in home) is True
    assert "April 2026 to March 2027" in home
    browser.post("/away/year", month="")
    db.session.expire_all()
    assert cast.asha.cycle_start is None
    assert "my year" not in browser.get("/").text


def test_the_role_in_force_and_the_team_are_told(browser: Browser) -> None:
    page = browser.get("/away/").text
    assert ("Lead engineer" in page, "from the beginning" in page, "Storage" in page) == (True, True, True)
