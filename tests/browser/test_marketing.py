"""The journeys of marketing: from a question to a talk that is evidence, and what the pages of a week tell."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.company import Company, now
from tests.browser.test_lead import Actions, told
from tests.browser.window import Window

pytestmark = pytest.mark.browser

Opens = Callable[..., Window]
QUESTION = "Kubernetes storage, Bangalore, next month"
EVENT = "Storage Day Bangalore"


def test_an_organiser_finds_asks_and_follows_a_speaker_until_the_talk_is_evidence(
    company: Company, window: Opens
) -> None:
    """Found in two actions, shortlisted, asked; she says yes, proposes, is accepted and gives it."""
    one = window("mark")
    page = one.page
    page.goto("/speakers")
    actions = Actions(page)
    actions.fill("^Who can speak about", QUESTION)
    actions.click("button", "^Find$")
    assert actions.count <= 2
    first = page.locator(".found > li").first
    expect(first.get_by_role("heading")).to_have_text("Asha Kulkarni")
    expect(first.locator(".receipts > li")).to_have_count(3)
    page.get_by_role("button", name="Shortlist Asha Kulkarni").click()
    assert "is on the shortlist" in told(page)
    page.get_by_role("link", name="Ask Asha Kulkarni to speak").click()
    page.get_by_label(re.compile("^Event")).fill(EVENT)
    page.get_by_label(re.compile("^It begins on")).fill(f"{now().date() + timedelta(days=30)}")
    page.get_by_role("button", name="Ask once").click()

    her = window("asha")
    her.page.goto("/asks")
    her.page.get_by_role("button", name=f"Yes, I will – {EVENT}").click()
    if "/talks/propose" not in her.page.url:
        her.page.get_by_role("link", name=f"Begin the proposal – {EVENT}").click()
    expect(her.page.locator("main")).to_contain_text(EVENT)
    her.page.get_by_label(re.compile("^Title")).fill("Volumes that survive Bangalore")
    her.page.locator("main button.main").click()
    expect(her.page.get_by_role("heading", level=1)).to_contain_text("Volumes that survive Bangalore")
    proposal = her.page.url
    for state in ("submitted", "accepted", "delivered"):
        her.page.goto(proposal)
        her.page.get_by_label("Now it is").select_option(state)
        her.page.get_by_role("button", name="Say so").click()
        expect(her.page.get_by_role("status").first).to_contain_text("It is ")
    page.goto("/asks/sent")
    expect(page.locator("main")).to_contain_text(re.compile(rf"{EVENT}.*the proposal is", re.DOTALL))
    her.page.goto("/timeline?kind=talk&words=Volumes+survive+Bangalore")
    expect(her.page.locator(".exhibit h2").first).to_contain_text("Volumes that survive Bangalore")
    assert (one.complaints, one.strangers, her.complaints) == ([], [], [])


def test_an_engineer_sees_all_own_proposals_and_moves_one_on_the_board_by_keyboard(
    company: Company, window: Opens
) -> None:
    one = window("asha")
    page = one.page
    page.goto("/talks")
    number = int(re.search(r"\d+", page.get_by_role("heading", level=1).inner_text())[0])  # type: ignore[index]
    page.goto("/events/board?as=list")
    assert number > 2
    page.goto("/events/board")
    move = page.locator(".board-card .board-move").first
    move.get_by_role("combobox").focus()
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        move.get_by_role("button").press("Enter")
    assert "It is " in told(page)
    with page.expect_navigation():
        page.get_by_role("status").get_by_role("button", name="Undo").press("Enter")
    assert "Taken back" in told(page)
    assert (one.complaints, one.strangers) == ([], [])


def test_marketing_sees_what_closes_and_what_was_published_this_week(company: Company, window: Opens) -> None:
    one = window("mark", width=320)
    page = one.page
    page.goto("/events?closing=7")
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(r"[1-9]\d* "))
    expect(page.locator("main")).to_contain_text(re.compile(r"clos", re.IGNORECASE))
    page.goto("/voice/works")
    expect(page.locator("main")).to_contain_text("this week")
    assert (one.complaints, one.strangers) == ([], [])
