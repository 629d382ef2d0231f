"""Rules of one's own: they act where their person said nothing, are seen, and give back what they hid."""

import pytest
from flask import Flask

from advocacy import remap
from advocacy.domain.activity import Platform
from advocacy.models import Missing, db, generations, learned
from advocacy.models.evidence import Evidence
from advocacy.models.learned import LearnedRule
from advocacy.models.people import Person
from advocacy.models.words import Word
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.scene import rows
from tests.models.stage import Stage
from tests.views.test_inbox import posts


@pytest.fixture
def stage(app: Flask, cast: Cast, rules: Rules) -> Stage:
    return Stage(rules, NOW)


def rule(person: Person, **parts: object) -> LearnedRule:
    kept = learned.keep(LearnedRule(person_id=person.id, at=NOW, **{"acts": True, "offered": False, **parts}))
    db.session.commit()
    return kept


def hidden() -> dict[int, set[int | None]]:
    """What stands put aside, with the rules that did it."""
    db.session.rollback()
    found: dict[int, set[int | None]] = {}
    for one in rows(Evidence):
        if one.verdict is Word.REJECTED:
            found.setdefault(one.activity_id, set()).add(one.hidden_by)
    return found


def test_a_rule_by_account_hides_what_came_by_it_alone(stage: Stage, cast: Cast) -> None:
    numbers = posts(stage, cast, 2)
    other = rule(cast.asha, account_id=stage.accounts[cast.asha.id, Platform.REDDIT])
    assert hidden() == {number: {other.id} for number in numbers}
    learned.forget(other)
    db.session.commit()
    assert hidden() == {}


def test_what_two_rules_speak_of_stays_hidden_until_both_are_gone(stage: Stage, cast: Cast) -> None:
    [number] = posts(stage, cast, 1, channel="r/cats")
    first = rule(cast.asha, platform=Platform.REDDIT)
    second = rule(cast.asha, platform=Platform.REDDIT, channel="r/cats")
    learned.forget(first)
    db.session.commit()
    assert hidden() == {number: {second.id}}


def test_the_same_rule_again_is_the_one_that_stands_and_a_left_offer_hides_nothing(stage: Stage, cast: Cast) -> None:
    posts(stage, cast, 1)
    left = rule(cast.asha, platform=Platform.REDDIT, acts=False, offered=True)
    assert hidden() == {}
    again = rule(cast.asha, platform=Platform.REDDIT)
    assert (again.id, len(hidden())) == (left.id, 1)


def test_evidence_derived_anew_is_hidden_anew(stage: Stage, cast: Cast, rules: Rules) -> None:
    [number] = posts(stage, cast, 1)
    kept = rule(cast.asha, platform=Platform.REDDIT)
    before = generations.live()
    remap.remap(rules, lambda: NOW, lambda done, left: None)
    assert generations.live() is not before
    assert hidden() == {number: {kept.id}}


def test_nobody_elses_evidence_is_touched_and_nobody_elses_rule_is_there(stage: Stage, cast: Cast) -> None:
    posts(stage, cast, 1)
    theirs = rule(cast.sven, platform=Platform.REDDIT)
    assert hidden() == {}
    with pytest.raises(Missing):
        learned.of(theirs.id, cast.asha.id)
    with pytest.raises(Missing):
        learned.keep(
            LearnedRule(person_id=cast.sven.id, at=NOW, account_id=stage.accounts[cast.asha.id, Platform.REDDIT])
        )
