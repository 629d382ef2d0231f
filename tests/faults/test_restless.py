"""Case 58: what changes at every poll is followed for a while, and then once a day."""

from datetime import timedelta

from advocacy.models.activities import ActivityRow
from tests.cast import Cast
from tests.ingest.scene import BLOG, Scene, dump, rows


def visits(scene: Scene, count: int, start: int = 0) -> list[int]:
    """So many hourly visits, the post another one at each; how many changes each visit took over."""
    took = []
    for number in range(start, start + count):
        scene.blogs.edits(BLOG, 0, text=f"Kubernetes, as of minute {number}")
        scene.later(hours=1)
        took.append(scene.sweeps()[BLOG].changed)
    return took


def test_case_58_what_changes_at_every_poll_stops_after_24_changes(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 2)
    scene.sweeps()
    assert visits(scene, 30) == [1] * 24 + [0] * 6
    restless, calm = rows(ActivityRow)
    assert (restless.text, restless.changes, calm.changes) == ("Kubernetes, as of minute 23", 24, 0)


def test_case_58_a_change_that_is_not_followed_touches_no_row(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 1)
    scene.sweeps()
    visits(scene, 24)
    before = dump()
    visits(scene, 1, start=24)
    assert dump() == before


def test_case_58_a_day_later_the_newest_words_are_taken_over(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 1)
    scene.sweeps()
    visits(scene, 25)
    scene.later(days=1)
    assert visits(scene, 2, start=25) == [1, 0]
    [restless] = rows(ActivityRow)
    assert (restless.text, scene.now - restless.changed_at) == ("Kubernetes, as of minute 25", timedelta(hours=1))
