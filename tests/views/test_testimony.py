"""What rests on a word: a link beside it, and a colleague who was there."""

from collections.abc import Callable

import pytest

from advocacy import recording
from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.models import artefacts, db, sentences, witnesses
from advocacy.models.people import Person
from advocacy.models.words import Part
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser

SignIn = Callable[[Person], Browser]


@pytest.fixture
def taught(cast: Cast, rules: Rules) -> int:
    one = Activity(
        ref="hand:9",
        kind=Kind.TRAINING_GIVEN,
        platform=Platform.MANUAL,
        at=NOW,
        title="etcd in an hour",
        text="How etcd compacts.",
    )
    number = recording.record(one, {cast.asha.id: Part.AUTHOR}, NOW, rules)
    db.session.commit()
    return number


def test_evidence_without_a_place_asks_for_a_link_or_a_witness(cast: Cast, taught: int, sign_in: SignIn) -> None:
    page = sentences.of_page(sentences.pages(cast.asha.id)[0].id)
    learn = next(one.expectation_id for one in page if one.rule == "learn-train")
    browser = sign_in(cast.asha)
    assert "Rests on your word: add a link or a witness" in browser.get(f"/expectations/{learn}").text
    browser.post(f"/testimony/{taught}/links", url="https://slides.example/etcd?utm_source=mail", words="Slides")
    page_after = browser.get(f"/expectations/{learn}").text
    assert ("Rests on your word" in page_after, "1 link" in page_after) == (False, True)
    assert [one.url for one in artefacts.of(cast.asha.id, [taught])[taught]] == ["https://slides.example/etcd"]


def test_a_link_that_is_none_is_refused_in_words(cast: Cast, taught: int, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    browser.post(f"/testimony/{taught}/links", url="javascript:alert(1)")
    assert "That is no web address" in browser.get(f"/testimony/{taught}").text
    assert artefacts.of(cast.asha.id, [taught]) == {}


def test_a_link_taken_away_comes_back_by_undo(cast: Cast, taught: int, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    browser.post(f"/testimony/{taught}/links", url="https://slides.example/etcd", words="Slides")
    (link,) = artefacts.of(cast.asha.id, [taught])[taught]
    browser.post(f"/testimony/links/{link.id}/remove")
    assert artefacts.of(cast.asha.id, [taught]) == {}
    assert "Taken away." in browser.get(f"/testimony/{taught}").text


def test_a_colleague_who_was_asked_answers_and_may_change_it(cast: Cast, taught: int, sign_in: SignIn) -> None:
    asha, lena = sign_in(cast.asha), sign_in(cast.lena)
    asha.post(f"/testimony/{taught}/witnesses", email=cast.lena.email, question="Were you in the room?")
    assert witnesses.waiting(cast.lena.id) == 1
    assert "Were you in the room?" in lena.get("/testimony/asked").text
    (row,) = witnesses.asked_of(cast.lena.id)
    lena.post(f"/testimony/asked/{row.id}", saw="yes", words="Third row.")
    assert witnesses.waiting(cast.lena.id) == 0
    assert "was there" in asha.get(f"/testimony/{taught}").text
    lena.post(f"/testimony/asked/{row.id}")
    assert [one.saw for one in witnesses.of(cast.asha.id, [taught])[taught]] == [None]


def test_nobody_answers_for_another_and_nobody_is_asked_twice(cast: Cast, taught: int, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    for _ in range(2):
        asha.post(f"/testimony/{taught}/witnesses", email=cast.lena.email)
    (row,) = witnesses.asked_of(cast.lena.id)
    assert sign_in(cast.sven).post(f"/testimony/asked/{row.id}", saw="yes").status_code == 404
    assert "was asked before" in asha.get(f"/testimony/{taught}").text


@pytest.mark.parametrize("email", ["nobody@example.org", "asha@example.org"])
def test_only_somebody_else_who_is_here_can_be_asked(cast: Cast, taught: int, sign_in: SignIn, email: str) -> None:
    sign_in(cast.asha).post(f"/testimony/{taught}/witnesses", email=email)
    assert witnesses.of(cast.asha.id, [taught]) == {}
