"""Asking a person to speak: who may ask whom, what is told of either, and what becomes of it."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.profile import Told
from advocacy.models import db, outbox, profile, roster
from advocacy.models.audit import AuditEntry
from advocacy.models.outbox import Letter
from advocacy.models.people import Person
from advocacy.models.speaking_rows import SpeakingRequest
from advocacy.models.talks import events
from advocacy.models.talks.proposals import Proposal
from advocacy.models.words import Capability, Visibility
from advocacy.settings import Mail
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser
from tests.views.test_privacy import undo

SignIn = Callable[[Person], Browser]
KUBECON: dict[str, Any] = {
    "name": "KubeCon Oslo",
    "day": "2026-12-14",
    "topic": "kubernetes",
    "format": "workshop",
    "note": "Come!",
}


@pytest.fixture
def listed(cast: Cast) -> Cast:
    """Asha lets marketing find her."""
    profile.save(cast.asha, Told(name="Asha Rao"), NOW, listed=True)
    db.session.commit()
    return cast


@pytest.fixture
def mail(app: Flask) -> None:
    """Letters leave."""
    settings = app.extensions["advocacy.settings"]
    app.extensions["advocacy.settings"] = replace(settings, mail=Mail(url="file:///nowhere", sender="a@tern.example"))


def only() -> int:
    db.session.rollback()
    return db.session.scalars(sa.select(SpeakingRequest.id).order_by(SpeakingRequest.id.desc()).limit(1)).one()


def ask(browser: Browser, person: Person, **more: str) -> int:
    answer = browser.post(f"/people/{person.id}/ask", **{**KUBECON, **more})
    assert answer.status_code == 303, answer.text
    return only()


def letters() -> list[tuple[int, str]]:
    db.session.rollback()
    return [(one.person_id, one.subject) for one in db.session.scalars(sa.select(Letter).order_by(Letter.id))]


def test_marketing_asks_who_lets_it_find_them_and_a_lead_the_own_team(listed: Cast, sign_in: SignIn) -> None:
    mark, lena, asha = sign_in(listed.mark), sign_in(listed.lena), sign_in(listed.asha)
    told = {}
    for nick in ("asha", "lena", "sven", "mark"):
        path = f"/people/{getattr(listed, nick).id}/ask"
        told[nick] = (mark.get(path).status_code, lena.get(path).status_code, asha.get(path).status_code)
    assert told == {"asha": (200, 200, 403), "lena": (404, 404, 403), "sven": (404, 404, 403), "mark": (404, 404, 403)}
    assert mark.post(f"/people/{listed.sven.id}/ask", **KUBECON).status_code == 404
    assert mark.get("/people/999999/ask").status_code == 404


def test_who_is_asked_is_told_on_home_and_answers_yes_no_or_later(listed: Cast, sign_in: SignIn) -> None:
    mark, asha = sign_in(listed.mark), sign_in(listed.asha)
    number = ask(mark, listed.asha)
    assert "asks you</" not in asha.get("/").text
    home, page = asha.get("/").text, asha.get("/asks").text
    assert ("to speak at <b" in home, "KubeCon Oslo" in home) == (True, True)
    assert ("1 waits for you" in page, "Kubernetes" in page, "workshop" in page, "Come!" in page) == (True,) * 4
    assert asha.post(f"/asks/{number}", word="declined", reason="Too far").headers["Location"] == "/asks"
    page = asha.get("/asks").text
    assert ("Nobody asks you for it again" in page, "Too far" in page, "0 wait for you" in page) == (True, True, True)
    undo(asha, page)
    assert "1 waits for you" in asha.get("/asks").text


def test_a_no_keeps_everybody_from_asking_for_this_event_again(listed: Cast, sign_in: SignIn) -> None:
    mark, lena, asha = sign_in(listed.mark), sign_in(listed.lena), sign_in(listed.asha)
    number = ask(mark, listed.asha)
    asha.post(f"/asks/{number}", word="declined")
    for browser in (mark, lena):
        answer = browser.post(f"/people/{listed.asha.id}/ask", **{**KUBECON, "name": "  kubecon OSLO "})
        assert (answer.status_code, "nobody is asked twice" in answer.text) == (422, True)
        assert ("declined" in answer.text.partition("What you asked before")[0], "Come!" in answer.text) == (
            False,
            True,
        )
    ask(mark, listed.asha, name="FOSDEM")


def test_later_stands_on_home_that_day_once_and_never_in_between(app: Flask, listed: Cast, sign_in: SignIn) -> None:
    mark, asha = sign_in(listed.mark), sign_in(listed.asha)
    number = ask(mark, listed.asha)
    for until, words in (("", "Say on which day"), ("2026-11-23", "after today"), ("2026-12-15", "before the event")):
        answer = asha.post(f"/asks/{number}", word="later", until=until)
        assert (answer.status_code, words in answer.text) == (422, True)
    asha.post(f"/asks/{number}", word="later", until="2026-11-30")
    shown = {}
    for day in (0, 6, 7, 8):
        app.extensions["advocacy.clock"] = lambda day=day: NOW + timedelta(days=day)
        browser = sign_in(listed.asha)
        shown[day] = (
            "to speak at <b" in browser.get("/").text,
            "put it off to 30 Nov" in browser.get("/asks").text,
        )
    assert shown == {0: (False, True), 6: (False, True), 7: (True, True), 8: (False, True)}


def test_a_yes_leads_to_a_proposal_that_marketing_may_follow(listed: Cast, sign_in: SignIn) -> None:
    mark, asha = sign_in(listed.mark), sign_in(listed.asha)
    number = ask(mark, listed.asha)
    to = asha.post(f"/asks/{number}", word="accepted").headers["Location"]
    form = asha.get(to).text
    assert to == f"/talks/propose?speaking={number}"
    assert ("Marketing</b> can follow" in form or "Marketing can follow this proposal" in form) is True
    assert ('value="Kubernetes"' in form, "14 Dec 2026" in form) == (True, True)
    assert "no proposal is shown yet" in mark.get("/asks/sent").text
    where = asha.post("/talks/propose", speaking=f"{number}", title="Pods", state="drafted").headers["Location"]
    proposal = db.session.scalars(sa.select(Proposal)).one()
    asked = db.session.get_one(SpeakingRequest, number)
    assert (proposal.visibility, proposal.event_id, asked.proposal_id) == (
        Visibility.MARKETING,
        asked.event_id,
        proposal.id,
    )
    asha.post(f"{where}/steps", state="submitted")
    assert ("submitted" in mark.get("/asks/sent").text, where in asha.get("/asks").text) == (True, True)
    proposal.visibility = Visibility.PRIVATE
    db.session.commit()
    assert "no proposal is shown yet" in mark.get("/asks/sent").text


def test_a_form_that_is_to_be_mended_still_answers_the_request(listed: Cast, sign_in: SignIn) -> None:
    number, asha = ask(sign_in(listed.mark), listed.asha), sign_in(listed.asha)
    asha.post(f"/asks/{number}", word="accepted")
    answer = asha.post("/talks/propose", speaking=f"{number}", title="", state="drafted")
    assert (answer.status_code, f'name="speaking" value="{number}"' in answer.text) == (422, True)


def test_who_did_not_say_yes_cannot_begin_its_proposal_nor_can_anybody_else(listed: Cast, sign_in: SignIn) -> None:
    number = ask(sign_in(listed.mark), listed.asha)
    asha, lena = sign_in(listed.asha), sign_in(listed.lena)
    assert asha.get(f"/talks/propose?speaking={number}").status_code == 404
    asha.post(f"/asks/{number}", word="accepted")
    told = [b.post("/talks/propose", speaking=f"{number}", title="Pods").status_code for b in (lena, asha, asha)]
    assert told == [404, 303, 404]


def test_a_yes_with_a_proposal_is_taken_back_there_and_not_here(listed: Cast, sign_in: SignIn) -> None:
    number, asha = ask(sign_in(listed.mark), listed.asha), sign_in(listed.asha)
    asha.post(f"/asks/{number}", word="accepted")
    asha.post("/talks/propose", speaking=f"{number}", title="Pods", state="drafted")
    asha.post(f"/asks/{number}/back")
    assert "Not taken back: a proposal was started from it" in asha.get("/asks").text


def test_why_somebody_said_no_is_read_by_whoever_asked_alone(listed: Cast, sign_in: SignIn) -> None:
    other = roster.add("mia@tern.example", "Mia", NOW, can=[Capability.MARKETING])
    db.session.commit()
    mark, mia, lena = sign_in(listed.mark), sign_in(other), sign_in(listed.lena)
    number = ask(mark, listed.asha)
    sign_in(listed.asha).post(f"/asks/{number}", word="declined", reason="Too far away")
    seen = {}
    for name, browser in (("mark", mark), ("mia", mia), ("lena", lena)):
        page, rows = browser.get("/asks/sent").text, browser.get("/asks/sent.csv").text
        form = browser.get(f"/people/{listed.asha.id}/ask").text
        seen[name] = (
            "Asha Rao" in page,
            "Too far away" in page + rows + form,
            "× declined" in form or "Too far" in form,
        )
    assert seen == {"mark": (True, True, True), "mia": (True, False, False), "lena": (False, False, False)}


def test_what_a_lead_asks_is_theirs_and_not_marketings(listed: Cast, sign_in: SignIn) -> None:
    lena, mark = sign_in(listed.lena), sign_in(listed.mark)
    number = ask(lena, listed.asha)
    assert ("Asha Rao" in lena.get("/asks/sent").text, "Asha Rao" in mark.get("/asks/sent").text) == (True, False)
    assert mark.post(f"/asks/{number}/withdraw").status_code == 404
    asha = sign_in(listed.asha)
    asha.post(f"/asks/{number}", word="accepted")
    assert "Your lead can follow this proposal" in asha.get(f"/talks/propose?speaking={number}").text
    asha.post("/talks/propose", speaking=f"{number}", title="Pods", state="drafted")
    assert db.session.scalars(sa.select(Proposal.visibility)).one() == Visibility.LEAD
    assert "drafted" in lena.get("/asks/sent?state=accepted").text


def test_one_sees_what_the_person_carries_and_is_warned_but_not_kept_from_asking(listed: Cast, sign_in: SignIn) -> None:
    mark, asha = sign_in(listed.mark), sign_in(listed.asha)
    path = f"/people/{listed.asha.id}/ask"
    assert "never asked here" in mark.get(path).text
    for event in ("KubeCon Oslo", "FOSDEM"):
        asha.post(f"/asks/{ask(mark, listed.asha, name=event)}", word="accepted")
    page = mark.get(path).text
    assert ("They were asked within the last 14 days" in page, "They have 2 things ahead already" in page) == (
        True,
        True,
    )
    assert "Mark O’Neil" in page.partition("last asked")[2][:200]
    ask(mark, listed.asha, name="SREcon")
    looked = sa.select(sa.func.count()).where(
        AuditEntry.about_id == listed.asha.id, AuditEntry.actor_id == listed.mark.id
    )
    assert db.session.scalar(looked.where(AuditEntry.act == "released.looked")) == 2


def test_an_address_names_topic_and_event(listed: Cast, sign_in: SignIn) -> None:
    mark = sign_in(listed.mark)
    event = events.of_company("KubeCon Oslo", None, NOW)
    event.starts = NOW.date() + timedelta(days=20)
    own = events.named("Asha's own", listed.asha.id, None, NOW)
    db.session.commit()
    number, other = event.id, own.id
    page = mark.get(f"/people/{listed.asha.id}/ask?topic=kubernetes&event={number}").text
    assert ('value="Kubernetes"' in page, f'name="event" value="{number}"' in page, 'name="name"' in page) == (
        True,
        True,
        False,
    )
    assert mark.get(f"/people/{listed.asha.id}/ask?event={other}").status_code == 404
    assert 'value="FOSDEM"' in mark.get(f"/people/{listed.asha.id}/ask?event=FOSDEM").text
    assert mark.post(f"/people/{listed.asha.id}/ask", event=f"{number}", topic="etcd").status_code == 303
    assert mark.post(f"/people/{listed.asha.id}/ask", event=f"{other}", topic="etcd").status_code == 404


def test_what_is_missing_or_over_is_told_beside_its_field_and_nothing_is_lost(listed: Cast, sign_in: SignIn) -> None:
    mark = sign_in(listed.mark)
    answer = mark.post(f"/people/{listed.asha.id}/ask", **{**KUBECON, "name": "", "topic": "", "format": "opera"})
    said = ("Say for which event" in answer.text, "Say what they would speak about" in answer.text)
    assert (answer.status_code, said, "Choose one of: talk" in answer.text, "Come!" in answer.text) == (
        422,
        (True, True),
        True,
        True,
    )
    answer = mark.post(f"/people/{listed.asha.id}/ask", **{**KUBECON, "day": "2026-11-22"})
    assert (answer.status_code, "That event is over" in answer.text) == (422, True)
    assert db.session.scalar(sa.select(sa.func.count(SpeakingRequest.id))) == 0


def test_what_nobody_answered_lapses_with_its_event_and_can_be_answered_no_more(
    app: Flask, listed: Cast, sign_in: SignIn
) -> None:
    number = ask(sign_in(listed.mark), listed.asha)
    app.extensions["advocacy.clock"] = lambda: NOW + timedelta(days=22)
    mark, asha = sign_in(listed.mark), sign_in(listed.asha)
    assert ("to speak at <b" in asha.get("/").text, "lapsed" in asha.get("/asks").text) == (False, True)
    asha.post(f"/asks/{number}", word="accepted")
    assert "Not kept: KubeCon Oslo is over." in asha.get("/asks").text
    assert "Asked to speak: 1 request<" in mark.get("/asks/sent?state=lapsed").text


def test_who_asked_withdraws_and_takes_that_back(listed: Cast, sign_in: SignIn) -> None:
    mark, asha = sign_in(listed.mark), sign_in(listed.asha)
    number = ask(mark, listed.asha)
    undo(mark, mark.get("/asks/sent").text)
    assert ("withdrawn" in mark.get("/asks/sent").text, "to speak at <b" in asha.get("/").text) == (True, False)
    mark.post(f"/asks/{number}/back")
    assert "to speak at <b" in asha.get("/").text
    assert sign_in(listed.sven).post(f"/asks/{number}/back").status_code == 404


def test_one_may_not_take_back_what_the_other_said(listed: Cast, sign_in: SignIn) -> None:
    mark, asha = sign_in(listed.mark), sign_in(listed.asha)
    number = ask(mark, listed.asha)
    asha.post(f"/asks/{number}", word="declined")
    mark.post(f"/asks/{number}/back")
    assert "nothing of yours to take back" in mark.get("/asks/sent").text
    assert "declined" in asha.get("/asks").text


def test_the_list_is_narrowed_by_its_address_and_the_sheet_says_the_same(listed: Cast, sign_in: SignIn) -> None:
    mark, asha = sign_in(listed.mark), sign_in(listed.asha)
    asha.post(f"/asks/{ask(mark, listed.asha)}", word="accepted")
    ask(mark, listed.asha, name="FOSDEM", topic="Ceph 100%")
    told = {}
    for query in ("", "state=asked", "words=0%25", "words=kubecon", "state=declined", "state=maybe", "mine=1"):
        answer = mark.get(f"/asks/sent.csv?{query}")
        rows = csv.DictReader(io.StringIO(answer.text)) if answer.status_code == 200 else []
        told[query] = [(row["event"], row["state"]) for row in rows]
    both = [("FOSDEM", "asked"), ("KubeCon Oslo", "accepted")]
    assert told == {
        "": both,
        "state=asked": both[:1],
        "words=0%25": both[:1],
        "words=kubecon": both[1:],
        "state=declined": [],
        "state=maybe": [],
        "mine=1": both,
    }
    assert mark.get("/asks/sent?state=maybe").status_code == 400
    mine = [row["event"] for row in csv.DictReader(io.StringIO(asha.get("/asks/asks.csv").text))]
    assert mine == ["FOSDEM", "KubeCon Oslo"]


def test_one_letter_asks_and_one_answers_and_neither_is_written_twice(
    listed: Cast, mail: None, sign_in: SignIn
) -> None:
    mark, asha = sign_in(listed.mark), sign_in(listed.asha)
    number = ask(mark, listed.asha)
    asha.post(f"/asks/{number}", word="declined", reason="Too far")
    asked, answered = (
        (listed.asha.id, "Mark O’Neil asks you to speak at KubeCon Oslo"),
        (
            listed.mark.id,
            "Asha Rao says no: KubeCon Oslo",
        ),
    )
    assert letters() == [asked, answered]
    asha.post(f"/asks/{number}/back")
    assert letters() == [asked]
    asha.post(f"/asks/{number}/back")
    mark.post(f"/asks/{number}/withdraw")
    assert letters() == []
    outbox.put(listed.asha.id, outbox.ASK, f"event.{db.session.get_one(SpeakingRequest, number).event_id}", None, NOW)
    db.session.commit()
    ask(mark, listed.asha)
    assert [who for who, subject in letters() if subject] == []


def test_who_stopped_such_letters_gets_none_and_still_finds_the_request(
    listed: Cast, mail: None, sign_in: SignIn
) -> None:
    mark, asha = sign_in(listed.mark), sign_in(listed.asha)
    asha.post("/letters/kinds/ask", stop="1")
    mark.post("/letters/kinds/ask", stop="1")
    asha.post(f"/asks/{ask(mark, listed.asha)}", word="accepted")
    assert letters() == []


def test_without_mail_nothing_is_written(listed: Cast, sign_in: SignIn) -> None:
    ask(sign_in(listed.mark), listed.asha)
    assert letters() == []


def test_what_was_given_is_withdrawn_no_more(listed: Cast, sign_in: SignIn) -> None:
    mark, asha = sign_in(listed.mark), sign_in(listed.asha)
    number = ask(mark, listed.asha)
    asha.post(f"/asks/{number}", word="accepted")
    given: dict[str, Any] = {"title": "Probes", "state": "delivered", "day": "2026-11-20", "speaking": str(number)}
    assert asha.post("/talks/given", **given).status_code == 303
    mark.post(f"/asks/{number}/withdraw")
    page = mark.get("/asks/sent").text
    assert ("Not withdrawn: the talk was given." in page, ">Withdraw<" in page) == (True, False)
