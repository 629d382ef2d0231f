"""Who sees what: nobody at first, then whom its person lets, item by item or by rules; evidence always agrees."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy import recording
from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.models import db, generations
from advocacy.models.activities import ActivityPerson
from advocacy.models.base import Missing
from advocacy.models.evidence import Evidence
from advocacy.models.people import Person
from advocacy.models.release import items, rules
from advocacy.models.release.caught import Wanted
from advocacy.models.release.rules import BadRule
from advocacy.models.words import Part, Visibility
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.scene import BLOG, Scene

Publish = Callable[..., int]
ARTICLES = Wanted(kinds=(Kind.ARTICLE,))
PRIVATE, LEAD, MARKETING, PUBLIC = Visibility
LATER = NOW + timedelta(hours=1)


def seen(person: Person) -> list[Visibility]:
    """Who sees each item of a person, the oldest first; evidence must say the same in every generation."""
    db.session.commit()
    mine, said = ActivityPerson, Evidence
    differs = sa.and_(said.activity_id == mine.activity_id, said.person_id == mine.person_id)
    odd = sa.select(said.id).join(mine, differs).where(said.visibility != mine.visibility)
    assert db.session.scalars(odd).all() == []
    assert db.session.scalars(sa.select(said.id).where(said.person_id == person.id)).first() is not None
    query = sa.select(mine.visibility).where(mine.person_id == person.id).order_by(mine.activity_id)
    return list(db.session.scalars(query))


def opened(person: Person) -> list[int]:
    return [one.releases for one in rules.standing(person.id)]


def test_everything_is_private_and_confirming_does_not_release(cast: Cast, article: Publish) -> None:
    article(cast.asha)
    assert seen(cast.asha) == [PRIVATE]


def test_an_item_is_released_by_its_person_and_the_step_taken_back(cast: Cast, article: Publish) -> None:
    first, _ = article(cast.asha), article(cast.asha, "An SRE's second hour")
    step = items.say(cast.asha.id, first, MARKETING, NOW)
    assert seen(cast.asha) == [MARKETING, PRIVATE]
    assert (items.take_back(step.id, cast.asha.id), seen(cast.asha)) == (1, [PRIVATE, PRIVATE])


def test_nobody_else_says_who_sees_an_item_nor_takes_a_step_back(cast: Cast, article: Publish) -> None:
    first = article(cast.asha)
    with pytest.raises(Missing):
        items.say(cast.sven.id, first, PUBLIC, NOW)
    step = items.say(cast.asha.id, first, LEAD, NOW)
    with pytest.raises(Missing):
        items.take_back(step.id, cast.sven.id)
    assert seen(cast.asha) == [LEAD]


def test_a_rule_from_now_on_releases_what_comes_and_not_what_is_there(
    scene: Scene, cast: Cast, article: Publish
) -> None:
    article(cast.asha)
    rule, at_once = rules.make(cast.asha.id, ARTICLES, MARKETING, LATER, backwards=False)
    assert (at_once, seen(cast.asha)) == (0, [PRIVATE])
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 2)
    scene.later(hours=2)
    scene.sweeps()
    assert (seen(cast.asha), opened(cast.asha)) == ([PRIVATE, MARKETING, MARKETING], [2])
    assert rules.end(rule.id, cast.asha.id, scene.now) == 2
    assert seen(cast.asha) == [PRIVATE] * 3
    assert rules.take_up(rule.id, cast.asha.id, scene.now) == 2
    assert seen(cast.asha) == [PRIVATE, MARKETING, MARKETING]


def test_a_rule_backwards_releases_what_is_there_and_ending_it_closes_what_it_opened(
    cast: Cast, article: Publish
) -> None:
    said, _ = article(cast.asha), article(cast.asha, "An SRE's second hour")
    items.say(cast.asha.id, said, LEAD, NOW)
    rule, at_once = rules.make(cast.asha.id, ARTICLES, PUBLIC, NOW, backwards=True)
    assert (at_once, seen(cast.asha), opened(cast.asha)) == (1, [LEAD, PUBLIC], [1])
    rules.end(rule.id, cast.asha.id, NOW)
    assert (seen(cast.asha), opened(cast.asha)) == ([LEAD, PRIVATE], [])


def test_a_word_on_an_item_stands_whatever_rules_are_made(cast: Cast, article: Publish) -> None:
    items.say(cast.asha.id, article(cast.asha), PRIVATE, NOW)
    rules.make(cast.asha.id, ARTICLES, PUBLIC, NOW, backwards=True)
    assert seen(cast.asha) == [PRIVATE]


def test_of_two_rules_the_wider_opens_and_the_other_keeps_open_when_it_ends(cast: Cast, article: Publish) -> None:
    article(cast.asha)
    rules.make(cast.asha.id, ARTICLES, LEAD, NOW, backwards=True)
    wide, _ = rules.make(cast.asha.id, Wanted(platforms=(Platform.FEED,)), PUBLIC, NOW, backwards=True)
    assert (seen(cast.asha), opened(cast.asha)) == ([PUBLIC], [0, 1])
    rules.end(wide.id, cast.asha.id, NOW)
    assert (seen(cast.asha), opened(cast.asha)) == ([LEAD], [1])


def test_the_same_rule_twice_is_one(cast: Cast, article: Publish) -> None:
    first, _ = rules.make(cast.asha.id, ARTICLES, LEAD, NOW, backwards=True)
    again, _ = rules.make(cast.asha.id, ARTICLES, LEAD, LATER, backwards=True)
    assert (first.id, len(rules.standing(cast.asha.id))) == (again.id, 1)


@pytest.mark.parametrize(("wanted", "to"), [(Wanted(), LEAD), (ARTICLES, PRIVATE)])
def test_a_rule_of_everything_or_for_nobody_is_none(cast: Cast, wanted: Wanted, to: Visibility) -> None:
    with pytest.raises(BadRule):
        rules.make(cast.asha.id, wanted, to, NOW, backwards=True)


def test_rules_are_their_persons_alone(scene: Scene, cast: Cast, article: Publish) -> None:
    account = scene.connects(cast.asha)
    with pytest.raises(Missing):
        rules.make(cast.sven.id, Wanted(account_id=account.id), LEAD, NOW, backwards=True)
    rule, _ = rules.make(cast.asha.id, ARTICLES, LEAD, NOW, backwards=True)
    with pytest.raises(Missing):
        rules.end(rule.id, cast.sven.id, NOW)
    article(cast.sven)
    assert seen(cast.sven) == [PRIVATE]


def test_a_rule_of_one_account_releases_what_it_brings(scene: Scene, cast: Cast, article: Publish) -> None:
    account = scene.connects(cast.asha)
    rules.make(cast.asha.id, Wanted(account_id=account.id), LEAD, NOW, backwards=False)
    scene.blogs.posts(BLOG, 1)
    scene.sweeps()
    article(cast.asha, "An SRE's other hour")
    assert seen(cast.asha) == [LEAD, PRIVATE]


def test_all_that_a_filter_shows_is_released_and_taken_back_each_as_it_stood(cast: Cast, article: Publish) -> None:
    numbers = [article(cast.asha, f"An SRE's hour {n}") for n in range(3)]
    items.say(cast.asha.id, numbers[0], LEAD, NOW)
    rules.make(cast.asha.id, Wanted(channel="nowhere"), PUBLIC, NOW, backwards=True)
    rules.make(cast.asha.id, ARTICLES, MARKETING, NOW, backwards=True)
    assert seen(cast.asha) == [LEAD, MARKETING, MARKETING]
    step, count = items.say_of_all(cast.asha.id, ARTICLES, PUBLIC, NOW)
    assert (count, seen(cast.asha), opened(cast.asha)) == (3, [PUBLIC] * 3, [0, 0])
    items.take_back(step.id, cast.asha.id)
    assert (seen(cast.asha), opened(cast.asha)) == ([LEAD, MARKETING, MARKETING], [0, 2])


def test_what_one_takes_back_after_a_rule_has_ended_is_private(cast: Cast, article: Publish) -> None:
    first = article(cast.asha)
    rule, _ = rules.make(cast.asha.id, ARTICLES, MARKETING, NOW, backwards=True)
    step = items.say(cast.asha.id, first, PUBLIC, NOW)
    rules.end(rule.id, cast.asha.id, NOW)
    items.take_back(step.id, cast.asha.id)
    assert seen(cast.asha) == [PRIVATE]


def test_what_is_logged_by_hand_and_what_one_takes_of_others_is_released_by_ones_own_rules(
    app: Flask, cast: Cast, rules_in_force: Rules
) -> None:
    talks = Wanted(kinds=(Kind.TALK,))
    rules.make(cast.asha.id, talks, PUBLIC, NOW, backwards=False)
    rules.make(cast.lena.id, talks, LEAD, NOW, backwards=False)
    talk = Activity(
        ref="hand:1",
        kind=Kind.TALK,
        platform=Platform.MANUAL,
        at=NOW,
        title="OpenEBS for SREs",
        text="Given at a meetup.",
    )
    number = recording.record(talk, {cast.asha.id: Part.AUTHOR}, NOW, rules_in_force)
    recording.join(number, cast.lena.id, Part.CO_SPEAKER, rules_in_force)
    assert (seen(cast.asha), seen(cast.lena)) == ([PUBLIC], [LEAD])


@pytest.fixture
def rules_in_force(app: Flask) -> Rules:
    found: Rules = app.extensions["advocacy.rules"]
    return found


def test_a_generation_that_is_being_filled_agrees_too(cast: Cast, article: Publish, rules_in_force: Rules) -> None:
    generations.begin("others", NOW)
    first = article(cast.asha)
    items.say(cast.asha.id, first, LEAD, NOW)
    assert seen(cast.asha) == [LEAD]
    there = sa.select(sa.func.count(sa.distinct(Evidence.generation_id)))
    assert db.session.scalar(there) == 2
