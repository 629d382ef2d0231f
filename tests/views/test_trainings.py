"""Trainings: logged without a parent object, attended by one's own word, planned from what is asked for."""

import csv
import io
import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from advocacy.domain.training import RequestState
from advocacy.models import db
from advocacy.models.activities import ActivityRow
from advocacy.models.people import Person
from advocacy.models.trainings import class_answers, lists
from advocacy.models.trainings.requests import TrainingRequest
from tests.cast import Cast
from tests.journey import Browser

SignIn = Callable[[Person], Browser]
DAY = "2026-11-20"


def place(answer: TestResponse) -> str:
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def refs() -> list[str]:
    return list(db.session.scalars(sa.select(ActivityRow.ref).order_by(ActivityRow.ref)))


def held(browser: Browser, **more: str) -> str:
    return place(browser.post("/trainings/given", headers=None, **{"title": "etcd", "day": DAY, **more}))


def test_a_training_given_is_logged_by_title_and_day_alone(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    where = held(browser)
    assert "it stands on your timeline as a training given" in browser.get(where).text
    assert refs() == [f"class:{where.rpartition('/')[2]}"]
    assert "Trainings: 1 class given<" in browser.get("/trainings").text


def test_a_training_attended_is_a_note_of_ones_own(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    form = {"title": "CKA", "by": "Linux Foundation", "where": "external", "day": DAY}
    where = place(asha.post("/trainings/attended", headers=None, **form))
    assert refs() == [f"attended:{where.rpartition('/')[2]}:{cast.asha.id}"]
    assert "by <span" in asha.get("/trainings?list=attended").text
    assert [sign_in(one).get(where).status_code for one in (cast.lena, cast.adam)] == [404, 404]
    asha.post(f"{where}/me", presence="")
    assert refs() == []


def test_who_was_said_to_be_there_is_asked_and_only_their_own_word_counts(cast: Cast, sign_in: SignIn) -> None:
    asha, lena = sign_in(cast.asha), sign_in(cast.lena)
    where = held(asha, there="Lena Fischer\nmark@tern.example")
    assert "has not said so yet" in asha.get(where).text
    assert "Were you there?" in lena.get("/trainings").text
    page = lena.get(where).text
    assert ("Asha Rao says" in page, "Mark O" in page) == (True, False)
    lena.post(f"{where}/me", presence="attended")
    assert [ref for ref in refs() if ref.startswith("attended")] == [
        f"attended:{where.rpartition('/')[2]}:{cast.lena.id}"
    ]
    assert "Were you there?" not in lena.get("/trainings").text
    lena.post(f"{where}/me", presence="absent")
    assert [ref for ref in refs() if ref.startswith("attended")] == []
    assert sign_in(cast.sven).get(where).status_code == 404


def test_who_noted_somebody_by_mistake_takes_it_back(cast: Cast, sign_in: SignIn) -> None:
    asha, lena = sign_in(cast.asha), sign_in(cast.lena)
    where = held(asha, there="Lena Fischer")
    asha.post(f"{where}/there", names="Lena Fischer", back="1")
    assert (lena.get(where).status_code, "Were you there?" in lena.get("/trainings").text) == (404, False)


def test_a_plan_answers_a_request_and_is_held_with_its_class(cast: Cast, sign_in: SignIn) -> None:
    asha, lena = sign_in(cast.asha), sign_in(cast.lena)
    asha.post("/trainings/request", title="etcd compaction", origin="rca")
    wish = db.session.scalars(sa.select(TrainingRequest.id)).one()
    lena.post(f"/trainings/requests/{wish}/vote", vote="1")
    assert "2 votes" in asha.get("/trainings?list=requests").text
    assert 'value="etcd compaction"' in lena.get(f"/trainings/plan?request={wish}").text
    where = place(lena.post("/trainings/plan", title="etcd compaction", teach="1", request=f"{wish}"))
    assert asha.get(where).status_code == 200  # everybody may see what is planned
    asha.post(f"{where}/me", presence="going")
    lena.post(f"{where}/state", state="held", day="2026-12-24")
    assert "it cannot lie ahead" in lena.get(where).text
    lena.post(f"{where}/state", state="held", day=DAY)
    assert state(wish) == "held"
    lena.post(f"{where}/state", state="planned")
    assert state(wish) == "planned"
    lena.post(f"{where}/off")
    assert (state(wish), [ref for ref in refs() if not ref.startswith("request")]) == ("open", [])


def state(request_id: int) -> RequestState:
    db.session.rollback()
    return db.session.get_one(TrainingRequest, request_id).state


def test_only_who_asked_or_decides_says_what_becomes_of_a_request(cast: Cast, sign_in: SignIn) -> None:
    asha, lena, sven = sign_in(cast.asha), sign_in(cast.lena), sign_in(cast.sven)
    for title in ("etcd", "etcd again"):
        asha.post("/trainings/request", title=title, origin="support")
    first, second = db.session.scalars(sa.select(TrainingRequest.id).order_by(TrainingRequest.id))
    assert sven.post(f"/trainings/requests/{first}/state").status_code == 404
    sven.post(f"/trainings/requests/{second}/vote", vote="1")
    lena.post(f"/trainings/requests/{second}/state", into=f"{first}")
    page = lena.get("/trainings?list=requests&state=open").text
    assert ("1 request<" in page, "2 votes" in page) == (True, True)  # two people, though three votes
    asha.post(f"/trainings/requests/{second}/back")
    assert state(second) == "open"
    lena.post(f"/trainings/requests/{first}/state", note="Read the manual")
    assert state(first) == "declined"


def test_the_three_questions_are_for_who_was_there_and_hidden_below_five(cast: Cast, sign_in: SignIn) -> None:
    asha, lena, sven = sign_in(cast.asha), sign_in(cast.lena), sign_in(cast.sven)
    where = held(asha, there="Lena Fischer")
    assert [one.post(f"{where}/answer", useful="5").status_code for one in (sven, asha)] == [404] * 2
    wrong = lena.post(f"{where}/answer", useful="9", will_use="Compaction every night")
    assert (wrong.status_code, "Compaction every night" in wrong.text) == (422, True)
    lena.post(f"{where}/answer", useful="5", will_use="Compaction every night")
    page = asha.get(where).text
    assert ("1 answer of 1<" in page, "Compaction every night" in page) == (True, False)
    assert "says so by answering" in " ".join(page.split())  # to answer is to say that one was there
    class_id = int(where.rpartition("/")[2])
    for number, person in enumerate((cast.mark, cast.adam, cast.sven, cast.asha)):
        class_answers.give(class_id, person.id, number + 1, "", "", db.session.get_one(Person, 1).created_at)
    db.session.commit()
    page = asha.get(where).text
    assert ("useful was it? 3.0 out of 5" in page, "Compaction every night" in page) == (True, True)


def test_figures_are_stated_and_taken_away(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    where = held(browser)
    wrong = browser.post(f"{where}/feedback", asked="3", answered="8", action="Shorter next time")
    assert (wrong.status_code, "8 answered, but only 3 were asked" in wrong.text) == (422, True)
    assert "Shorter next time" in wrong.text
    browser.post(f"{where}/feedback", asked="12", answered="8", score="4,4", action="Shorter next time")
    text = db.session.scalars(sa.select(ActivityRow.text).where(ActivityRow.ref.startswith("feedback"))).one()
    assert "8 of 12 answered, a response rate of 67%; score 4.4 out of 5" in text
    browser.post(f"{where}/feedback")
    assert [ref for ref in refs() if ref.startswith("feedback")] == []


@pytest.mark.parametrize(
    ("path", "form", "words"),
    [
        ("given", {"title": ""}, "Say what it was about."),
        ("given", {"day": "2027-01-01"}, "That day has not come yet"),
        ("given", {"minutes": "an hour"}, "Give the number in digits"),
        ("given", {"there": "Nobody Known"}, "Nobody Known: Nobody here has this name"),
        ("attended", {"materials": "javascript:alert(1)"}, "beginning with https://"),
        ("plan", {"day": "soon"}, "Give the day as 2026-11-23."),
        ("request", {"title": ""}, "Say what should be taught."),
        ("request", {"origin": "whim"}, "Choose one of"),
    ],
)
def test_what_is_to_be_mended_is_said_and_nothing_is_lost(
    cast: Cast, sign_in: SignIn, path: str, form: dict[str, str], words: str
) -> None:
    filled = {"title": "etcd", "day": DAY, "about": "Typed with care.", **form}
    answer = sign_in(cast.asha).post(f"/trainings/{path}", headers=None, **filled)
    assert (answer.status_code, words in answer.text, "Typed with care." in answer.text) == (422, True, True)
    assert refs() == []


def test_the_lists_are_narrowed_by_their_address_and_the_sheets_say_the_same(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    held(browser)
    held(browser, title="Ceph 100%", with_support="1")
    browser.post("/trainings/request", title="Rook", origin="roadmap")
    told = {}
    for query in ("", "words=0%25", "list=attended", "list=requests", "list=requests&state=held", "list=planned"):
        rows = list(csv.reader(io.StringIO(browser.get(f"/trainings/trainings.csv?{query}").text)))
        told[query] = [row[1] for row in rows[1:]]
    assert told == {
        "": ["Ceph 100%", "etcd"],
        "words=0%25": ["Ceph 100%"],
        "list=attended": [],
        "list=requests": ["Rook"],
        "list=requests&state=held": [],
        "list=planned": [],
    }


@pytest.mark.parametrize("query", ["list=x", "list=requests&state=x", "after=1", "after=2026-13-01.1"])
def test_what_cannot_be_read_is_told(cast: Cast, sign_in: SignIn, query: str) -> None:
    assert sign_in(cast.asha).get(f"/trainings?{query}").status_code == 400


def test_pages_hold_every_class_once(cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "SIZE", 2)
    browser = sign_in(cast.asha)
    for number in range(5):
        held(browser, title=f"Hour {number}")
    path, seen = "/trainings", []
    while path:
        text = browser.get(path).text
        seen += re.findall(r">(Hour \d)</a>", text)
        more = re.search(r'href="(/trainings\?after=[^"]+)">Older', text)
        path = more[1].replace("&amp;", "&") if more else ""
    assert seen == [f"Hour {number}" for number in (4, 3, 2, 1, 0)]
