"""The journeys of marketing: from a question to a talk that is evidence, and what the pages of a week tell."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.company import Company, now
from tests.browser.test_journeys import MOST_TABS, press, tab_to
from tests.browser.test_lead import Actions, told
from tests.browser.window import Window

pytestmark = pytest.mark.browser

Opens = Callable[..., Window]
QUESTION = "Kubernetes storage, Bangalore, next month"
EVENT = "Storage Day Bangalore"
TALK = "Volumes that survive Bangalore"


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
    assert f"is on the shortlist for “{QUESTION}”" in told(page)
    page.get_by_role("link", name="Shortlists").click()
    expect(page.get_by_role("link", name=QUESTION)).to_be_visible()
    page.get_by_role("link", name="Ask Asha Kulkarni to speak").click()
    page.get_by_label(re.compile("^Event")).fill(EVENT)
    page.get_by_label(re.compile("^It begins on")).fill(f"{now().date() + timedelta(days=30)}")
    page.get_by_role("button", name="Ask once").click()
    assert "Asha Kulkarni is asked, once" in told(page)

    her = window("asha")
    her.page.goto("/")
    her.page.get_by_role("link", name=re.compile(rf"asks you to speak at {EVENT}")).click()
    her.page.get_by_role("button", name=f"Yes, I will – {EVENT}").click()
    expect(her.page.locator("main")).to_contain_text(f"You were asked to speak at {EVENT}")
    her.page.get_by_label(re.compile("^Title")).fill(TALK)
    her.page.get_by_role("button", name="Keep it").click()
    expect(her.page.get_by_role("heading", level=1)).to_contain_text(TALK)
    proposal = her.page.url
    her.page.get_by_role("button", name="Ask for their yes").click()
    page.goto("/talks")
    page.get_by_role("link", name=re.compile(r"^My yes to colleagues’ proposals \(\d")).click()
    page.get_by_role("link", name=TALK).click()
    page.get_by_label("yes, to this text").check()
    page.get_by_role("button", name="Say so").click()
    assert_follows(page, "in review")
    for state, words in (("submitted", "submitted"), ("accepted", "accepted"), ("delivered", "given")):
        her.page.goto(proposal)
        her.page.get_by_label("Now it is").select_option(state)
        her.page.get_by_role("button", name="Say so").click()
        expect(her.page.get_by_role("status").first).to_contain_text("It is ")
        assert_follows(page, words)
    her.page.goto("/timeline?kind=talk&words=Volumes+survive+Bangalore")
    her.page.get_by_role("link", name=TALK).click()
    her.page.get_by_role("link", name=re.compile("^Propose and give talks regularly")).click()
    expect(her.page.locator("#evidence")).to_contain_text(TALK)
    assert (one.complaints, one.strangers, her.complaints) == ([], [], [])


def assert_follows(page: Page, state: str) -> None:
    """What marketing reads of its request: how far the proposal is."""
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Asked to speak", exact=True).click()
    asked = page.locator(".plans > li", has_text=EVENT)
    expect(asked).to_contain_text(re.compile(rf"accepted.*the proposal is\s+{state}", re.DOTALL))


def test_an_engineer_sees_all_own_proposals_and_moves_one_on_the_board_by_keyboard(
    company: Company, window: Opens
) -> None:
    one = window("asha")
    page = one.page
    page.goto("/talks")
    number = int(re.search(r"\d+", page.get_by_role("heading", level=1).inner_text())[0])  # type: ignore[index]
    assert number > 2
    expect(page.locator("form[aria-label=Proposals] ~ .plans").first.locator("> li")).to_have_count(number)
    page.get_by_text("More", exact=True).press("Enter")
    press(page, "^Board of proposals$")
    tab_to(page, "^Skip to the content$")
    page.keyboard.press("Enter")
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.board-move select')"):
            break
    card = page.locator(".board-card", has=page.locator(":focus"))
    title = card.get_by_role("heading").inner_text()
    page.keyboard.press("ArrowDown")
    to = page.evaluate("document.activeElement.selectedOptions[0].textContent")
    press(page, "^Move$")
    assert "It is " in told(page)
    heading = page.get_by_role("heading", level=2, name=re.compile(rf"\b{to}\b", re.IGNORECASE))
    column = page.locator(".board-column", has=heading)
    expect(column.first).to_contain_text(title)
    press(page, "^Undo$")
    assert "Taken back" in told(page)
    expect(column.first).not_to_contain_text(title)
    assert (one.complaints, one.strangers) == ([], [])


def test_marketing_sees_what_closes_and_what_was_published_this_week(company: Company, window: Opens) -> None:
    """Each is one link from Home."""
    one = window("mark", width=320)
    page = one.page
    page.goto("/")
    published = page.locator("#published")
    number = re.search(r"\d+", published.inner_text())[0]  # type: ignore[index]
    page.get_by_role("link", name=re.compile("^See them, with link and reach|^See it")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{number} work")
    works = page.locator(".voice-works > li")
    expect(works).to_have_count(int(number))
    expect(works.first.get_by_role("link").first).to_have_attribute("href", re.compile("^http"))
    page.goto("/")
    page.get_by_role("link", name="Calls that close this week").click()
    closing = int(re.search(r"\d+", page.get_by_role("heading", level=1).inner_text())[0])  # type: ignore[index]
    assert closing > 0
    calls = page.locator(".events > li")
    expect(calls).to_have_count(closing)
    for call in calls.all():
        expect(call).to_contain_text(re.compile(r"close"))
    assert (one.complaints, one.strangers) == ([], [])
