"""What people come to do, done by keyboard alone, and once more without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.company import Company
from tests.browser.window import Window

pytestmark = pytest.mark.browser

MOST_TABS = 120
WORKS_WITHIN = 30_000  #: milliseconds the worker may take
FOCUSED = "() => document.activeElement.textContent.replace(/\\s+/g, ' ').trim() || document.activeElement.id"


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the focus is on what says these words."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if re.search(words, page.evaluate(FOCUSED)):
            return
    raise AssertionError(f"{words!r} was not reached by Tab on {page.title()}")


def press(page: Page, words: str) -> None:
    """Go to it by keyboard and press Enter."""
    tab_to(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_skip_link_comes_first_and_leads_to_the_content(window: Callable[..., Window]) -> None:
    page = window("asha").page
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_person_signs_in_confirms_a_suggestion_and_takes_it_back(
    company: Company, window: Callable[..., Window]
) -> None:
    one = window()
    page = one.page
    page.goto("/sign-in")
    press(page, "^Asha Kulkarni")
    expect(page.locator("h1")).to_have_text("Asha Kulkarni")
    press(page, "to look at$")
    waiting = page.locator("#waiting .exhibit")
    before = waiting.count()
    press(page, "^Confirm – ")
    expect(page.get_by_role("status")).to_contain_text("Confirmed.")
    expect(waiting).to_have_count(before - 1)
    press(page, "^Undo$")
    expect(page.get_by_role("status")).to_contain_text("Taken back")
    expect(waiting).to_have_count(before)
    assert one.complaints == []


def test_a_blog_is_connected_in_three_steps_with_live_progress(company: Company, window: Callable[..., Window]) -> None:
    one = window(company.hire("Keyboard Only"))
    page = one.page
    page.goto("/")
    press(page, "^connect it$")
    press(page, "^A blog or feed$")
    tab_to(page, "^address$")
    page.keyboard.type(f"{company.blogs}joon/")
    with company.slow_blogs():
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator("#preview .live")).to_be_visible()
    expect(page.locator("#preview h2")).to_contain_text("would be kept", timeout=WORKS_WITHIN)
    expect(page.locator("#preview .kept").first).to_contain_text("kept")
    press(page, "^Connect it$")
    expect(page.get_by_role("status")).to_contain_text("Connected.")
    expect(page.locator(".card")).not_to_have_attribute("data-live", re.compile("."), timeout=WORKS_WITHIN)
    expect(page.locator(".card dl")).to_contain_text(re.compile(r"Kept\s*[1-9]\d* of \d+ seen"))
    page.goto("/")
    expect(page.locator(".recent li")).not_to_have_count(0)
    assert (one.complaints, one.strangers) == ([], [])


def test_reading_now_shows_a_live_line_that_ends(company: Company, window: Callable[..., Window]) -> None:
    one = window("joon")
    page = one.page
    page.goto("/sources")
    live = page.locator(".card .live", has_text=re.compile(r"\w"))
    with company.slow_blogs():
        press(page, "^Read now – ")
        expect(live).to_have_count(1)
    expect(live).to_have_count(0, timeout=WORKS_WITHIN)
    expect(page.locator("[data-live]")).to_have_count(0)
    assert one.complaints == []


def test_a_blog_is_connected_without_javascript(company: Company, window: Callable[..., Window]) -> None:
    page = window(company.hire("No Script"), javascript=False).page
    page.goto("/")
    page.get_by_role("link", name="connect it").click()
    page.get_by_role("link", name="A blog or feed").click()
    page.get_by_label("Address of the blog or its feed").fill(f"{company.blogs}asha/feed.xml")
    page.get_by_role("button", name="Show what would be kept").click()
    reload_until(page, "Reload to see how far it is", page.get_by_role("button", name="Connect it").count)
    page.get_by_role("button", name="Connect it").click()
    expect(page.get_by_role("status")).to_contain_text("Connected.")
    reload_until(page, "reload to see how far it is", page.get_by_text(re.compile(r"^[1-9]\d*$")).count)
    page.get_by_role("link", name="Home").click()
    page.locator(".line h4 a").first.click()
    expect(page.locator("#evidence")).to_be_visible()


def reload_until(page: Page, link: str, done: Callable[[], int]) -> None:
    """Follow the link that stands in for the live line, as a reader without JavaScript does."""
    for _ in range(WORKS_WITHIN // 250):
        if done():
            return
        if page.get_by_role("link", name=link).count():
            page.get_by_role("link", name=link).first.click()
        page.wait_for_timeout(250)
        page.reload()
    raise AssertionError(f"{page.title()} was not done in time")
