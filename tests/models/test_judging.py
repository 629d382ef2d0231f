"""Automatic judgement switched off: everything is stored, and nothing counts until its person says so."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.period import parse
from advocacy.models import db, judging
from advocacy.models.board import board
from advocacy.models.evidence import Evidence
from advocacy.models.people import Person
from advocacy.models.words import Judging, Word
from advocacy.rejudge import rejudge
from advocacy.remap import remap
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.scene import Scene, expectation

Publish = Callable[..., int]


def choose(person: Person, choice: Judging, rules: Rules) -> None:
    if judging.choose(person, choice, NOW):
        rejudge(person.id, rules)
    db.session.commit()


def figures(person: Person, rules: Rules) -> tuple[int, int]:
    """How many works count and how many wait, over all sentences."""
    lines = board(person, parse("2026-Q4"), NOW, rules).lines
    return sum(one.progress.counted for one in lines), sum(one.progress.waiting for one in lines)


def test_off_judges_nothing_of_what_is_there_and_of_what_comes_until_it_is_on_again(
    scene: Scene, cast: Cast, article: Publish, rules: Rules
) -> None:
    article(cast.asha)
    before = figures(cast.asha, rules)
    choose(cast.asha, Judging.OFF, rules)
    assert (before[0] > 0, figures(cast.asha, rules)) == (True, (0, 0))
    article(cast.asha, "An SRE's second hour")
    assert figures(cast.asha, rules) == (0, 0)
    choose(cast.asha, Judging.AUTOMATIC, rules)
    assert figures(cast.asha, rules)[0] == 2 * before[0]


def test_ask_suggests_everything_and_counts_nothing(cast: Cast, article: Publish, rules: Rules) -> None:
    choose(cast.asha, Judging.ASK, rules)
    article(cast.asha)
    counted, waiting = figures(cast.asha, rules)
    assert (counted, waiting > 0) == (0, True)


@pytest.mark.parametrize("choice", [Judging.ASK, Judging.OFF])
def test_what_was_confirmed_stands_with_its_reasons(
    scene: Scene, cast: Cast, article: Publish, rules: Rules, choice: Judging
) -> None:
    sentence = expectation("personas")
    first = article(cast.asha)
    scene.decides(cast.asha, first, sentence, Word.CONFIRMED)
    mine = sa.select(Evidence.why, Evidence.strength).where(Evidence.expectation_id == sentence)
    before = db.session.execute(mine.order_by(Evidence.why)).all()
    choose(cast.asha, choice, rules)
    assert db.session.execute(mine.order_by(Evidence.why)).all() == before


def test_a_rebuild_of_all_evidence_honours_it_and_judges_the_others(
    app: Flask, cast: Cast, article: Publish, rules: Rules
) -> None:
    article(cast.asha)
    article(cast.lena, "Another SRE's hour")
    choose(cast.asha, Judging.OFF, rules)
    remap(rules, lambda: NOW, lambda done, left: None)
    assert (figures(cast.asha, rules), figures(cast.lena, rules)[0] > 0) == ((0, 0), True)


def test_choosing_what_is_chosen_changes_nothing(cast: Cast) -> None:
    assert judging.choose(cast.asha, Judging.AUTOMATIC, NOW) is False
