"""Fault case 59: two sources, one work – it counts once, nothing is lost, and a person has the last word."""

from datetime import timedelta

import pytest

from advocacy.domain.period import parse
from advocacy.models import work_choices
from advocacy.models.activities import ActivityRow
from advocacy.models.base import db
from advocacy.models.board import board
from advocacy.models.evidence import Evidence
from tests.cast import Cast
from tests.ingest.platform import post
from tests.ingest.scene import BLOG, Scene, rows

TITLE = "What we learned of storage on Kubernetes"
PLANET, NOTES = "https://planet.example/feed", "https://notes.example/feed"


def counted(scene: Scene, cast: Cast) -> int:
    """How many works count for advocacy."""
    db.session.rollback()
    lines = board(cast.asha, parse("2026-Q4"), scene.now, scene.rules).lines
    return next(line.progress.counted for line in lines if line.rule == "advocacy")


def works() -> list[set[str]]:
    """The refs of those that stand in one work."""
    found: dict[int, set[str]] = {}
    for row in rows(ActivityRow):
        if row.work_id is not None:
            found.setdefault(row.work_id, set()).add(row.ref)
    return list(found.values())


@pytest.fixture
def copies(scene: Scene, cast: Cast) -> Scene:
    """A post on Asha's blog, and the same on a planet that carries it under an id of its own."""
    for address in (BLOG, PLANET):
        scene.connects(cast.asha, address)
    scene.blogs.posts(BLOG, title=TITLE)
    scene.blogs.posts(PLANET, title=TITLE, url=post(0).url, channel="planet.example")
    return scene


def test_case_59_one_post_in_two_feeds_is_two_rows_and_one_work(copies: Scene, cast: Cast) -> None:
    copies.sweeps()
    assert len(rows(ActivityRow)) == 2
    assert works() == [{f"feed:{BLOG}/0", f"feed:{PLANET}/0"}]
    assert {row.work_id for row in rows(Evidence)} == {min(row.id for row in rows(ActivityRow))}
    assert counted(copies, cast) == 1


def test_case_59_whichever_source_comes_first_and_however_often_they_come(copies: Scene, cast: Cast) -> None:
    copies.blogs.fails_after(BLOG)
    copies.sweeps()
    assert (works(), counted(copies, cast)) == ([], 1)
    copies.blogs.recovers(BLOG)
    for _ in range(3):
        copies.later(hours=30)
        copies.sweeps()
        assert works() == [{f"feed:{BLOG}/0", f"feed:{PLANET}/0"}]
    assert counted(copies, cast) == 1


def test_case_59_a_copy_that_names_the_original_is_folded_whatever_it_is_called(scene: Scene, cast: Cast) -> None:
    for address in (BLOG, NOTES):
        scene.connects(cast.asha, address)
    [original] = scene.blogs.posts(BLOG)
    scene.blogs.posts(NOTES, title="Another name", url="https://notes.example/1", shares=(original.url,))
    scene.sweeps()
    assert works() == [{original.ref, f"feed:{NOTES}/0"}]
    assert {row.work_why for row in rows(ActivityRow)} & {"links to blog.example/0", "linked from notes.example/1"}


def test_case_59_other_posts_of_the_two_sources_stay_works_of_their_own(copies: Scene, cast: Cast) -> None:
    copies.blogs.posts(BLOG, 2)
    copies.blogs.posts(PLANET, 2, title="Short", url="https://planet.example/x")
    copies.sweeps()
    assert (len(rows(ActivityRow)), len(works()), counted(copies, cast)) == (6, 1, 5)


def test_case_59_a_person_who_says_they_are_two_is_believed_for_good(copies: Scene, cast: Cast) -> None:
    copies.sweeps()
    one = rows(ActivityRow)[1].id
    work_choices.split(cast.asha.id, one, copies.now)
    db.session.commit()
    assert counted(copies, cast) == 2
    copies.blogs.edits(PLANET, 0, text="Mayastor on Kubernetes, told anew")
    copies.later(hours=30)
    copies.sweeps()
    assert (works(), counted(copies, cast)) == ([], 2)
    assert work_choices.undo(cast.asha.id, one, copies.now + timedelta(hours=1))
    db.session.commit()
    assert counted(copies, cast) == 1


def test_case_59_one_feed_that_two_people_read_is_a_work_of_each(scene: Scene, cast: Cast) -> None:
    for person in (cast.asha, cast.sven):
        scene.connects(person)
    scene.connects(cast.asha, PLANET)
    scene.blogs.posts(BLOG, title=TITLE)
    scene.blogs.posts(PLANET, title=TITLE, url=post(0).url)
    scene.sweeps()
    assert counted(scene, cast) == 1
    db.session.rollback()
    lines = board(cast.sven, parse("2026-Q4"), scene.now, scene.rules).lines
    assert next(line.progress.counted for line in lines if line.rule == "advocacy") == 1
