"""A speaker's texts: copied by a button, and without JavaScript marked by hand."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.company import Company
from tests.browser.window import Window

pytestmark = pytest.mark.browser

BLOG = "[the team’s blog](https://tern.example)"


def test_a_text_is_copied_by_a_button_that_says_so(company: Company, window: Callable[..., Window]) -> None:
    one = window("nia", width=320)
    page = one.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/people/{company.number('lena')}/profile")
    page.click("text=Texts to copy")
    for called, there in (("Long text", "the team’s blog (https://tern.example)"), ("Long text as Markdown", BLOG)):
        page.get_by_role("button", name=f"Copy: {called}", exact=True).click()
        expect(page.locator(f"textarea[data-copy='{called}'] + p [role=status]")).to_have_text("Copied")
        assert there in page.evaluate("navigator.clipboard.readText()")
    assert one.complaints == []


def test_without_javascript_the_texts_stand_there_to_be_marked(company: Company, window: Callable[..., Window]) -> None:
    page = window("nia", javascript=False).page
    page.goto(f"/people/{company.number('lena')}/profile")
    page.click("text=Texts to copy")
    expect(page.get_by_label("Short text")).to_have_attribute("readonly", "")
    assert page.locator("main button").count() == 0
