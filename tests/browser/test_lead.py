"""The journeys of a lead: from a gap to invitations, a class held, support before a release, a survey to its end."""

import csv
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from advocacy.models import outbox
from tests.browser.company import Company, now
from tests.browser.window import Window

pytestmark = pytest.mark.browser

Opens = Callable[..., Window]


class Actions:
    """A page on which each thing that somebody does is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def click(self, role: str, name: str) -> None:
        self.count += 1
        self.page.get_by_role(role, name=re.compile(name)).first.click()  # type: ignore[arg-type]

    def fill(self, label: str, words: str) -> None:
        self.count += 1
        self.page.get_by_label(re.compile(label)).first.fill(words)


def told(page: Page) -> str:
    return page.get_by_role("status").first.inner_text()


def test_from_a_gap_to_a_planned_class_with_invitations_in_four_actions(company: Company, window: Opens) -> None:
    one = window("lena")
    one.page.goto("/team")
    actions = Actions(one.page)
    actions.click("link", "^Plan a session for: Seminars and proposals")
    actions.fill("^Day", f"{now().date() + timedelta(days=9)}")
    actions.fill("^Hour", "15:00")
    actions.click("button", "^Plan it and invite them")
    assert actions.count <= 4
    expect(one.page.get_by_role("status").first).to_contain_text(
        re.compile(r"Planned\. \d+ letters? (is|are) on the way")
    )
    expect(one.page.locator("#there").locator("..")).to_contain_text("Siobhán")
    (letter,) = company.letters("siobhan", outbox.CLASS)[-1:]
    assert ("METHOD:REQUEST" in letter.calendar, "SEQUENCE:0" in letter.calendar) == (True, True)
    guest = window("siobhan")
    guest.page.goto("/")
    guest.page.get_by_role("link", name=re.compile("invites you to Seminars and proposals")).click()
    guest.page.get_by_role("button", name="I am coming").click()
    assert "you have a seat" in told(guest.page)
    one.page.reload()
    expect(one.page.locator("#there")).to_contain_text("1 person coming")
    assert (one.complaints, one.strangers, guest.complaints) == ([], [], [])


def test_a_class_is_held_attended_answered_and_evidence_in_the_inbox_of_who_was_there(
    company: Company, window: Opens
) -> None:
    lead, first, second = company.crew("Held")
    one = window(lead)
    page = one.page
    page.goto("/trainings/plan")
    page.get_by_label("What it is about").fill("Kubernetes storage from scratch")
    page.get_by_label(re.compile("^Day")).fill(f"{now().date()}")
    page.get_by_label(re.compile("^Who is invited")).fill(f"{first}@tern.example\n{second}@tern.example")
    page.get_by_role("button", name="Plan it").click()
    where = page.url
    page.get_by_role("button", name="Show a word").click()
    word = page.locator(".room-word").inner_text()
    there = window(first, width=320)
    there.page.goto("/trainings")
    there.page.get_by_role("link", name="Check in").click()
    there.page.get_by_label("The word").fill(word.upper())
    there.page.get_by_role("button", name="I am here").click()
    assert "it stands on your timeline" in told(there.page)
    there.page.get_by_label("How useful was it?").select_option("5")
    there.page.get_by_label(re.compile("What will you use")).fill("Snapshots before every upgrade.")
    there.page.get_by_role("button", name="Answer").click()
    assert "Thank you" in told(there.page)
    there.page.goto("/inbox")
    expect(there.page.locator("main")).to_contain_text("Kubernetes storage from scratch")
    silent = window(second)
    silent.page.goto("/inbox")
    expect(silent.page.locator("main")).not_to_contain_text("Kubernetes storage from scratch")
    page.goto(where)
    expect(page.locator("#said")).to_contain_text("1 answer of 1")
    expect(page.locator("main")).not_to_contain_text("Snapshots before every upgrade.")
    page.get_by_label(re.compile("What changes because of it")).fill("A lab at the end.")
    page.get_by_role("button", name="Keep the figures").click()
    there.page.goto(where)
    expect(there.page.locator("main")).to_contain_text("What changed because of what you said: A lab at the end.")
    page.goto("/inbox")
    expect(page.locator("main")).to_contain_text("Kubernetes storage from scratch")
    assert (one.complaints, there.complaints) == ([], [])


def test_support_is_trained_before_a_release(company: Company, window: Opens, tmp_path: Path) -> None:
    lead, first, second = company.crew("Release crew")
    one = window(lead)
    page = one.page
    page.goto("/trainings/required")
    page.get_by_label("Which training").fill("Release drill")
    page.get_by_label("Of whom").select_option(label="Release crew")
    page.get_by_label("By when").fill(f"{now().date() + timedelta(days=20)}")
    page.get_by_role("button", name="Require it").click()
    expect(page.locator("h1")).to_contain_text("0 of 2 required trainings had by Release crew")
    page.get_by_role("link", name=re.compile("^Plan it for them")).click()
    page.get_by_label(re.compile("^Day")).fill(f"{now().date()}")
    page.get_by_role("button", name="Plan it and invite them").click()
    where = page.url
    page.get_by_role("button", name="It was held").click()
    guest = window(first)
    guest.page.goto("/")
    expect(guest.page.locator(".needs")).to_contain_text("1 required training still to come")
    guest.page.goto(where)
    guest.page.get_by_role("button", name="I was there").click()
    page.goto("/trainings/required")
    expect(page.locator("h1")).to_contain_text("1 of 2 required trainings had")
    with page.expect_download() as download:
        page.get_by_role("link", name="This matrix as CSV").click()
    file = tmp_path / "matrix.csv"
    download.value.save_as(file)
    states = [row["state"] for row in csv.DictReader(file.read_text("utf-8").splitlines())]
    assert sorted(states) == ["done", "due"]
    page.get_by_role("button", name="Put how it stands on my timeline").click()
    expect(page.locator("h1")).to_contain_text("Required trainings of Release crew: 1 of 2")
    assert (one.complaints, guest.complaints) == ([], [])


def test_a_survey_is_chased_to_its_end(company: Company, window: Opens) -> None:
    lead, first, second = company.crew("Survey crew")
    one = window(lead)
    page = one.page
    page.goto("/surveys/open")
    page.get_by_label("Title").fill("How we run storage, second round")
    page.get_by_label("Last day").fill(f"{now().date() + timedelta(days=9)}")
    page.get_by_label("Whom it asks").select_option("people")
    page.get_by_label(re.compile("^The people")).fill(f"{first}@tern.example\n{second}@tern.example")
    page.get_by_role("button", name="Open it").click()
    mine = page.locator("li", has_text="How we run storage, second round")
    expect(mine.first).to_contain_text("Not yet: Survey crew 1")
    page.get_by_role("button", name=re.compile("^Remind 2")).click()
    assert "2 reminded." in told(page)
    page.get_by_role("button", name=re.compile("^Remind 2")).click()
    assert "Nobody is reminded" in told(page)
    assert [len(company.letters(each, outbox.SURVEY)) for each in (first, second)] == [1, 1]
    guest = window(first)
    guest.page.goto("/surveys")
    guest.page.get_by_role("button", name=re.compile("^Done ?: How we run storage, second round")).click()
    page.goto("/surveys")
    page.get_by_role("link", name=re.compile("^Read in responses of How we run storage, second")).click()
    page.get_by_label("Or its text").fill(f"when,who\n{now().date()},{second}@tern.example\n")
    page.get_by_role("button", name="Mark who answered").click()
    expect(page.locator("main")).to_contain_text("1 marked as done")
    page.goto("/surveys")
    expect(mine.first).to_contain_text("Everybody has done it.")
    expect(page.get_by_role("button", name=re.compile("^Remind"))).to_have_count(0)
    assert (one.complaints, guest.complaints) == ([], [])
