"""What others may find follows every word and release by itself, on both databases, and only what is confirmed."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy import remap
from advocacy.models import db, verdicts
from advocacy.models.activities import ActivityRow
from advocacy.models.evidence import Evidence
from advocacy.models.findable import fold
from advocacy.models.findable.tables import FindableItem, FindableStale, FindableTopic, FindableWork
from advocacy.models.findable.works import works_of
from advocacy.models.people import Person
from advocacy.models.person_erasure import erase_person
from advocacy.models.release import apply
from advocacy.models.words import Visibility, Word
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.models.stage import Stage, family, said

TEXT = "How OpenEBS serves stateful workloads on Kubernetes, for an SRE.\n```\nkubectl get pvc\n```\nTry it."


@pytest.fixture
def stage(app: Flask, rules: Rules) -> Stage:
    return Stage(rules, NOW)


def confirm(person: Person, number: int, word: Word | None = Word.CONFIRMED) -> None:
    """The person's word on all that an activity is evidence for."""
    here = Evidence.activity_id == number, Evidence.person_id == person.id
    for one in db.session.scalars(sa.select(Evidence.expectation_id).where(*here).distinct()).all():
        verdicts.decide(person_id=person.id, activity_id=number, expectation_id=one, word=word, by=person.id, now=NOW)
    db.session.commit()


def release(person: Person, *numbers: int, to: Visibility = Visibility.PUBLIC) -> None:
    """The person lets these items be seen."""
    apply.write(person.id, numbers, to, None, NOW)
    apply.copy(person.id, numbers)
    db.session.commit()


def renew() -> None:
    while fold.renew():
        db.session.commit()


def found(person: Person) -> dict[str, tuple[str, set[str]]]:
    """The titles that others may find, to whom each is shown, and the topics."""
    renew()
    query = sa.select(FindableWork, FindableItem.title).join(FindableItem, FindableItem.id == FindableWork.item_id)
    topics: dict[int, set[str]] = {}
    for one in db.session.scalars(sa.select(FindableTopic).where(FindableTopic.person_id == person.id)):
        topics.setdefault(one.work_id, set()).add(one.topic)
    rows = db.session.execute(query.where(FindableWork.person_id == person.id)).all()
    return {title: (work.visibility.value, topics.get(work.work_id, set())) for work, title in rows}


def test_only_what_is_confirmed_and_released_can_be_found(cast: Cast, article: Callable[..., int]) -> None:
    only_confirmed, only_released = article(cast.asha, "Confirmed", TEXT), article(cast.asha, "Released", TEXT)
    both = article(cast.asha, "Both", TEXT)
    for number in (only_confirmed, both):
        confirm(cast.asha, number)
    release(cast.asha, only_released, both)
    assert found(cast.asha) == {"Both": ("public", {"kubernetes", "openebs", "statefulset"})}


def test_what_is_taken_back_is_gone_with_its_text(cast: Cast, article: Callable[..., int]) -> None:
    number = article(cast.asha, "Both", TEXT)
    confirm(cast.asha, number)
    release(cast.asha, number, to=Visibility.MARKETING)
    assert {title: to for title, (to, _) in found(cast.asha).items()} == {"Both": "marketing"}
    release(cast.asha, number, to=Visibility.PRIVATE)
    assert found(cast.asha) == {}
    release(cast.asha, number)
    assert list(found(cast.asha)) == ["Both"]
    confirm(cast.asha, number, Word.REJECTED)
    assert (found(cast.asha), db.session.scalar(sa.select(sa.func.count(FindableItem.id)))) == ({}, 0)


def test_a_work_in_five_places_is_one_and_shows_its_widest_copy(stage: Stage, cast: Cast) -> None:
    numbers = {name: stage.says(cast.asha, one)[0] for name, one in family(NOW).items()}
    for number in numbers.values():
        confirm(cast.asha, number)
    release(cast.asha, *numbers.values(), to=Visibility.LEAD)
    release(cast.asha, numbers["share"])
    renew()
    one = db.session.scalars(sa.select(FindableWork).where(FindableWork.person_id == cast.asha.id)).all()
    shown = {db.session.get_one(FindableItem, work.item_id).activity_id: work.visibility for work in one}
    assert shown[numbers["share"]] is Visibility.PUBLIC
    assert len({work.work_id for work in one}) == len(one) < len(numbers)


def test_an_edit_and_the_end_where_it_was_posted_are_followed(stage: Stage, cast: Cast, rules: Rules) -> None:
    post = said("feed:one", NOW, title="On Kubernetes", text=TEXT, url="https://blog.example/one")
    number = stage.says(cast.asha, post)[0]
    confirm(cast.asha, number)
    release(cast.asha, number)
    assert list(found(cast.asha)) == ["On Kubernetes"]
    stage.says(cast.asha, replace(post, title="On Kubernetes and etcd", text=f"{TEXT} etcd too."))
    assert found(cast.asha)["On Kubernetes and etcd"][1] >= {"etcd"}
    db.session.get_one(ActivityRow, number).deleted_at = NOW
    db.session.commit()
    assert found(cast.asha) == {}


def test_rules_derived_anew_are_found_by_their_new_topics(
    cast: Cast, article: Callable[..., int], rules: Rules
) -> None:
    number = article(cast.asha, "Both", TEXT)
    confirm(cast.asha, number)
    release(cast.asha, number)
    before = found(cast.asha)
    db.session.get_one(ActivityRow, number).tags = {"topics": ["etcd"]}
    db.session.commit()
    assert found(cast.asha) == {"Both": ("public", {"etcd"})}
    generation = sa.text("UPDATE generation SET fingerprint = 'other'")
    db.session.execute(generation)
    db.session.commit()
    remap.remap_now(rules, lambda: NOW, lambda done, left: None)
    assert found(cast.asha) == before


def test_nothing_of_who_goes_is_left(cast: Cast, article: Callable[..., int]) -> None:
    number = article(cast.asha, "Both", TEXT)
    confirm(cast.asha, number)
    release(cast.asha, number)
    assert len(found(cast.asha)) == 1
    erase_person(cast.asha, NOW, by=cast.adam.id)
    db.session.commit()
    renew()
    left = {one.__tablename__: db.session.scalar(sa.select(sa.func.count()).select_from(one)) for one in ALL}
    assert left == dict.fromkeys(left, 0)


ALL = (FindableItem, FindableWork, FindableTopic, FindableStale)


def test_again_changes_nothing(cast: Cast, article: Callable[..., int]) -> None:
    for number in [article(cast.asha, f"Part {n}", f"{TEXT} {n}") for n in range(3)]:
        confirm(cast.asha, number)
        release(cast.asha, number)
    before = found(cast.asha)
    db.session.add(FindableStale(person_id=cast.asha.id))
    db.session.commit()
    assert (found(cast.asha), len(works_of([cast.asha.id]))) == (before, 3)
