"""Talks and proposals: written down once, proposed to many events, told as they go on."""

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from advocacy.models import db, offers
from advocacy.models.activities import ActivityRow
from advocacy.models.people import Person
from advocacy.models.talks import lists, speakers
from advocacy.models.talks.library import Talk
from advocacy.models.talks.proposals import Proposal
from tests.cast import Cast
from tests.journey import Browser

SignIn = Callable[[Person], Browser]
CHAOS: dict[str, Any] = {"title": "Chaos on etcd", "event": "KubeCon Oslo", "state": "submitted", "day": "2026-11-20"}


def place(answer: TestResponse) -> str:
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def refs() -> list[str]:
    return list(db.session.scalars(sa.select(ActivityRow.ref).order_by(ActivityRow.ref)))


def test_a_talk_given_is_logged_by_its_name_and_place_alone(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    where = place(browser.post("/talks/given", title="Chaos on etcd", event="Meetup Pune", day="2026-11-20", room="40"))
    page = browser.get(where).text
    assert "it stands on your timeline as a talk given" in page
    assert "40 in the room, by own count" in page
    assert refs() == [f"talk:{where.rpartition('/')[2]}"]


def test_a_proposal_goes_on_and_its_last_step_is_taken_back(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    where = place(browser.post("/talks/propose", **CHAOS))
    browser.post(f"{where}/steps", state="declined", day="2026-11-22", note="Too many on etcd")
    page = browser.get(where).text
    assert ("It is declined." in page, "Too many on etcd" in page) == (True, True)
    browser.post(f"{where}/back")
    assert "Taken back: it is submitted." in browser.get(where).text
    assert refs() == [f"proposal:{where.rpartition('/')[2]}"]


def test_what_cannot_follow_is_told_and_changes_nothing(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    where = place(browser.post("/talks/propose", **CHAOS))
    browser.post(f"{where}/steps", state="delivered")
    assert "Not kept: after submitted may come: accepted, declined, withdrawn." in browser.get(where).text
    assert db.session.scalars(sa.select(Proposal.state)).one() == "submitted"


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"title": ""}, "Give its title."),
        ({"event": ""}, "Say where: an event, a meet-up, a webinar."),
        ({"day": "soon"}, "Give the day as 2026-11-23."),
        ({"day": "2027-01-01"}, "That day has not come yet"),
        ({"slides": "javascript:alert(1)"}, "beginning with https://"),
        ({"state": "declined"}, "After nothing may come"),
        ({"speaker": "Nobody Known"}, "Nobody here has this name"),
    ],
)
def test_what_is_to_be_mended_is_said_and_nothing_is_lost(
    cast: Cast, sign_in: SignIn, form: dict[str, Any], words: str
) -> None:
    answer = sign_in(cast.asha).post("/talks/propose", **{**CHAOS, "abstract": "A long one, typed twice.", **form})
    assert (answer.status_code, words in answer.text, "A long one, typed twice." in answer.text) == (422, True, True)
    assert (db.session.scalars(sa.select(Proposal.id)).all(), refs()) == ([], [])


def test_a_talk_is_proposed_again_and_keeps_what_it_said_before(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    browser.post("/talks/new", title="Chaos on etcd", abstract="First.", topics="etcd, chaos, etcd")
    talk = db.session.scalars(sa.select(Talk)).one()
    assert (talk.topics, number := talk.id) == (["etcd", "chaos"], talk.id)
    browser.post(f"/talks/{number}", title="Chaos on etcd", abstract="Second.")
    page = browser.get(f"/talks/{number}").text
    assert ("First." in page, "Second." in page) == (True, True)
    assert 'value="Chaos on etcd"' in browser.get(f"/talks/propose?talk={number}").text
    first = place(browser.post("/talks/propose", **CHAOS, talk=number)).rpartition("/")[2]
    assert f'name="told" value="{first}"' in browser.get(f"/talks/propose?talk={number}").text
    place(browser.post("/talks/propose", **{**CHAOS, "event": "FOSDEM", "talk": f"{number}", "told": first}))
    assert "proposed 2 times, given 0 times" in browser.get("/talks").text


def test_the_list_is_narrowed_by_its_address_and_the_sheet_says_the_same(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    browser.post("/talks/propose", **CHAOS)
    browser.post("/talks/propose", **{**CHAOS, "title": "Ceph 100%", "state": "idea"})
    told = {}
    for query in ("", "state=idea", "words=CHAOS", "words=0%25", "state=given&words=", "state=accepted"):
        answer = browser.get(f"/talks/talks.csv?{query}")
        told[query] = (
            [row["title"] for row in csv.DictReader(io.StringIO(answer.text))] if answer.status_code == 200 else 400
        )
    both = ["Ceph 100%", "Chaos on etcd"]
    assert told == {
        "": both,
        "state=idea": both[:1],
        "words=CHAOS": both[1:],
        "words=0%25": both[:1],
        "state=given&words=": 400,
        "state=accepted": [],
    }
    assert "Talks and proposals: 1 proposal<" in browser.get("/talks?state=idea").text


def test_pages_hold_every_proposal_once(cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "SIZE", 2)
    browser = sign_in(cast.asha)
    for number in range(5):
        browser.post("/talks/propose", **{**CHAOS, "title": f"Talk {number}"})
    path, seen = "/talks", []
    while path:
        text = browser.get(path).text
        seen += re.findall(r">(Talk \d)</a>", text)
        more = re.search(r'href="(/talks\?after=[^"]+)">Older', text)
        path = more[1].replace("&amp;", "&") if more else ""
    assert seen == [f"Talk {number}" for number in (4, 3, 2, 1, 0)]


def test_a_colleague_confirms_in_the_inbox_and_then_sees_it(cast: Cast, sign_in: SignIn) -> None:
    asha, lena = sign_in(cast.asha), sign_in(cast.lena)
    where = place(asha.post("/talks/propose", **{**CHAOS, "speaker": "Lena Fischer"}))
    assert (lena.get(where).status_code, sign_in(cast.sven).get(where).status_code) == (404, 404)
    (waits,) = offers.waiting(cast.lena.id)
    lena.post(f"/inbox/offers/{waits.id}", answer="take")
    assert lena.get(where).status_code == 200
    assert "you speak, too" in lena.get("/talks").text
    assert lena.post(f"{where}/steps", state="accepted").status_code == 404
    (speaker,) = speakers.of(int(where.rpartition("/")[2]))
    asha.post(f"{where}/speakers/{speaker.id}/drop")
    assert (lena.get(where).status_code, "Lena Fischer is named no more." in asha.get(where).text) == (404, True)


def test_a_number_of_listeners_is_replaced_by_its_own_teller_and_undone(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    where = place(browser.post("/talks/given", title="Chaos", event="Meetup Pune", day="2026-11-20"))
    for value, teller in (("90", "self"), ("120", "organiser"), ("95", "self")):
        browser.post(f"{where}/audience", value=value, counted="in the room", teller=teller)
    page = browser.get(where).text
    assert ("120 in the room, says the organiser" in page, "95 in the room, by own count" in page) == (True, True)
    browser.post(f"{where}/audience", value="many", counted="in the room", teller="self")
    assert "Give the number in digits" in browser.get(where).text


def test_a_draft_whose_call_closes_is_told_of(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    browser.post("/talks/propose", **{**CHAOS, "state": "drafted", "cfp_closes": "2026-11-30"})
    page = browser.get("/talks").text
    assert ("Needs you" in page, "closes its call" in page) == (True, True)
