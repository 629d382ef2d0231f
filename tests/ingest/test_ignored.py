"""A person's own words: what says one of them is not kept, and what was kept goes."""

import pytest

from advocacy.models import connect, db
from advocacy.models.activities import ActivityRow, PassedOver
from advocacy.models.words import Word
from tests.cast import Cast
from tests.ingest.platform import ON_TOPIC
from tests.ingest.scene import BLOG, Scene, dump, rows

RUN = f"{ON_TOPIC}, and the marathon"


def ignores(scene: Scene, account_id: int, person_id: int, *words: str) -> int:
    gone = connect.ignore(account_id, person_id, list(words), scene.now)
    db.session.commit()
    return gone


def test_what_says_a_word_is_noted_without_its_text(scene: Scene, cast: Cast) -> None:
    ignores(scene, scene.connects(cast.asha).id, cast.asha.id, "marathon")
    scene.blogs.posts(BLOG, 1)
    scene.blogs.posts(BLOG, 1, RUN)
    pull = scene.sweeps()[BLOG]
    assert (pull.new, pull.skipped, scene.items_of(cast.asha)) == (1, 1, ["Post 0"])
    assert [row.reason for row in rows(PassedOver)] == ["it says a word that its person ignores"]
    assert "marathon" not in repr(dump("passed_over", "activity"))


def test_a_second_reading_writes_nothing_of_it(scene: Scene, cast: Cast) -> None:
    ignores(scene, scene.connects(cast.asha).id, cast.asha.id, "marathon")
    scene.blogs.posts(BLOG, 2, RUN)
    scene.blogs.rereads = True
    scene.sweeps()
    before = dump("passed_over", "activity")
    scene.later(hours=2)
    assert scene.sweeps()[BLOG].skipped == 2
    assert dump("passed_over", "activity") == before


def test_what_was_kept_goes_unless_it_was_confirmed(scene: Scene, cast: Cast) -> None:
    account = scene.connects(cast.asha).id
    scene.blogs.posts(BLOG, 3, RUN)
    scene.blogs.posts(BLOG, 1)
    scene.sweeps()
    first = db.session.query(ActivityRow.id).filter_by(title="Post 0").scalar()
    scene.decides(cast.asha, first, scene.unmeasured(), Word.CONFIRMED)
    assert ignores(scene, account, cast.asha.id, "marathon") == 2
    assert scene.items_of(cast.asha) == ["Post 0", "Post 3"]
    scene.sweeps()
    assert scene.items_of(cast.asha) == ["Post 0", "Post 3"]


def test_words_taken_back_are_read_again(scene: Scene, cast: Cast) -> None:
    account = scene.connects(cast.asha).id
    ignores(scene, account, cast.asha.id, "marathon")
    scene.blogs.posts(BLOG, 2, RUN)
    scene.sweeps()
    ignores(scene, account, cast.asha.id)
    scene.sweeps()
    assert (scene.items_of(cast.asha), rows(PassedOver)) == (["Post 0", "Post 1"], [])


def test_one_persons_words_are_not_another_persons(scene: Scene, cast: Cast) -> None:
    ignores(scene, scene.connects(cast.asha).id, cast.asha.id, "marathon")
    scene.connects(cast.lena)
    scene.blogs.posts(BLOG, 1, RUN)
    scene.sweeps()
    assert (scene.items_of(cast.asha), scene.items_of(cast.lena)) == ([], ["Post 0"])


def test_what_another_source_of_hers_brought_too_stays(scene: Scene, cast: Cast) -> None:
    account = scene.connects(cast.asha).id
    scene.connects(cast.asha, author="Asha")
    scene.blogs.posts(BLOG, 1, RUN, authors=("Asha",))
    scene.sweeps()
    ignores(scene, account, cast.asha.id, "marathon")
    assert scene.items_of(cast.asha) == ["Post 0"]


def test_nobody_names_words_for_somebody_elses_account(scene: Scene, cast: Cast) -> None:
    account = scene.connects(cast.asha).id
    with pytest.raises(LookupError):
        ignores(scene, account, cast.sven.id, "marathon")
