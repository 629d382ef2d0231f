"""Logging in ten seconds: on a phone's width by keyboard, and without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from ingest.loopback.server import Answer
from tests.browser.company import Company
from tests.browser.window import Window

pytestmark = pytest.mark.browser

WORKS_WITHIN = 30_000  #: milliseconds the worker may take
PAGE = b"<!doctype html><html><head><title>How Mayastor moves replicas</title></head><body></body></html>"


def test_a_pasted_link_is_saved_by_two_keys_and_its_page_told_while_one_looks(
    company: Company, window: Callable[..., Window]
) -> None:
    company.world.handlers["pages"] = lambda ask: Answer(body=PAGE, headers={"Content-Type": "text/html"})
    who = company.hire("Ines")
    one = window(who, width=320)
    page = one.page
    page.goto("/add")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type(f"{company.world.address}pages/post")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    expect(page.locator("#told")).to_contain_text("The page told its title.", timeout=WORKS_WITHIN)
    page.reload()
    expect(page.locator("h1")).to_have_text("How Mayastor moves replicas")
    assert one.complaints == []


def test_words_become_evidence_and_are_undone_without_javascript(
    company: Company, window: Callable[..., Window]
) -> None:
    page = window(company.hire("Otto"), javascript=False, width=320).page
    page.goto("/add")
    page.fill("#q", "adopt Mayastor because it halves the cost")
    page.click("main button.main")
    expect(page.locator("#f-reason")).to_have_value("it halves the cost")
    page.click("text=Save")
    expect(page.locator("#told")).to_contain_text(re.compile(r"supports \d sentence|supports no sentence"))
    page.click("text=Undo")
    expect(page.get_by_role("status")).to_contain_text("Deleted.")
    page.click("text=Undo")
    expect(page.locator("h1")).to_have_text("Adopt Mayastor")
