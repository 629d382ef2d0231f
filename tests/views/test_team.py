"""The lead's page: counts of what was released, gaps of several, other teams as wholes; each look is written down."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from advocacy.models import db, leadership, looks, roster
from advocacy.models.people import Person
from advocacy.models.release import items
from advocacy.models.words import Capability, Visibility
from tests.cast import ROLE, Cast
from tests.conftest import NOW
from tests.journey import Browser
from tests.plain import text
from tests.views.test_privacy import confirm

SignIn = Callable[[Person], Browser]
Publish = Callable[..., int]


@pytest.fixture
def team(cast: Cast, article: Publish) -> dict[str, Person]:
    """Asha and Max share with Lena, Nia shares nothing; Asha also has something of her own, and something unsaid."""
    people = {"Asha": cast.asha}
    for name in ("Max", "Nia"):
        people[name] = roster.add(f"{name.lower()}@tern.example", f"{name} Muster", NOW)
        roster.give_role(people[name].id, ROLE, roster.EVER)
        roster.join_team(people[name].id, "Storage", roster.EVER)
    released(article, cast.asha, "Released")
    released(article, people["Max"], "Released by Max")
    confirm(cast.asha, article(cast.asha, "Private", at=NOW - timedelta(days=3)))
    article(people["Nia"], "Nia's own")
    db.session.commit()
    return people


def released(article: Publish, person: Person, title: str, to: Visibility = Visibility.LEAD) -> None:
    number = article(person, title, at=NOW - timedelta(days=2))
    items.say(person.id, number, to, NOW)
    confirm(person, number)


def rows(page: str) -> dict[str, str]:
    """The table of a page: what stands in each person's row."""
    found = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", page, re.S)
    return {text(head): text(rest) for head, rest in found}


def test_cells_count_what_was_released_in_the_order_of_names(
    team: dict[str, Person], cast: Cast, sign_in: SignIn
) -> None:
    page = sign_in(cast.lena).get("/team").text
    found = rows(page)
    assert list(found) == ["Asha Rao", "Max Muster", "Nia Muster"]
    assert "1 getting there" in found["Asha Rao"]
    assert "2 " not in found["Asha Rao"].replace("2026", "")  # the private one is not counted
    assert found["Nia Muster"] == "shares nothing of this time with you – that is their right"
    assert "2 of 3 released something to you" in text(page)


def test_a_cell_leads_to_the_released_evidence_alone(team: dict[str, Person], cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.lena)
    page = browser.get("/team").text
    (to,) = set(re.findall(rf'href="(/people/{cast.asha.id}/expectations/\d+\?period=2026-Q4)"><b>', page))
    shown = browser.get(to).text
    assert ("Released" in shown, "Private" in shown) == (True, False)


def test_each_of_them_sees_that_the_lead_looked_once_an_hour(
    team: dict[str, Person], cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.lena)
    for _ in range(3):
        browser.get("/team")
    told = [[(one.who, one.what) for one in looks.at(person.id)] for person in team.values()]
    assert told == [[("Lena Fischer", "the team’s counts of 2026-Q4")]] * 3


def test_a_gap_of_two_leads_to_a_plan_for_those_two(team: dict[str, Person], cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.lena)
    page = browser.get("/team").text
    section = page.partition('id="gaps"')[2]
    assert "2 of the 2 who share do not show that they are there: Asha Rao, Max Muster" in text(section)
    to = re.search(r'href="(/trainings/plan\?gap=talks[^"]*)"', section)
    assert to is not None
    form = browser.get(to[1].replace("&amp;", "&")).text
    assert 'value="Seminars and proposals on a regular basis"' in form
    assert "asha@tern.example\nmax@tern.example</textarea>" in form
    assert 'name="serves" value="talks"' in form


def test_the_leads_own_word_stands_in_the_cell(team: dict[str, Person], cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.lena)
    to = re.search(rf'href="(/people/{cast.asha.id}/expectations/\d+)\?', browser.get("/team").text)
    assert to is not None
    browser.post(to[1], claim="covered", period="2026-Q4")
    assert "lead: covered" in rows(browser.get("/team").text)["Asha Rao"]


def test_topics_are_counted_person_by_person(team: dict[str, Person], cast: Cast, sign_in: SignIn) -> None:
    found = rows(sign_in(cast.lena).get("/team?view=topics").text)
    assert "1" in found["Asha Rao"].split()
    assert found["Nia Muster"].startswith("shares nothing")


def test_the_sheet_has_counts_and_leaves_who_shares_nothing_empty(
    team: dict[str, Person], cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.lena)
    told = list(csv.DictReader(io.StringIO(browser.get("/team/team.csv").text)))
    assert [row["person"] for row in told] == ["Asha Rao", "Max Muster", "Nia Muster"]
    assert {told[2][name] for name in told[2] if name not in ("person", "role")} == {""}
    assert any(row.endswith("_count") and told[0][row] == "1" for row in told[0])
    assert "asha" in browser.get("/team/team.csv?view=topics").text.lower()


def test_nobody_sees_a_team_that_they_do_not_lead(team: dict[str, Person], cast: Cast, sign_in: SignIn) -> None:
    other = roster.add("olga@tern.example", "Olga Other", NOW, can=[Capability.LEAD])
    roster.join_team(other.id, "Network", roster.EVER, leads=True)
    db.session.commit()
    assert [sign_in(one).get("/team").status_code for one in (cast.asha, cast.mark, cast.adam)] == [403] * 3
    page = sign_in(other).get("/team").text
    assert ("You lead nobody today" in page, "Asha" in page) == (True, False)
    (number,) = leadership.teams_led(cast.lena.id, NOW.date())
    assert sign_in(other).get(f"/team?team={number}").status_code == 404


def test_other_teams_are_told_as_wholes_and_only_from_five_on(cast: Cast, article: Publish, sign_in: SignIn) -> None:
    for number in range(6):
        person = roster.add(f"n{number}@tern.example", f"Netty {number}", NOW)
        roster.give_role(person.id, ROLE, roster.EVER)
        roster.join_team(person.id, "Network", roster.EVER)
        if number < 5:
            released(article, person, f"By {number}")
    small = roster.add("tiny@tern.example", "Tiny One", NOW)
    roster.join_team(small.id, "Small", roster.EVER)
    db.session.commit()
    page = text(sign_in(cast.lena).get("/team/others").text)
    assert "5 of 6" in page
    assert "Small 1 person Too small to be told of." in page
    assert "Netty" not in page


def test_before_a_talk_what_is_new_since_the_last_one(
    team: dict[str, Person], cast: Cast, sign_in: SignIn, article: Publish
) -> None:
    browser, path = sign_in(cast.lena), f"/people/{cast.asha.id}/since"
    first = browser.get(path).text
    assert ("Released" in first, "Private" in first) == (True, False)
    browser.post(path, day="2026-11-23")
    assert "Nothing new was released to you." in text(browser.get(path).text)
    browser.post(f"{path}/back", conversation="1")
    assert "Released" in browser.get(path).text
    assert [sign_in(one).get(path).status_code for one in (cast.asha, cast.sven, cast.mark)] == [404] * 3


def test_a_talk_of_tomorrow_is_not_noted(team: dict[str, Person], cast: Cast, sign_in: SignIn) -> None:
    browser, path = sign_in(cast.lena), f"/people/{cast.asha.id}/since"
    browser.post(path, day="2026-12-24")
    assert "of the last 30 days: you did not note a talk yet" in browser.get(path).text


def test_the_report_tells_facts_and_names_nobody(team: dict[str, Person], cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.lena)
    asha = sign_in(cast.asha)
    asha.post("/trainings/request", title="etcd compaction", origin="rca")
    where = asha.post("/trainings/given", headers=None, title="etcd", day="2026-11-20", there="Max Muster").headers[
        "Location"
    ]
    sign_in(team["Max"]).post(f"{where}/me", presence="attended")
    asha.post(f"{where}/feedback", asked="2", answered="1", action="Shorter next time")
    page = text(browser.get("/team/report").text)
    assert "1 raised: 0 held, 0 planned, 0 declined, 1 open." in page
    assert "etcd 20 Nov 2026 · 1 person was there" in page
    assert "What changed: Shorter next time" in page
    assert not any(name in page.partition("Report")[2] for name in ("Asha", "Max", "Nia"))
    markdown = browser.get("/team/report/report.md").text
    assert "# Storage in 2026-Q4" in markdown
    assert "- What changed: Shorter next time" in markdown
    sheet = list(csv.reader(io.StringIO(browser.get("/team/report/report.csv").text)))
    assert ["needs", "open", "1", "1", ""] in sheet
