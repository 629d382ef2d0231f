"""Evidence derived anew: pages never go blank, a killed one goes on, and nothing said or new is lost."""

import threading
import time
from collections.abc import Callable, Sequence
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy import remap as room
from advocacy.domain.activity import Platform
from advocacy.domain.rulebook import Strength
from advocacy.models import derivation, exhibits, generations, ladder_import, learned, sqlite
from advocacy.models.base import db
from advocacy.models.derivation import Judged
from advocacy.models.evidence import Evidence, Generation
from advocacy.models.fact import Owner
from advocacy.models.generations import LIVE
from advocacy.models.learned import LearnedRule
from advocacy.models.words import Word
from advocacy.remap import remap, remap_if_stale, remap_now
from advocacy.rules import Rules
from ingest.pipeline import store
from ingest.prepare import Reader, prepare
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.platform import post
from tests.ingest.scene import BLOG, Scene, dump, expectation, rows

POSTS = 25


class Killed(BaseException):
    """The process ended here."""


@pytest.fixture
def scene(app: Flask, rules: Rules, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Twenty-five posts of Asha's, all evidence for one sentence; a batch is ten."""
    monkeypatch.setattr(room, "BATCH", 10)
    scene = Scene(app, rules, NOW)
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, POSTS)
    remap_now(rules, lambda: NOW, lambda done, left: None)
    scene.sweeps()
    return scene


def live(scene: Scene) -> dict[int, int]:
    """What a reader in a connection of its own counts for each sentence."""
    query = sa.select(Evidence.expectation_id, sa.func.count()).where(Evidence.generation_id == LIVE.scalar_subquery())
    with sqlite.reading(), db.engine.connect() as reader:
        return {row[0]: row[1] for row in reader.execute(query.group_by(Evidence.expectation_id))}


def swap_sentences() -> tuple[int, int]:
    """Correct the ladder: what the posts proved is another sentence now."""
    old, new = expectation("advocacy"), expectation("personas")
    ladder_import.correct(old, None, "", None, NOW)
    ladder_import.correct(new, "advocacy", "strong", None, NOW)
    db.session.commit()
    return old, new


def again(scene: Scene, step: Callable[[int, int], None] = lambda done, left: None) -> int:
    done = remap(scene.rules, lambda: scene.now, step)
    db.session.rollback()
    return done


def test_pages_show_all_the_old_evidence_until_they_show_all_the_new(scene: Scene) -> None:
    old, new = swap_sentences()
    seen = []

    def look(done: int, left: int) -> None:
        db.session.rollback()
        seen.append((done, left, live(scene)))

    assert again(scene, look) == POSTS
    assert seen == [(10, 15, {old: POSTS}), (20, 5, {old: POSTS}), (25, 0, {old: POSTS})]
    assert live(scene) == {new: POSTS}


def test_the_old_generations_rows_are_deleted(scene: Scene) -> None:
    swap_sentences()
    again(scene)
    assert {row.generation_id for row in rows(Evidence)} == {rows(Generation)[-1].id}
    assert [row.retired_at is None for row in rows(Generation)][-1:] == [True]


def test_a_killed_one_goes_on_where_it_stopped(scene: Scene) -> None:
    old, new = swap_sentences()

    def die(done: int, left: int) -> None:
        if done == 20:
            raise Killed

    with pytest.raises(Killed):
        again(scene, die)
    db.session.rollback()
    assert live(scene) == {old: POSTS}
    assert again(scene) == 5
    assert live(scene) == {new: POSTS}


def test_what_one_that_was_killed_after_its_swap_left_is_deleted_by_the_next_start(scene: Scene) -> None:
    _, new = swap_sentences()
    with pytest.raises(RuntimeError), scene.breaking("DELETE FROM evidence WHERE evidence.generation_id IN"):
        again(scene)
    db.session.rollback()
    assert (live(scene), len({row.generation_id for row in rows(Evidence)})) == ({new: POSTS}, 2)
    remap_now(scene.rules, lambda: scene.now, lambda done, left: None)
    assert {row.generation_id for row in rows(Evidence)} == {rows(Generation)[-1].id}


def test_one_begun_with_other_rules_is_dropped(scene: Scene) -> None:
    _, new = swap_sentences()

    def change(done: int, left: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        again(scene, change)
    db.session.rollback()
    third = expectation("talks")
    ladder_import.correct(new, None, "", None, NOW)
    ladder_import.correct(third, "advocacy", "strong", None, NOW)
    db.session.commit()
    assert again(scene) == POSTS
    assert live(scene) == {third: POSTS}
    assert len({row.generation_id for row in rows(Evidence)}) == 1


def test_what_arrives_meanwhile_is_in_both_generations(scene: Scene, cast: Cast) -> None:
    old, new = swap_sentences()
    scene.connects(cast.lena, "https://lena.example")
    scene.blogs.posts("https://lena.example", 7)
    seen = []

    def pull(done: int, left: int) -> None:
        db.session.rollback()
        if done == 20:
            scene.elsewhere(scene.sweeps)
            seen.append(live(scene))

    again(scene, pull)
    # the running worker knows the corrected sentences already, the live generation keeps what it had
    assert seen == [{old: POSTS, new: 7}]
    assert live(scene) == {new: POSTS + 7}


def test_verdicts_survive_also_on_what_was_attached_by_hand(scene: Scene, cast: Cast) -> None:
    confirmed, rejected, by_hand, *_ = [row.id for row in sorted(rows(Evidence), key=lambda row: row.activity_id)]
    first, second, third = (db.session.get_one(Evidence, one).activity_id for one in (confirmed, rejected, by_hand))
    sentence, unmeasured = expectation("advocacy"), scene.unmeasured()
    scene.decides(cast.asha, first, sentence, Word.CONFIRMED)
    scene.decides(cast.asha, second, sentence, Word.REJECTED)
    scene.decides(cast.asha, third, unmeasured, Word.CONFIRMED)
    _, new = swap_sentences()
    again(scene)
    words = {(row.activity_id, row.expectation_id): (row.verdict, row.rule) for row in rows(Evidence)}
    assert words[first, sentence] == (Word.CONFIRMED, None), "the rule says no more, the person still does"
    assert (second, sentence) not in words
    assert words[third, unmeasured] == (Word.CONFIRMED, None)
    assert words[first, new] == (None, "advocacy")

    ladder_import.correct(sentence, "advocacy", "strong", None, NOW)
    db.session.commit()
    again(scene)
    words = {(row.activity_id, row.expectation_id): (row.verdict, row.rule) for row in rows(Evidence)}
    assert words[first, sentence] == (Word.CONFIRMED, "advocacy")
    assert words[second, sentence] == (Word.REJECTED, "advocacy")


def test_a_verdict_said_meanwhile_is_in_the_new_evidence(scene: Scene, cast: Cast) -> None:
    activities = sorted({row.activity_id for row in rows(Evidence)})
    sentence, asha = expectation("advocacy"), cast.asha.id
    db.session.rollback()

    def say(done: int, left: int) -> None:
        db.session.rollback()
        if done == 10:
            for activity_id in (activities[0], activities[-1]):  # one derived already, one not yet
                scene.elsewhere(lambda one=activity_id: scene.decides(asha, one, sentence, Word.CONFIRMED))  # type: ignore[misc]

    again(scene, say)
    confirmed = [row.activity_id for row in rows(Evidence) if row.verdict is Word.CONFIRMED]
    assert sorted(confirmed) == [activities[0], activities[-1]]


def test_who_was_killed_after_the_swap_is_asked_again_and_leaves_nothing_behind(scene: Scene) -> None:
    swap_sentences()
    again(scene)
    before = dump("evidence")
    generations.begin(scene.rules.fingerprint, NOW)  # what such a one had begun before it was killed once more
    db.session.commit()
    assert remap_if_stale(scene.rules, lambda: scene.now, lambda done, left: None) == 0
    assert (dump("evidence"), len(generations.written())) == (before, 1)


def test_what_was_dropped_meanwhile_never_comes_live(scene: Scene) -> None:
    """We lost the job, and somebody else goes on with it by other rules."""
    swap_sentences()
    was_live = live(scene)

    def drop(done: int, left: int) -> None:
        db.session.rollback()
        if not left:
            scene.elsewhere(lambda: generations.drop_filling(scene.now))

    again(scene, drop)
    assert live(scene) == was_live


def test_changed_rules_make_the_evidence_stale_until_it_is_derived_anew(scene: Scene, cast: Cast) -> None:
    rulebook, vocabulary = scene.rules.rulebook, scene.rules.vocabulary
    scene.rules = Rules(rulebook, vocabulary, "a newer rulebook")
    assert generations.is_stale("a newer rulebook")
    done = remap_now(scene.rules, lambda: NOW, lambda done, left: None)
    assert (done, generations.is_stale("a newer rulebook")) == (POSTS, False)
    assert remap_now(scene.rules, lambda: NOW, lambda done, left: None) == 0
    found = exhibits.of(cast.asha.id, expectation("advocacy"), date(2020, 1, 1), date(2030, 1, 1))
    assert ({one.strength for one in found}, len(found)) == ({Strength.STRONG}, POSTS)


def test_what_somebody_stores_while_it_begins_is_not_lost(scene: Scene, cast: Cast) -> None:
    account = scene.connects(cast.lena, "https://lena.example")
    owner, subscription = Owner(account.id, cast.lena.id, "UTC"), account.subscription_id or 0
    _, new = swap_sentences()
    stored, go = threading.Event(), threading.Event()

    def write() -> None:
        with scene.app.app_context():
            store(prepare([post(500)], [Reader(owner)], scene.rules), (), subscription, scene.now)
            stored.set()
            go.wait(5)
            db.session.commit()

    def derive() -> None:
        with scene.app.app_context():
            again(scene)

    writer, deriver = threading.Thread(target=write), threading.Thread(target=derive)
    writer.start()
    assert stored.wait(5)
    deriver.start()
    deriver.join(0.3)
    assert deriver.is_alive(), "it waits for who writes"
    go.set()
    writer.join()
    deriver.join()
    assert live(scene) == {new: POSTS + 1}


def test_a_rule_made_while_a_batch_is_written_puts_aside_what_is_in_it_too(
    scene: Scene, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody asks for the batch before it is committed; the rule has to wait for it."""
    swap_sentences()
    asha, written, go = cast.asha.id, threading.Event(), threading.Event()

    def slowly(judged: Sequence[Judged], into: Sequence[int]) -> None:
        derivation.derive(judged, into)
        written.set()
        assert go.wait(10)

    def rebuild() -> None:
        with scene.app.app_context():
            remap_now(scene.rules, lambda: NOW, lambda done, left: None)

    def learn() -> None:
        assert written.wait(10)
        with scene.app.app_context():
            learned.keep(LearnedRule(person_id=asha, platform=Platform.FEED, at=NOW))
            db.session.commit()

    monkeypatch.setattr(room, "derive", slowly)
    db.session.remove()
    threads = [threading.Thread(target=work) for work in (rebuild, learn)]
    for thread in threads:
        thread.start()
    assert written.wait(10)
    time.sleep(0.3)  # as long as a rule that waits for nobody would take
    go.set()
    for thread in threads:
        thread.join(30)
    said = sa.select(Evidence.verdict).where(Evidence.generation_id == LIVE.scalar_subquery()).distinct()
    assert db.session.scalars(said).all() == [Word.REJECTED]
