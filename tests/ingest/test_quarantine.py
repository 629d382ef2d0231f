"""What could not be stored: kept within bounds, no longer told when it came well, and mended after a fix."""

from datetime import UTC, datetime

import pytest

from advocacy.domain.health import Outcome
from advocacy.models.activities import ActivityRow, PassedOver, Quarantined
from advocacy.models.base import db
from ingest import quarantine
from ingest.retry import Retried, retry
from ingest.source import Page, Unreadable
from tests.cast import Cast
from tests.ingest.platform import OFF_TOPIC, post
from tests.ingest.scene import BLOG, Scene, rows

NO_DATE = datetime(1, 1, 1, tzinfo=UTC)
OTHER = "https://other.example/feed"


def unreadable(n: int, raw: str = "<item/>") -> Unreadable:
    return Unreadable(ref=f"feed:{n}", reason="no date", raw=raw)


def left() -> list[tuple[str, str]]:
    db.session.rollback()
    return [(row.address, row.reason) for row in quarantine.waiting()]


def test_after_a_fix_the_raw_forms_are_judged_and_stored_without_asking_the_source(
    scene: Scene, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as fault:
        fault.setattr("ingest.prepare.normal", lambda activity: activity)  # a fault of ours: poison is let through
        scene.connects(cast.asha)
        bad = (post(1, title="\ud800 one"), post(2, OFF_TOPIC, title="\ud800 two"), post(3))
        scene.blogs.says(BLOG, Page(address=BLOG, activities=bad, cursor={"read": 3}))
        pull = scene.sweeps()[BLOG]
    assert (pull.new, pull.poison) == (1, 1)  # what is passed over keeps no title, so two is none
    scene.later(days=1)
    assert retry(scene.rules, scene.now) == Retried(mended=1)
    assert scene.items_of(cast.asha) == [" one", "Post 3"]
    assert (rows(Quarantined), len(scene.blogs.asked)) == ([], 1)
    assert retry(scene.rules, scene.now) == Retried()


def test_what_is_refused_again_waits_on_and_costs_the_others_nothing(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.says(BLOG, Page(address=BLOG, activities=(post(1, at=NO_DATE), post(2, at=NO_DATE), post(3))))
    scene.sweeps()
    [one, two] = rows(Quarantined)
    refused = two.ref_hash
    one.raw = one.raw.replace(b"0001-01-01", b"2026-11-10")  # as a later version would read it
    db.session.commit()
    assert retry(scene.rules, scene.now) == Retried(mended=1, refused=1)
    assert [row.ref_hash for row in rows(Quarantined)] == [refused]
    assert scene.items_of(cast.asha) == ["Post 3", "Post 1"]


def test_what_only_its_source_can_read_is_asked_for_again_whole(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.connects(cast.asha, OTHER)
    scene.blogs.posts(BLOG, 2)
    scene.blogs.posts(OTHER, 1)
    scene.blogs.garbles(BLOG, raw="<item>Kubernetes</item>")
    scene.sweeps()
    scene.later(minutes=1)
    assert retry(scene.rules, scene.now) == Retried(asked_again=1)
    assert (scene.subscription(BLOG).next_due, scene.subscription(OTHER).next_due) != (scene.now, scene.now)
    assert scene.subscription(BLOG).next_due == scene.now
    scene.sweeps()
    assert [polled.cursor.get("again") for polled in scene.blogs.asked if polled.address == BLOG][-1] is True
    assert left() == [(BLOG, "no date")]


@pytest.mark.parametrize("text", [None, OFF_TOPIC], ids=["stored", "passed over"])
def test_what_came_well_at_a_later_visit_is_no_longer_told(scene: Scene, cast: Cast, text: str | None) -> None:
    scene.connects(cast.asha)
    good = post(1) if text is None else post(1, text)
    scene.blogs.says(BLOG, *(Page(address=BLOG, activities=(one, post(2))) for one in (post(1, at=NO_DATE), good)))
    scene.sweeps()
    assert [address for address, _ in left()] == [BLOG]
    scene.later(hours=2)
    scene.sweeps()
    assert (left(), len(rows(ActivityRow)) + len(rows(PassedOver))) == ([], 2)
    assert retry(scene.rules, scene.now) == Retried()
    assert rows(Quarantined) == []


def test_what_was_well_and_is_poison_now_waits_with_its_newest_form(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    bad = [post(1, at=NO_DATE, title=title) for title in ("first", "second")]
    scene.blogs.says(BLOG, *(Page(address=BLOG, activities=(one, post(2))) for one in (post(1), *bad, bad[1])))
    scene.sweeps()
    for title in ("first", "second", "second"):
        scene.later(hours=2)
        assert scene.sweeps()[BLOG].outcome is Outcome.OK
        [row] = rows(Quarantined)
        assert title.encode() in row.raw
    assert (len(left()), row.seen_at < scene.now) == (1, True)  # the same form again is not written again
    assert scene.items_of(cast.asha) == ["Post 1", "Post 2"]


def test_a_strangers_poison_on_a_shared_blog_is_kept_in_no_form(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha, author="Asha Rao")
    bad = (post(1, at=NO_DATE, authors=("Otto",)), post(2, at=NO_DATE, authors=("Asha Rao",)), post(3))
    scene.blogs.says(BLOG, Page(address=BLOG, activities=bad))
    pull = scene.sweeps()[BLOG]
    assert (pull.seen, pull.skipped, pull.poison) == (3, 2, 1)
    assert [b"Post 2" in row.raw for row in rows(Quarantined)] == [True]


def test_of_one_address_only_the_newest_two_hundred_are_kept(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.connects(cast.asha, OTHER)
    mine, other = scene.subscription(BLOG).id, scene.subscription(OTHER).id
    quarantine.keep(other, [unreadable(0)], scene.now)
    for start in (0, 150, 300):
        scene.later(hours=1)
        quarantine.keep(mine, [unreadable(n, f"<item>{n}</item>") for n in range(start, start + 150)], scene.now)
    db.session.commit()
    kept = {row.raw for row in rows(Quarantined) if row.subscription_id == mine}
    assert kept == {f"<item>{n}</item>".encode() for n in range(250, 450)}
    assert len([row for row in rows(Quarantined) if row.subscription_id == other]) == 1


def test_who_left_meanwhile_gets_nothing_of_it(scene: Scene, cast: Cast) -> None:
    account = scene.connects(cast.asha)
    scene.blogs.says(BLOG, Page(address=BLOG, activities=(post(1, at=NO_DATE), post(2))))
    scene.sweeps()
    [row] = rows(Quarantined)
    row.raw = row.raw.replace(b"0001-01-01", b"2026-11-10")
    account.paused_at = scene.now
    db.session.commit()
    assert retry(scene.rules, scene.now) == Retried(mended=1)
    assert (scene.items_of(cast.asha), rows(Quarantined)) == (["Post 2"], [])
