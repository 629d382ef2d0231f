"""The inbox as one lives in it: by keyboard, a key or so an item, and once more without JavaScript."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.models import db, facts, roster
from advocacy.models.fact import Owner
from ingest.prepare import Reader, prepare
from tests.browser.company import Company, now
from tests.browser.window import Window

pytestmark = pytest.mark.browser

ITEMS = 30
MOST_KEYS = 1.3  #: an item, PAGES.md
SAID = "How OpenEBS Mayastor serves stateful workloads on Kubernetes, for an SRE.\n```\nkubectl get pvc\n```\nTry it."


def full(company: Company, first: str, items: int, *, noise: int = 0) -> None:
    """Let a person have written so many posts, the newest `noise` of them in a place that is not about work."""
    with company.app.app_context():
        person, rules = roster.by_email(f"{first}@tern.example"), company.app.extensions["advocacy.rules"]
        posts = [
            Activity(
                ref=f"reddit:t3_{first}{n}",
                kind=Kind.POST,
                platform=Platform.REDDIT,
                at=now() - timedelta(days=n + 1),
                channel="r/cats" if n < noise else "r/kubernetes",
                title=f"{'Cat' if n < noise else 'Storage'} story {chr(ord('a') + n % 26) * (n // 26 + 2)}",
                text=SAID,
                url=f"https://reddit.example/{first}/{n}",
            )
            for n in range(items)
        ]
        page = prepare(posts, [Reader(Owner(None, person.id, person.zone))], rules)
        facts.keep(page.kept, now(), page.judge)
        db.session.commit()


class Keys:
    """A hand on the keyboard that counts; what comes after each key is waited for, as a reader would."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def act(self, *keys: str) -> None:
        """Press them; the last one changes how many items wait."""
        before = self.waiting()
        self.press(*keys)
        self.page.wait_for_function(
            "(before) => document.querySelector('#inbox h1').textContent !== before", arg=before
        )

    def waiting(self) -> str:
        return self.page.locator("#inbox h1").inner_text()


@pytest.fixture
def newcomer(company: Company) -> str:
    return company.hire("Inbox Person")


def test_thirty_items_take_at_most_one_point_three_keys_each(
    company: Company, window: Callable[..., Window], newcomer: str
) -> None:
    """Most are right, some not, one is for something else, one waits; five come from where nothing ever counts."""
    full(company, newcomer, ITEMS, noise=5)
    one = window(newcomer)
    page = one.page
    page.goto("/inbox")
    expect(page.locator("h1")).to_have_text(f"{ITEMS} items wait for your word")
    hand = Keys(page)
    hand.act("n", "Enter")
    expect(page.locator("h1")).to_have_text("25 items wait for your word")
    for _ in range(4):
        hand.act("d")
    hand.act("s")
    hand.act("1", "e", "ArrowDown", "Enter")
    hand.act("d")
    hand.act("z")
    for _ in range(19):
        hand.act("y")
    expect(page.locator("h1")).to_have_text("Inbox")
    expect(page.locator(".empty")).to_contain_text("That was all.")
    expect(page.locator("#sitting")).to_have_text("In this sitting: 20 confirmed, 4 not evidence, 1 put off")
    expect(page.locator(".sitting")).to_contain_text("What you confirmed now supports")
    assert hand.pressed / ITEMS <= MOST_KEYS
    assert (one.complaints, one.strangers) == ([], [])


def test_keys_pressed_faster_than_the_server_answers_each_find_their_item(
    company: Company, window: Callable[..., Window], newcomer: str
) -> None:
    full(company, newcomer, 4)
    page = window(newcomer).page
    page.goto("/inbox")
    for _ in range(3):
        page.keyboard.press("y")
    expect(page.locator("h1")).to_have_text("1 item waits for your word")
    page.keyboard.press("z")
    expect(page.locator("h1")).to_have_text("2 items wait for your word")
    expect(page.locator(":focus")).to_have_id("chosen")


def test_keys_do_nothing_while_one_types_and_after_they_were_switched_off(
    company: Company, window: Callable[..., Window], newcomer: str
) -> None:
    full(company, newcomer, 3)
    page = window(newcomer).page
    page.goto("/inbox")
    page.locator("#reason").focus()
    page.keyboard.type("ydsz")
    expect(page.locator("#reason")).to_have_value("ydsz")
    page.keyboard.press("Tab")
    page.keyboard.press("?")
    page.get_by_role("button", name="Switch the keys off").press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    page.keyboard.press("j")
    expect(page.locator(".key").first).to_be_hidden()
    page.reload()
    page.keyboard.press("y")
    page.wait_for_timeout(300)
    expect(page.locator("h1")).to_have_text("3 items wait for your word")


def test_all_strong_ones_are_shown_confirmed_and_taken_back_at_once(
    company: Company, window: Callable[..., Window], newcomer: str
) -> None:
    full(company, newcomer, 5)
    page = window(newcomer).page
    page.goto("/inbox")
    page.keyboard.press("A")
    expect(page.locator("h1")).to_have_text("5 items that the rules are sure of")
    page.get_by_role("button", name="Confirm what is ticked").click()
    expect(page.get_by_role("status").first).to_contain_text("Confirmed: 5 items.")
    page.keyboard.press("z")
    expect(page.locator("h1")).to_have_text("5 items wait for your word")


def test_everything_works_without_javascript(company: Company, window: Callable[..., Window], newcomer: str) -> None:
    full(company, newcomer, 4, noise=1)
    page = window(newcomer, javascript=False, width=320).page
    page.goto("/inbox")
    page.get_by_text("Never from here …").click()
    page.get_by_role("button", name="Keep this rule").click()
    expect(page.locator("h1")).to_have_text("3 items wait for your word")
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.locator("h1")).to_have_text("2 items wait for your word")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator("h1")).to_have_text("3 items wait for your word")
    page.get_by_role("link", name="Rules of yours").click()
    expect(page.locator(".rule")).to_contain_text(re.compile("Nothing from r/cats .*It put aside 1 item", re.S))
    page.get_by_role("button", name="Delete the rule").click()
    page.goto("/inbox")
    expect(page.locator("h1")).to_have_text("4 items wait for your word")
