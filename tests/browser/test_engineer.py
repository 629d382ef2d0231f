"""The three journeys of an engineer: the first visit, a Friday's inbox, and the pack before a review."""

import csv
import io
import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from advocacy.models import db, roster
from tests.browser.company import Company
from tests.browser.test_inbox import full
from tests.browser.test_journeys import WORKS_WITHIN, press, tab_to
from tests.browser.window import Window

pytestmark = pytest.mark.browser

PASSWORD = "eleven quiet otters in Pune"
PHONE = 320
Opens = Callable[..., Window]


def counts(page: Page) -> str:
    """How many pieces of the sentence are confirmed, as its page says."""
    return re.sub(r"\s+", " ", page.locator(".verdict-line").inner_text())


def test_a_first_visit_leads_to_the_first_confirmed_evidence_on_a_phone_by_keyboard(
    company: Company, window: Opens
) -> None:
    """From the link in the invitation to a figure that moved, and a talk logged in words."""
    first = company.hire("First Visit")
    one = window(width=PHONE)
    page = one.page
    page.goto(f"/setup/{company.invitation(first)}")
    for name in ("^password$", "^again$"):
        tab_to(page, name)
        page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".steps .done")).to_have_count(1)
    press(page, "^connect it$")
    press(page, "^A blog or feed$")
    tab_to(page, "^address$")
    page.keyboard.type(f"{company.blogs}joon/")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#preview h2")).to_contain_text("would be kept", timeout=WORKS_WITHIN)
    press(page, "^Connect it$")
    expect(page.locator(".card dl")).to_contain_text(re.compile(r"Kept\s*[1-9]\d* of \d+ seen"), timeout=WORKS_WITHIN)
    page.goto("/")
    expect(page.locator(".steps")).to_have_count(0)
    press(page, r"^0 of [1-9]\d* confirmed in")
    expect(page.locator("#evidence .whys li").first).to_contain_text(re.compile(r"\w+ \w+"))
    press(page, "^Confirm – ")
    expect(page.get_by_role("status")).to_contain_text("It stays yours alone until you release it.")
    assert re.search(r"1 of [1-9]\d* confirmed in", counts(page))
    page.goto("/add")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("gave a talk on etcd at Meetup Pune yesterday")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press(page, "^A talk given")
    expect(page.locator("[name=title]")).to_have_value("gave a talk on etcd at Meetup Pune")
    tab_to(page, "^f-event$")
    page.keyboard.type("Meetup Pune")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("it stands on your timeline as a talk given")
    assert (one.complaints, one.strangers) == ([], [])


def test_a_fridays_inbox_is_empty_in_a_minute_and_nothing_is_lost(company: Company, window: Opens) -> None:
    """What is sure at once, one for something else, one put aside with its place, a colleague's offer, an edit."""
    first = company.hire("Friday Inbox")
    full(company, first, 8, noise=2)
    one = window(first)
    page = one.page
    page.goto(company.busy_inbox(first))
    page.get_by_role("button", name=re.compile("^Take it –")).click()
    expect(page.get_by_role("status").first).to_be_visible()
    page.goto("/inbox")
    page.get_by_role("link", name="Cat story aa").click()
    expect(page.get_by_role("heading", name="Cat story aa")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_be_visible()
    page.goto("/inbox")
    page.keyboard.press("A")
    expect(page.locator("h1")).to_contain_text("that the rules are sure of")
    page.get_by_role("button", name="Confirm what is ticked").click()
    expect(page.get_by_role("status").first).to_contain_text("Confirmed:")
    page.keyboard.press("z")
    expect(page.get_by_role("status").first).not_to_contain_text("Confirmed:")
    page.keyboard.press("A")
    page.get_by_role("button", name="Confirm what is ticked").click()
    expect(page.get_by_role("status").first).to_contain_text("Confirmed:")
    for _ in range(12):
        if not page.locator("#inbox .item, #chosen").count():
            break
        before = page.locator("#inbox h1").inner_text()
        page.keyboard.press("d")
        page.wait_for_function("(before) => document.querySelector('#inbox h1').textContent !== before", arg=before)
    expect(page.locator(".empty")).to_be_visible()
    page.goto("/inbox/rules")
    expect(page.locator(".rule").first).to_contain_text("It put aside")
    assert (one.complaints, one.strangers) == ([], [])


@pytest.fixture
def reviewed(company: Company) -> str:
    """Somebody of Lena's team with seven strong articles of the last weeks."""
    first = company.hire("Under Review")
    full(company, first, 7)
    with company.app.app_context():
        roster.join_team(roster.by_email(f"{first}@tern.example").id, "Storage", roster.EVER)
        db.session.commit()
    return first


def test_a_review_pack_is_pinned_told_in_own_words_released_printed_and_taken_along(
    company: Company, window: Opens, reviewed: str
) -> None:
    one = window(reviewed)
    page = one.page
    page.goto("/inbox/strong")
    page.get_by_role("button", name="Confirm what is ticked").click()
    page.goto("/")
    page.locator(".line h4 a", has_text="Advocate your component").click()
    sentence, text = page.url, page.locator("h1").inner_text()
    for _ in range(3):
        page.get_by_role("button", name=re.compile("^Pin as one of your best")).and_(
            page.locator(":enabled")
        ).first.click()
    expect(page.locator(".pinned-word")).to_have_count(3)
    page.get_by_label(re.compile("In your own words")).fill("Storage people read these first.")
    page.get_by_label("My lead may read it").check()
    page.get_by_role("button", name="Say it").click()
    expect(page.get_by_role("status").first).to_contain_text("Said, dated")
    page.goto("/review/")
    entry = page.locator(".pack-entry", has_text=text)
    expect(entry.locator(".pinned")).to_have_count(3)
    expect(entry.locator("blockquote")).to_contain_text("Storage people read these first.")
    _same_figures(page)
    assert page.pdf().startswith(b"%PDF-")
    page.goto("/privacy/rules/new")
    page.get_by_label("posts", exact=True).check()
    page.get_by_label("Also what is there already").check()
    page.get_by_role("button", name="Make the rule").click()
    expect(page.get_by_role("status").first).to_be_visible()
    page.get_by_role("link", name="View as my lead").click()
    expect(page.locator("h1")).to_contain_text("7 works released by")
    seen = page.url
    lead = window("lena")
    lead.page.goto(seen.partition("?")[0])
    expect(lead.page.locator("h1")).to_contain_text("7 works released by")
    page.goto("/privacy/")
    expect(page.locator("#looks")).to_contain_text("Lena Hoffmann, as your lead")
    page.get_by_role("button", name=re.compile("^Delete the rule|^Delete")).first.click()
    lead.page.reload()
    expect(lead.page.locator("h1")).to_contain_text(re.compile("^(0|No) works?"))
    page.goto(sentence)
    expect(page.locator(".pinned-word")).to_have_count(3)
    assert (one.complaints, lead.complaints) == ([], [])


def _same_figures(page: Page) -> None:
    """The page, the Markdown, the JSON and the CSV name the same works."""
    shown = page.locator(".pack-pieces li").count()
    links = {
        name: page.get_by_role("link", name=name, exact=True).get_attribute("href")
        for name in ("Markdown", "JSON", "CSV")
    }
    told = {name: page.request.get(f"{link}").text() for name, link in links.items()}
    assert sum(len(entry["pieces"]) for entry in json.loads(told["JSON"])["expectations"]) == shown
    assert sum(bool(row) for row in csv.DictReader(io.StringIO(told["CSV"]))) >= shown
    assert "Storage people read these first." in told["Markdown"]
