"""Texts as they were confirmed go with the activity's own text, on every road by which that goes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy import recording
from advocacy.models import burial, erasure, retention, stood, verdicts
from advocacy.models.accounts import Account
from advocacy.models.activities import ActivityRow
from advocacy.models.base import db
from advocacy.models.person_erasure import erase_person
from advocacy.models.stood import ConfirmedText
from advocacy.models.words import Part, Word
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.scene import expectation, rows
from tests.models.stage import Stage
from tests.views.test_inbox import posts


@pytest.fixture
def number(app: Flask, cast: Cast, rules: Rules) -> int:
    """A post that Asha confirmed."""
    [number] = posts(Stage(rules, NOW), cast, 1)
    confirm(cast, number)
    return number


def confirm(cast: Cast, number: int) -> None:
    verdicts.decide(
        person_id=cast.asha.id,
        activity_id=number,
        expectation_id=expectation("advocacy"),
        word=Word.CONFIRMED,
        by=cast.asha.id,
        now=NOW,
    )
    db.session.commit()


def kept() -> list[str]:
    db.session.rollback()
    return [one.text for one in rows(ConfirmedText)]


def test_it_is_kept_once_however_often_it_is_confirmed(cast: Cast, number: int) -> None:
    confirm(cast, number)
    [text] = kept()
    assert text == rows(ActivityRow)[0].text
    assert stood.before(number, cast.asha.id) is None, "it reads as it did"


ROADS: dict[str, Callable[[Cast, int], object]] = {
    "deleted where it was posted": lambda cast, number: burial.bury([rows(ActivityRow)[0].ref], NOW),
    "hidden for now": lambda cast, number: burial.bury([rows(ActivityRow)[0].ref], NOW, for_good=False),
    "not looked at in time": lambda cast, number: retention.drop_stale(NOW + timedelta(days=30)),
    "its account is forgotten": lambda cast, number: erasure.erase(rows(Account)[0]),
    "its person leaves it": lambda cast, number: recording.leave(number, cast.asha.id),
    "its person is erased": lambda cast, number: erase_person(cast.asha, NOW),
}


@pytest.mark.parametrize("road", ROADS)
def test_it_goes_with_the_text(cast: Cast, number: int, road: str) -> None:
    assert len(kept()) == 1
    ROADS[road](cast, number)
    db.session.commit()
    assert kept() == []


def test_what_is_without_its_text_is_not_kept(cast: Cast, number: int) -> None:
    burial.bury([rows(ActivityRow)[0].ref], NOW)
    db.session.commit()
    confirm(cast, number)
    assert kept() == []


def test_a_shared_activity_keeps_the_others_text_alone(cast: Cast, number: int, rules: Rules) -> None:
    recording.join(number, cast.lena.id, Part.CO_AUTHOR, rules)
    db.session.commit()
    erase_person(cast.asha, NOW)
    db.session.commit()
    assert (kept(), db.session.scalar(sa.select(sa.func.count(ActivityRow.id)))) == ([], 1)
