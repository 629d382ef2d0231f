"""Who says yes to a proposal: asked, answered, taken back, and needed where the organisation says so."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.models import db, looks, roster
from advocacy.models.people import Person
from advocacy.models.talks.approvals import Approval
from advocacy.models.talks.proposals import Proposal
from advocacy.models.words import Capability
from advocacy.settings import Settings
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser
from tests.markup import opened
from tests.views.test_talks import CHAOS, place

SignIn = Callable[[Person], Browser]
DRAFT: dict[str, Any] = {**CHAOS, "state": "drafted", "abstract": "What breaks first, and why we let it."}


@pytest.fixture
def needed(app: Flask, settings: Settings) -> None:
    """The organisation asks for marketing's yes."""
    app.extensions["advocacy.settings"] = replace(settings, approvals=("marketing",))


def question(person: Person) -> int:
    """The newest word in any matter of that person's."""
    return db.session.scalars(sa.select(Approval.id).where(Approval.asked_id == person.id).order_by(-Approval.id)).one()


def text_of(browser: Browser, path: str) -> str:
    return browser.get(path).text.partition('name="text" value="')[2].partition('"')[0]


def state() -> str:
    return db.session.scalars(sa.select(Proposal.state)).one().value


def test_whoever_is_asked_sees_it_until_they_answered_and_nobody_else_does(cast: Cast, sign_in: SignIn) -> None:
    asha, lena, mark, sven = map(sign_in, (cast.asha, cast.lena, cast.mark, cast.sven))
    where = place(asha.post("/talks/propose", **DRAFT))
    assert lena.get(where).status_code == 404
    asha.post(f"{where}/approvals", kind="manager", name="Lena Fischer", note="Before Friday, please")
    assert state() == "in_review"
    ask = f"/approvals/{question(cast.lena)}"
    assert "proposal waits</a>" in lena.get("/").text.replace("</b> proposal waits for your yes", " proposal waits</a>")
    assert "Before Friday, please" in opened(lena, "/approvals", ask, where)
    for other in (mark, sven):
        assert [other.get(path).status_code for path in (where, ask)] == [404, 404]
        assert "Chaos on etcd" not in opened(other, "/approvals")
        assert other.post(ask, said="yes").status_code == 404
    lena.post(ask, said="yes", text=text_of(lena, ask))
    assert [lena.get(path).status_code for path in (where, ask)] == [404, 404]
    assert "Chaos on etcd" in opened(lena, "/approvals")
    assert "The lead said yes" in " ".join(opened(asha, where).split())
    assert {look.who for look in looks.at(cast.asha.id)} == {"Lena Fischer"}


def test_what_was_said_is_taken_back_and_asked_again(cast: Cast, sign_in: SignIn) -> None:
    asha, lena = sign_in(cast.asha), sign_in(cast.lena)
    where = place(asha.post("/talks/propose", **DRAFT))
    asha.post(f"{where}/approvals", kind="peer", name="Lena Fischer")
    ask = f"/approvals/{question(cast.lena)}"
    assert lena.post(ask, said="change", text=text_of(lena, ask)).status_code == 422
    assert lena.post(ask, text=text_of(lena, ask)).status_code == 422
    lena.post(ask, said="change", note="Say which etcd.", text=text_of(lena, ask))
    said = db.session.scalars(sa.select(Approval.id).where(Approval.by_id == cast.lena.id)).one()
    assert asha.post(f"/approvals/{said}/back").status_code == 404
    lena.post(f"/approvals/{said}/back")
    assert "Take it back" not in opened(lena, "/approvals")
    assert lena.get(ask).status_code == 200
    lena.post(ask, said="no", note="Not mine to show.", text=text_of(lena, ask))
    assert "Lena Fischer: no" in " ".join(opened(asha, where).split())
    place(asha.post(f"{where}/approvals", kind="peer", name="Lena Fischer"))
    assert asha.post(f"{where}/approvals", kind="peer", name="Lena Fischer").status_code == 422


def test_to_ask_no_more_takes_the_step_along_that_came_with_it(cast: Cast, sign_in: SignIn) -> None:
    asha, lena = sign_in(cast.asha), sign_in(cast.lena)
    where = place(asha.post("/talks/propose", **DRAFT))
    asha.post(f"{where}/approvals", kind="manager", name="Lena Fischer")
    number = question(cast.lena)
    assert lena.post(f"/approvals/{number}/back").status_code == 404
    asha.post(f"/approvals/{number}/back")
    assert (state(), lena.get(where).status_code) == ("drafted", 404)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"kind": "manager", "name": "Sven Stranger"}, "That is nobody who leads you today."),
        ({"kind": "peer", "name": "Nobody Known"}, "Nobody here has this name"),
        ({"kind": "peer"}, "Say whom."),
        ({"kind": "friend"}, "Choose one of"),
    ],
)
def test_who_cannot_be_asked_is_told_and_nothing_is_lost(
    cast: Cast, sign_in: SignIn, form: dict[str, Any], words: str
) -> None:
    browser = sign_in(cast.asha)
    where = place(browser.post("/talks/propose", **DRAFT))
    answer = browser.post(f"{where}/approvals", **form, note="A word of mine")
    assert (answer.status_code, words in answer.text, "A word of mine" in answer.text) == (422, True, True)
    assert state() == "drafted"


def test_a_needed_yes_is_to_the_text_that_is_sent(needed: None, cast: Cast, sign_in: SignIn) -> None:
    asha, mark = sign_in(cast.asha), sign_in(cast.mark)
    where = place(asha.post("/talks/propose", **DRAFT))
    refused = asha.post(f"{where}/steps", state="submitted")
    assert (refused.status_code, "marketing was not asked" in refused.text, state()) == (422, True, "drafted")
    asha.post(f"{where}/approvals", kind="marketing")
    ask = f"/approvals/{db.session.scalars(sa.select(Approval.id)).one()}"
    read = text_of(mark, ask)
    asha.post(where, **{**DRAFT, "title": "Chaos on etcd, live"})
    late = mark.post(ask, said="yes", text=read)
    assert (late.status_code, "It was changed while you read" in late.text) == (422, True)
    mark.post(ask, said="yes", text=text_of(mark, ask))
    asha.post(where, **{**DRAFT, "title": "Chaos on etcd, live", "abstract": "Something new."})
    stale = asha.post(f"{where}/steps", state="submitted")
    assert (stale.status_code, "said yes to an earlier text: ask again" in stale.text) == (422, True)
    assert "said yes, changed since" in opened(asha, where, "/talks")
    asha.post(where, **{**DRAFT, "title": "Chaos on etcd, live"})
    assert (asha.post(f"{where}/steps", state="submitted").status_code, state()) == (303, "submitted")


def test_what_was_sent_all_the_same_is_kept_with_the_reason(needed: None, cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    where = place(browser.post("/talks/propose", **DRAFT))
    place(browser.post(f"{where}/steps", state="submitted", without="The call closed in an hour"))
    told = opened(browser, where)
    assert ("Sent without the yes of marketing: The call closed in an hour" in told, state()) == (True, "submitted")


def test_a_proposal_cannot_begin_as_sent_without_it(needed: None, cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    refused = browser.post("/talks/propose", **CHAOS)
    assert (refused.status_code, "marketing was not asked" in refused.text) == (422, True)
    where = place(browser.post("/talks/propose", **CHAOS, without="It was in March"))
    assert "Sent without the yes of marketing: It was in March" in opened(browser, where)


def test_who_leads_no_more_is_asked_no_more_and_of_what_was_sent_nobody_is(cast: Cast, sign_in: SignIn) -> None:
    asha, lena = sign_in(cast.asha), sign_in(cast.lena)
    where = place(asha.post("/talks/propose", **DRAFT))
    asha.post(f"{where}/approvals", kind="manager", name="Lena Fischer")
    ask = f"/approvals/{question(cast.lena)}"
    asha.post(f"{where}/steps", state="submitted")
    assert lena.get(ask).status_code == 404
    asha.post(f"{where}/back")
    assert lena.get(ask).status_code == 200
    roster.join_team(cast.lena.id, "Network", NOW.date(), leads=True)
    db.session.commit()
    db.session.execute(sa.text("UPDATE membership SET until = '2026-11-01' WHERE team_id = 1 AND leads"))
    db.session.commit()
    assert (lena.get(ask).status_code, lena.get(where).status_code) == (404, 404)


def test_home_tells_whoever_is_asked_also_without_a_role_page(cast: Cast, sign_in: SignIn) -> None:
    mia = roster.add("mia@tern.example", "Mia Market", NOW, can=[Capability.MARKETING])
    asha, browser = sign_in(cast.asha), sign_in(mia)
    where = place(asha.post("/talks/propose", **DRAFT))
    assert "Needs you" not in opened(browser, "/")
    asha.post(f"{where}/approvals", kind="marketing")
    page = opened(browser, "/")
    assert ("Welcome, Mia Market" in page, "1 proposal waits for your yes" in page) == (True, True)


def test_any_of_marketing_answers_once_but_never_for_their_own(cast: Cast, sign_in: SignIn) -> None:
    mark = sign_in(cast.mark)
    where = place(mark.post("/talks/propose", **DRAFT))
    mark.post(f"{where}/approvals", kind="marketing")
    ask = f"/approvals/{db.session.scalars(sa.select(Approval.id)).one()}"
    assert (mark.get(ask).status_code, "0 proposals wait" in opened(mark, "/approvals")) == (404, True)
