"""Surveys: done by one click, asked by campaigns, counted on the board."""

import csv
import io
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from advocacy.domain.measure import Reached
from advocacy.domain.period import parse
from advocacy.models import db
from advocacy.models.activities import ActivityRow
from advocacy.models.board import board
from advocacy.models.people import Person
from advocacy.models.surveys import SurveyCampaign
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser

SignIn = Callable[[Person], Browser]
STORAGE = {"title": "State of storage", "url": "https://survey.example/1", "minutes": "8", "deadline": "2026-12-10"}


def opened(browser: Browser, **more: str) -> int:
    assert browser.post("/surveys/open", headers=None, **{**STORAGE, **more}).status_code == 303
    return db.session.scalars(sa.select(SurveyCampaign.id).order_by(SurveyCampaign.id.desc())).first() or 0


def measured(person: Person, rules: Rules) -> Reached:
    lines = board(person, parse("2026-Q4"), NOW, rules).lines
    ((found,),) = next(line.progress.measures for line in lines if line.rule == "surveys")
    return found


def test_one_click_says_done_and_another_takes_it_back(cast: Cast, sign_in: SignIn, rules: Rules) -> None:
    number, asha = opened(sign_in(cast.mark)), sign_in(cast.asha)
    assert "waits for you" in asha.get("/surveys").text
    one = measured(cast.asha, rules)
    assert (one.count, one.need, one.note) == (0, 0, "1 still open")
    asha.post(f"/surveys/{number}/done")
    one = measured(cast.asha, rules)
    assert (one.count, one.need, one.met) == (1, 1, True)
    assert db.session.scalars(sa.select(ActivityRow.ref)).all() == [f"survey:{number}:{cast.asha.id}"]
    asha.post(f"/surveys/{number}/undone")
    assert (measured(cast.asha, rules).count, db.session.scalars(sa.select(ActivityRow.ref)).all()) == (0, [])


def test_a_campaign_missed_is_asked_and_not_done(cast: Cast, sign_in: SignIn, rules: Rules) -> None:
    opened(sign_in(cast.lena), opens="2026-11-01", deadline="2026-11-10")
    one = measured(cast.asha, rules)
    assert (one.count, one.need, one.met) == (0, 1, False)
    assert "missed" in sign_in(cast.asha).get("/surveys").text


@pytest.mark.parametrize(
    ("form", "asked"),
    [
        ({}, ["asha", "sven"]),
        ({"addressed": "team", "team": "1"}, ["asha"]),
        ({"addressed": "people", "people": "sven@tern.example"}, ["sven"]),
    ],
)
def test_only_whom_it_is_addressed_to_is_asked(
    cast: Cast, sign_in: SignIn, form: dict[str, str], asked: list[str]
) -> None:
    number = opened(sign_in(cast.adam), **form)
    marked = {
        nick: sign_in(getattr(cast, nick)).post(f"/surveys/{number}/done").status_code for nick in ("asha", "sven")
    }
    assert [nick for nick, status in marked.items() if status == 303] == asked


def test_a_lead_sees_who_has_not_yet_and_others_only_how_many(cast: Cast, sign_in: SignIn) -> None:
    opened(sign_in(cast.mark))
    sign_in(cast.sven).post("/surveys/1/done", proof="https://proof.example/1")
    led, marketing = sign_in(cast.lena).get("/surveys").text, sign_in(cast.mark).get("/surveys").text
    assert "Not yet: Asha Rao." in led
    assert ("1 of 5 done" in marketing, "Asha" in marketing, "proof.example" in marketing) == (True, False, False)


def test_one_that_nobody_asked_for_is_noted_and_taken_away(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    asha.post("/surveys/own", title="CNCF annual survey", day="2026-11-20", proof="https://proof.example/1")
    assert "CNCF annual survey" in asha.get("/surveys").text
    number = db.session.scalars(sa.select(ActivityRow.id)).one()
    assert sign_in(cast.sven).post(f"/surveys/own/{number}/drop").status_code == 404
    asha.post(f"/surveys/own/{number}/drop")
    assert db.session.scalars(sa.select(ActivityRow.id)).all() == []


def test_an_opened_campaign_is_undone_and_one_that_was_done_only_ends(cast: Cast, sign_in: SignIn) -> None:
    mark = sign_in(cast.mark)
    first = opened(mark)
    assert sign_in(cast.lena).post(f"/surveys/{first}/close").status_code == 404
    mark.post(f"/surveys/{first}/close")
    assert db.session.scalars(sa.select(SurveyCampaign.id)).all() == []
    second = opened(mark)
    sign_in(cast.asha).post(f"/surveys/{second}/done")
    mark.post(f"/surveys/{second}/close")
    assert f"{db.session.scalars(sa.select(SurveyCampaign.deadline)).one()}" == "2026-11-23"


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"title": ""}, "Give it a title."),
        ({"deadline": ""}, "Give its last day."),
        ({"opens": "2026-12-24"}, "The last day lies before the first"),
        ({"addressed": "team"}, "Choose the team."),
        ({"addressed": "people", "people": "nobody@tern.example"}, "Nobody here has the address"),
        ({"url": "survey.example"}, "beginning with https://"),
    ],
)
def test_what_is_to_be_mended_is_said(cast: Cast, sign_in: SignIn, form: dict[str, str], words: str) -> None:
    answer = sign_in(cast.lena).post("/surveys/open", headers=None, **{**STORAGE, **form})
    assert (answer.status_code, words in answer.text) == (422, True)
    assert db.session.scalars(sa.select(SurveyCampaign.id)).all() == []


def test_the_sheet_says_what_the_page_shows(cast: Cast, sign_in: SignIn) -> None:
    number = opened(sign_in(cast.mark))
    opened(sign_in(cast.mark), title="Second")
    asha = sign_in(cast.asha)
    asha.post(f"/surveys/{number}/done")
    told = {
        query: [row["title"] for row in csv.DictReader(io.StringIO(asha.get(f"/surveys/surveys.csv?{query}").text))]
        for query in ("", "state=done", "state=missed")
    }
    assert told == {"": ["State of storage", "Second"], "state=done": ["State of storage"], "state=missed": []}


LIST = "Timestamp,Username\n2026-11-10,asha@tern.example\n2026-11-11,nobody@tern.example\n,anonymous\n"


def test_a_list_of_responses_marks_who_answered_and_twice_is_once(cast: Cast, sign_in: SignIn, rules: Rules) -> None:
    mark, asha = sign_in(cast.mark), sign_in(cast.asha)
    number = opened(mark, opens="2026-11-01")
    page = mark.post(f"/surveys/{number}/responses", text=LIST).text
    assert ("1 marked as done" in page, "Line 3: <span" in page, "Line 4: <span" in page) == (True, True, True)
    assert "0 marked as done" in mark.post(f"/surveys/{number}/responses", text=LIST).text
    assert measured(cast.asha, rules).count == 1
    assert "by the survey’s own list" in asha.get("/surveys").text
    moment = NOW.isoformat()
    mark.post(f"/surveys/{number}/responses/undo", at=moment)
    assert measured(cast.asha, rules).count == 0


def test_a_persons_own_word_is_not_changed_by_a_list(cast: Cast, sign_in: SignIn) -> None:
    mark, asha = sign_in(cast.mark), sign_in(cast.asha)
    number = opened(mark, opens="2026-11-01")
    asha.post(f"/surveys/{number}/done", day="2026-11-20")
    assert "0 marked as done" in mark.post(f"/surveys/{number}/responses", text=LIST).text
    mark.post(f"/surveys/{number}/responses/undo", at=NOW.isoformat())
    assert "by the survey’s own list" not in asha.get("/surveys").text
    assert ">Not done<" in asha.get("/surveys").text


def test_what_is_no_list_says_so_and_only_who_opened_it_reads_one_in(cast: Cast, sign_in: SignIn) -> None:
    mark = sign_in(cast.mark)
    number = opened(mark)
    answer = mark.post(f"/surveys/{number}/responses", text="no address")
    assert (answer.status_code, "No e-mail address stands in it" in answer.text) == (422, True)
    assert sign_in(cast.lena).post(f"/surveys/{number}/responses", text=LIST).status_code == 404


def test_without_a_mail_server_nobody_is_reminded_and_it_says_so(cast: Cast, sign_in: SignIn) -> None:
    mark = sign_in(cast.mark)
    mark.post(f"/surveys/{opened(mark)}/chase")
    assert "No letter leaves this site yet" in mark.get("/surveys").text
