"""What people log themselves becomes an activity like any other, and outlives the accounts that bring it, too."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy import recording
from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.models import Missing, db, erasure, offers, verdicts
from advocacy.models.accounts import Account
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.evidence import Evidence
from advocacy.models.people import Person
from advocacy.models.words import Part, Word
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.scene import BLOG, Scene, rows

NOTE = Activity(
    ref="hand:1",
    kind=Kind.LEARNING,
    platform=Platform.MANUAL,
    at=NOW,
    title="What I learned of etcd",
    text="Compaction and defragmentation of etcd.",
)


def evidence(person: Person) -> list[tuple[str | None, str, Word | None]]:
    query = sa.select(Evidence.rule, Evidence.facet, Evidence.verdict).where(Evidence.person_id == person.id)
    return [(row.rule, row.facet, row.verdict) for row in db.session.execute(query.order_by(Evidence.facet))]


def test_what_is_logged_supports_its_sentence_at_once(cast: Cast, rules: Rules) -> None:
    recording.record(NOTE, {cast.asha.id: Part.AUTHOR}, NOW, rules)
    assert ("learn-train", "learned/etcd", None) in evidence(cast.asha)


def test_told_again_it_says_what_it_says_now(cast: Cast, rules: Rules) -> None:
    first = recording.record(NOTE, {cast.asha.id: Part.AUTHOR}, NOW, rules)
    again = replace(NOTE, title="What I learned of Ceph", text="How placement groups of Ceph move.")
    assert recording.record(again, {cast.asha.id: Part.AUTHOR}, NOW, rules) == first
    assert [facet for _, facet, _ in evidence(cast.asha)] == ["learned/ceph"]


def test_who_joins_has_it_too_and_who_leaves_last_takes_it_along(cast: Cast, rules: Rules) -> None:
    number = recording.record(NOTE, {cast.asha.id: Part.AUTHOR}, NOW, rules)
    recording.join(number, cast.lena.id, Part.CO_AUTHOR, rules)
    assert evidence(cast.lena) == evidence(cast.asha)
    recording.leave(number, cast.asha.id)
    assert (evidence(cast.asha), db.session.get(ActivityRow, number) is not None) == ([], True)
    recording.leave(number, cast.lena.id)
    assert db.session.get(ActivityRow, number) is None


def test_somebody_unknown_cannot_have_it(cast: Cast, rules: Rules) -> None:
    with pytest.raises(Missing):
        recording.record(NOTE, {2**30: Part.AUTHOR}, NOW, rules)


def test_a_pasted_link_of_what_a_source_brought_stays_as_the_source_told_it(
    app: Flask, cast: Cast, rules: Rules
) -> None:
    scene = Scene(app, rules, NOW)
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 1)
    scene.sweeps()
    [row] = rows(ActivityRow)
    title = row.title
    pasted = replace(NOTE, ref=row.ref, title="typed over")
    assert recording.record(pasted, {cast.asha.id: Part.AUTHOR}, NOW, rules) == row.id
    assert row.title == title
    db.session.commit()
    erasure.erase(rows(Account)[0])
    query = sa.select(ActivityPerson.person_id, ActivityPerson.by_hand)
    assert [tuple(one) for one in db.session.execute(query)] == [(cast.asha.id, True)]


def test_a_word_may_say_as_what_it_counts_and_is_taken_back_whole(cast: Cast, rules: Rules) -> None:
    number = recording.record(NOTE, {cast.asha.id: Part.AUTHOR}, NOW, rules)
    sentence = db.session.scalar(sa.select(Evidence.expectation_id).where(Evidence.facet == "learned/etcd"))
    assert sentence is not None
    asha = cast.asha.id

    def say(word: Word | None, facet: str | None = None) -> None:
        verdicts.decide(
            person_id=asha,
            activity_id=number,
            expectation_id=sentence,
            word=word,
            by=asha,
            now=NOW,
            facet=facet,
        )

    say(Word.CONFIRMED, "taught/etcd")
    chosen = [(None, "taught/etcd", Word.CONFIRMED)]
    here = Evidence.expectation_id == sentence
    query = sa.select(Evidence.rule, Evidence.facet, Evidence.verdict).where(here).order_by(Evidence.facet)
    said = [("learn-train", "learned/etcd", Word.REJECTED), *chosen]
    assert [tuple(row) for row in db.session.execute(query)] == said
    recording.record(NOTE, {cast.asha.id: Part.AUTHOR}, NOW, rules)
    assert [tuple(row) for row in db.session.execute(query)] == said
    say(None)
    assert [tuple(row) for row in db.session.execute(query)] == [("learn-train", "learned/etcd", None)]


def test_what_is_offered_waits_for_the_answer_of_whom_it_was_offered(cast: Cast, rules: Rules) -> None:
    number = recording.record(NOTE, {cast.asha.id: Part.AUTHOR}, NOW, rules)
    made = offers.offer(number, cast.lena.id, Part.CO_SPEAKER, "Asha says you spoke, too", by=cast.asha.id, now=NOW)
    assert offers.offer(number, cast.lena.id, Part.CO_AUTHOR, "", by=cast.asha.id, now=NOW) is made
    assert [(one.id, one.by, one.title) for one in offers.waiting(cast.lena.id)] == [(made.id, "Asha Rao", NOTE.title)]
    with pytest.raises(Missing):
        offers.answer(made.id, cast.sven.id, taken=True, now=NOW)
    offers.answer(made.id, cast.lena.id, taken=True, now=NOW)
    assert offers.waiting(cast.lena.id) == []
