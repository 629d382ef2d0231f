"""Required trainings: green by attendance alone, planned for those who lack them, and a note of the lead's own."""

import csv
import io
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from advocacy.models import db, looks, roster
from advocacy.models.activities import ActivityRow
from advocacy.models.people import Person, Team
from advocacy.models.words import Capability
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser
from tests.plain import text

SignIn = Callable[[Person], Browser]


@pytest.fixture
def support(cast: Cast) -> dict[str, Person]:
    """Two people in support, whom Lena does not lead."""
    people = {}
    for name in ("Uma", "Vic"):
        people[name] = roster.add(f"{name.lower()}@tern.example", f"{name} Support", NOW)
        roster.join_team(people[name].id, "Support", roster.EVER)
    db.session.commit()
    return people


@pytest.fixture
def lena(cast: Cast, support: dict[str, Person], sign_in: SignIn) -> Browser:
    """Lena, who requires a drill of them."""
    browser = sign_in(cast.lena)
    team = db.session.scalars(sa.select(Team.id).where(Team.name == "Support")).one()
    form = {"title": "Mayastor drill", "team": f"{team}", "due": "2026-12-15", "months": "12", "why": "Release 2.0"}
    assert browser.post("/trainings/required", headers=None, **form).status_code == 303
    return browser


def states(browser: Browser) -> dict[str, str]:
    rows = csv.DictReader(io.StringIO(browser.get("/trainings/required/required.csv").text))
    return {row["person"]: row["state"] for row in rows}


def test_it_is_due_then_planned_then_noted_and_green_by_ones_own_word(
    lena: Browser, support: dict[str, Person], sign_in: SignIn
) -> None:
    assert states(lena) == {"Uma Support": "due", "Vic Support": "due"}
    form = lena.get("/trainings/plan?required=1").text
    assert "uma@tern.example\nvic@tern.example</textarea>" in form
    plan = {"title": "Mayastor drill", "day": "2026-12-01", "teach": "1", "invite": "uma@tern.example"}
    where = lena.post("/trainings/plan", headers=None, **plan).headers["Location"]
    uma, vic = sign_in(support["Uma"]), sign_in(support["Vic"])
    uma.post(f"{where}/me", presence="going")
    assert states(lena) == {"Uma Support": "planned", "Vic Support": "due"}
    lena.post(f"{where}/state", state="held", day="2026-11-20")
    lena.post(f"{where}/there", names="uma@tern.example, vic@tern.example")
    uma.post(f"{where}/me", presence="attended")
    assert states(lena) == {"Uma Support": "done", "Vic Support": "noted"}
    assert "had it 20 Nov 2026" in text(lena.get("/trainings/required").text)
    vic.post(f"{where}/me", presence="absent")
    assert states(lena) == {"Uma Support": "done", "Vic Support": "due"}


def test_each_sees_what_is_required_of_them_and_that_somebody_looked(
    lena: Browser, support: dict[str, Person], sign_in: SignIn
) -> None:
    page = text(sign_in(support["Uma"]).get("/trainings").text)
    assert "1 training required of you" in page
    assert "Mayastor drill as one of Support · Release 2.0" in page
    lena.get("/trainings/required")
    assert [one.what for one in looks.at(support["Uma"].id)] == ["the trainings required of your team"]


def test_it_is_a_note_of_the_leads_own_and_is_taken_away_again(
    lena: Browser, cast: Cast, support: dict[str, Person]
) -> None:
    team = db.session.scalars(sa.select(Team.id).where(Team.name == "Support")).one()
    where = lena.post("/trainings/required/note", team=f"{team}").headers["Location"]
    assert "Required trainings of Support: 0 of 2" in lena.get(where).text
    lena.post(f"/trainings/required/note/{where.rpartition('/')[2]}/drop")
    db.session.rollback()
    assert db.session.scalars(sa.select(ActivityRow.ref).where(ActivityRow.ref.startswith("matrix:"))).all() == []


def test_another_lead_sees_nothing_of_it(lena: Browser, cast: Cast, sign_in: SignIn) -> None:
    other = roster.add("olga@tern.example", "Olga Other", NOW, can=[Capability.LEAD])
    roster.join_team(other.id, "Network", roster.EVER, leads=True)
    db.session.commit()
    browser = sign_in(other)
    assert "Uma" not in browser.get("/trainings/required?team=2").text
    assert states(browser) == {}
    assert browser.post("/trainings/required/1/end").status_code == 404
    assert "uma@" not in browser.get("/trainings/plan?required=1").text


def test_what_is_required_no_more_is_gone_and_comes_back(lena: Browser) -> None:
    lena.post("/trainings/required/1/end")
    assert states(lena) == {}
    lena.post("/trainings/required/1/again")
    assert len(states(lena)) == 2


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"title": ""}, "Say which training."),
        ({"due": ""}, "Give the day by which everybody needs it."),
        ({"team": "999"}, "Choose the team."),
        ({"months": "999"}, "Give 1 to 120 months"),
    ],
)
def test_what_cannot_be_required_says_why(lena: Browser, form: dict[str, str], words: str) -> None:
    whole = {"title": "Drill", "team": "2", "due": "2026-12-15", "why": "Typed with care.", **form}
    answer = lena.post("/trainings/required", headers=None, **whole)
    assert (answer.status_code, words in answer.text, "Typed with care." in answer.text) == (422, True, True)
