"""Names that are longer than a line, or run from right to left."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.company import Company
from tests.browser.window import Window

pytestmark = pytest.mark.browser

TITLES = "(all) => all.map((e) => [e.innerText, getComputedStyle(e).direction])"
DIRECTION = "(e) => getComputedStyle(e).direction"


def test_a_name_from_right_to_left_stands_so_and_turns_nothing_else(window: Callable[..., Window]) -> None:
    page = window("layla").page
    page.goto("/")
    for place in ("h1 span", ".who a"):
        name = page.locator(place)
        expect(name).to_have_text("ليلى حدّاد")
        assert name.evaluate(DIRECTION) == "rtl"
    assert page.locator("main").evaluate(DIRECTION) == "ltr"
    titles = page.locator(".recent a").evaluate_all(TITLES)
    assert {direction for title, direction in titles if title[0] > "\u0600"} == {"rtl"}
    assert {direction for title, direction in titles if title[0] < "\u0600"} == {"ltr"}


def test_a_very_long_name_wraps_and_leaves_the_way_out_in_sight(window: Callable[..., Window]) -> None:
    page = window("max", width=320).page
    page.goto("/")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    expect(page.get_by_role("button", name="Sign out")).to_be_in_viewport(ratio=1)


def test_terms_are_told_by_name(company: Company, window: Callable[..., Window]) -> None:
    page = window("asha").page
    page.goto("/?period=2026")
    personas = company.app.extensions["advocacy.rules"].vocabulary.personas
    told = page.locator("main").text_content() or ""
    assert "missing: " in told
    assert [term for term in personas if "-" in term and term in told] == []
