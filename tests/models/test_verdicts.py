"""A person's word on evidence: said, changed, taken back, kept; and nobody else's."""

import pytest

from advocacy.models import verdicts
from advocacy.models.base import Missing, db
from advocacy.models.evidence import Evidence, Verdict
from advocacy.models.words import Word
from tests.cast import Cast
from tests.ingest.scene import BLOG, Scene, expectation, rows


@pytest.fixture
def post(scene: Scene, cast: Cast) -> int:
    """A post of Asha's that is evidence for advocacy."""
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 1)
    scene.sweeps()
    found: int = rows(Evidence)[0].activity_id
    return found


def shown(scene: Scene, cast: Cast, sentence: int) -> list[tuple[Word | None, bool]]:
    return [(one.verdict, one.counted) for one in scene.exhibits(cast.asha, sentence)]


def test_a_word_is_shown_at_once_and_its_history_is_kept(scene: Scene, cast: Cast, post: int) -> None:
    sentence = expectation("advocacy")
    assert shown(scene, cast, sentence) == [(None, True)]
    for word, counted in ((Word.CONFIRMED, True), (Word.REJECTED, False), (None, True)):
        scene.later(minutes=1)
        scene.decides(cast.asha, post, sentence, word)
        assert shown(scene, cast, sentence) == [(word, counted)]
    assert [row.word for row in rows(Verdict)] == [Word.CONFIRMED, Word.REJECTED, None]
    assert [row.superseded_at is None for row in rows(Verdict)] == [False, False, True]
    assert [row.by_id for row in rows(Verdict)] == [cast.asha.id] * 3


@pytest.mark.parametrize("measured", [True, False])
def test_evidence_can_be_attached_by_hand_to_any_sentence(scene: Scene, cast: Cast, post: int, measured: bool) -> None:
    sentence = expectation("talks") if measured else scene.unmeasured()
    scene.decides(cast.asha, post, sentence, Word.CONFIRMED)
    [exhibit] = scene.exhibits(cast.asha, sentence)
    assert (exhibit.whys, exhibit.counted, exhibit.verdict) == (("You attached this yourself.",), True, Word.CONFIRMED)
    for word in (Word.CONFIRMED, Word.REJECTED):
        scene.decides(cast.asha, post, sentence, word)
    assert scene.exhibits(cast.asha, sentence) == []
    scene.decides(cast.asha, post, sentence, Word.CONFIRMED)
    scene.decides(cast.asha, post, sentence, None)
    assert scene.exhibits(cast.asha, sentence) == []


def test_what_was_attached_by_hand_outlives_an_edit(scene: Scene, cast: Cast, post: int) -> None:
    sentence = scene.unmeasured()
    scene.decides(cast.asha, post, sentence, Word.CONFIRMED)
    scene.blogs.edits(BLOG, 0, text="Mayastor on Kubernetes, told anew")
    scene.sweeps()
    [exhibit] = scene.exhibits(cast.asha, sentence)
    assert (exhibit.verdict, exhibit.edited_since) == (Word.CONFIRMED, True)
    scene.decides(cast.asha, post, sentence, Word.CONFIRMED)
    [exhibit] = scene.exhibits(cast.asha, sentence)
    assert exhibit.edited_since is False, "confirmed again as it is now"


def test_somebody_elses_activity_and_an_unknown_sentence_are_missing(scene: Scene, cast: Cast, post: int) -> None:
    for person, activity, sentence in (
        (cast.sven.id, post, expectation("advocacy")),
        (cast.asha.id, post + 1000, expectation("advocacy")),
        (cast.asha.id, post, 99_999),
    ):
        with pytest.raises(Missing):
            verdicts.decide(
                person_id=person,
                activity_id=activity,
                expectation_id=sentence,
                word=Word.CONFIRMED,
                by=person,
                now=scene.now,
            )
        db.session.rollback()
    assert rows(Verdict) == []
