"""Numbers told by machines and stated by people, side by side."""

from datetime import date, timedelta

import pytest

from advocacy.domain.activity import Kind, Platform
from advocacy.domain.period import parse
from advocacy.models import gains, numbers
from advocacy.models.activities import ActivityRow
from advocacy.models.base import Missing, db
from advocacy.models.gains import Gained
from advocacy.models.numbers import BadNumber, Point
from tests.cast import Cast
from tests.ingest.scene import BLOG, Scene, dump, rows, statements, writes

TODAY = date(2026, 11, 23)


@pytest.fixture
def item(scene: Scene, cast: Cast) -> int:
    """An article of Asha's that told of 10 views."""
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 1, metrics={"views": 10})
    scene.sweeps()
    return scene.activity()


def views(scene: Scene, count: int) -> None:
    scene.blogs.edits(BLOG, 0, metrics={"views": count})
    scene.sweeps()


def test_a_number_that_was_stated_stands_and_no_machine_changes_it(scene: Scene, cast: Cast, item: int) -> None:
    numbers.by_hand(cast.asha.id, item, "views", 400, TODAY, scene.now)
    db.session.commit()
    views(scene, 11)
    assert numbers.history(item) == [Point(TODAY, "views", 400, True)]
    assert dump("metric_snapshot")["metric_snapshot"] == [
        (item, "views", TODAY, False, 11),
        (item, "views", TODAY, True, 400),
    ]
    scene.later(days=1)
    views(scene, 12)
    assert numbers.history(item)[1:] == [Point(TODAY + timedelta(days=1), "views", 12, False)]


def test_a_number_can_be_stated_anew_and_taken_back(scene: Scene, cast: Cast, item: int) -> None:
    for value in (400, 410):
        numbers.by_hand(cast.asha.id, item, " slide  downloads ", value, TODAY, scene.now)
    machine = Point(TODAY, "views", 10, False)
    assert numbers.history(item) == [Point(TODAY, "slide downloads", 410, True), machine]
    numbers.by_hand(cast.asha.id, item, "slide downloads", None, TODAY, scene.now)
    assert numbers.history(item) == [machine]


def test_only_what_can_be_is_taken_and_only_of_ones_own(scene: Scene, cast: Cast, item: int) -> None:
    for metric, value, day in [
        ("views", -1, TODAY),
        (" ", 1, TODAY),
        ("views", 2**63, TODAY),
        ("views", 1, TODAY + timedelta(days=2)),
        ("views", 1, date(1990, 1, 1)),
    ]:
        with pytest.raises(BadNumber):
            numbers.by_hand(cast.asha.id, item, metric, value, day, scene.now)
    with pytest.raises(Missing):
        numbers.by_hand(cast.lena.id, item, "views", 1, TODAY, scene.now)


def test_a_road_that_tells_of_fewer_numbers_takes_none_away(scene: Scene, cast: Cast, item: int) -> None:
    scene.blogs.edits(BLOG, 0, metrics={}, text="OpenEBS on Kubernetes, edited")
    assert scene.sweeps()[BLOG].changed == 1
    assert [dict(row.metrics) for row in rows(ActivityRow)] == [{"views": 10}]
    with statements() as sent:
        scene.later(hours=2)
        scene.blogs.rereads = True
        scene.sweeps()
    assert writes(sent) == []


def test_a_wavering_score_writes_no_row(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 1, platform=Platform.REDDIT, kind=Kind.POST, metrics={"score": 10})
    scene.sweeps()
    before = dump()
    for score, expected in ((12, 10), (9, 10), (13, 13)):
        scene.blogs.edits(BLOG, 0, metrics={"score": score})
        with statements() as sent:
            scene.later(days=1)
            scene.sweeps()
        assert (writes(sent) == [], dump() == before) == ((score != 13), (score != 13))
        assert [row.metrics["score"] for row in rows(ActivityRow)] == [expected]


def test_what_a_person_gained_is_the_sum_of_what_is_known(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 3, metrics={"views": 10})  # born in October
    old = scene.now - timedelta(days=200)
    scene.blogs.posts(BLOG, 2, metrics={"views": 100}, at=old.replace(microsecond=0))
    scene.sweeps()
    quarter = parse("2026-Q4")
    assert gains.gained_in(cast.asha.id, quarter) == {"views": Gained(30, 3, 2)}
    first_old = next(row.id for row in rows(ActivityRow) if row.at < scene.now - timedelta(days=100))
    numbers.by_hand(cast.asha.id, first_old, "views", 60, date(2026, 9, 1), scene.now)
    numbers.by_hand(cast.asha.id, first_old, "views", 70, date(2026, 9, 20), scene.now)
    db.session.commit()
    assert gains.gained_in(cast.asha.id, quarter) == {"views": Gained(60, 4, 1)}
    assert gains.gained_in(cast.asha.id, parse("2026-Q3")) == {"views": Gained(0, 0, 1)}
    assert gains.gained_in(cast.lena.id, quarter) == {}
    born = {row.id: row.at.date() for row in rows(ActivityRow)}
    assert gains.gained_of(born, quarter) == {
        key: {"views": 30 if key == first_old else 10} for key in born if born[key].month != 5 or key == first_old
    }
    assert gains.gained_of({}, quarter) == {}
