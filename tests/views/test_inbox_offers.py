"""What others say of somebody stands on top of their inbox: to take, to leave, and to think again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy import recording
from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.models import db, offers
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.people import Person
from advocacy.models.words import Part
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser
from tests.models.stage import Stage, said
from tests.test_journeys import words_of

SignIn = Callable[[Person], Browser]
TALK = Activity(
    ref="talk:1",
    kind=Kind.TALK,
    platform=Platform.MANUAL,
    at=NOW - timedelta(days=3),
    title="Mayastor for an SRE",
    text="At KubeCon.",
)


@pytest.fixture
def offered(cast: Cast, rules: Rules) -> int:
    """Lena gave a talk and says that Asha spoke, too; the offer."""
    number = recording.record(TALK, {cast.lena.id: Part.AUTHOR}, NOW, rules)
    found = offers.offer(number, cast.asha.id, Part.CO_SPEAKER, "We spoke together", by=cast.lena.id, now=NOW)
    db.session.commit()
    return found.id


def hers(cast: Cast) -> list[Part]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(ActivityPerson.part).where(ActivityPerson.person_id == cast.asha.id)))


def waits(cast: Cast) -> int:
    db.session.rollback()
    return len(offers.waiting(cast.asha.id))


def test_it_tells_who_said_what(cast: Cast, sign_in: SignIn, offered: int) -> None:
    page = words_of(sign_in(cast.asha).get("/inbox").text)
    assert "1 thing is said to be yours, too" in page
    assert "Mayastor for an SRE Lena Fischer said so" in page
    assert "We spoke together" in page
    assert "is said to be yours" not in sign_in(cast.sven).get("/inbox").text


def test_taken_it_is_hers_and_waits_for_her_word_and_undo_asks_again(cast: Cast, sign_in: SignIn, offered: int) -> None:
    asha = sign_in(cast.asha)
    assert asha.post(f"/inbox/offers/{offered}", answer="take").status_code == 303
    assert (hers(cast), waits(cast)) == ([Part.CO_SPEAKER], 0)
    assert "1 item waits for your word" in words_of(asha.get("/inbox").text)
    asha.post(f"/inbox/offers/{offered}", answer="")
    assert (hers(cast), waits(cast)) == ([], 1)


def test_left_it_is_not_hers_and_nobody_asks_again(cast: Cast, sign_in: SignIn, offered: int) -> None:
    asha = sign_in(cast.asha)
    asha.post(f"/inbox/offers/{offered}", answer="leave")
    assert (hers(cast), waits(cast)) == ([], 0)
    assert asha.post(f"/inbox/offers/{offered}", answer="sell").status_code == 400
    assert sign_in(cast.sven).post(f"/inbox/offers/{offered}", answer="take").status_code == 404


def test_what_an_account_of_hers_brought_stays_hers(app: Flask, cast: Cast, rules: Rules, sign_in: SignIn) -> None:
    [number] = Stage(rules, NOW).says(cast.asha, said("feed:1", NOW, url="https://a.example/1"))
    offer = offers.offer(number, cast.asha.id, Part.CO_AUTHOR, "", by=cast.lena.id, now=NOW).id
    db.session.commit()
    asha = sign_in(cast.asha)
    for answer in ("take", "leave"):
        asha.post(f"/inbox/offers/{offer}", answer=answer)
    assert hers(cast) == [Part.AUTHOR]
    assert db.session.scalar(sa.select(sa.func.count(ActivityRow.id))) == 1
