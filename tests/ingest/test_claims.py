"""Who works on what: one claimer each, dead ones replaced, zombies shut out; and how an address fares over time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from advocacy.domain.health import Health, Outcome
from advocacy.models.accounts import Gap
from advocacy.models.base import db
from advocacy.models.runs import Pull
from ingest import claims
from ingest.batches import Room
from ingest.claims import EVERY, Claim
from ingest.selection import Selection
from ingest.source import AccountGone, Page, Refused, SourceError, TryLater
from ingest.sweep import begin
from tests.cast import Cast
from tests.ingest.platform import post
from tests.ingest.scene import BLOG, Scene, due, rows

ALL, DUE = Selection(due_only=False), Selection()
LEASE = timedelta(minutes=5)


def claim(scene: Scene, selection: Selection = ALL, limit: int = 10) -> list[Claim]:
    found = claims.claim(selection, Room(batches=limit), begin(scene.hands, "test"), scene.now, LEASE)
    db.session.rollback()
    return [one for batch in found for one in batch]


def test_the_next_visit_is_moved_before_the_request_and_a_killed_pull_is_done_when_its_lease_ends(
    scene: Scene, cast: Cast
) -> None:
    scene.connects(cast.asha)
    [first] = claim(scene, DUE)
    assert (scene.subscription().next_due, claim(scene)) == (scene.now + LEASE, [])
    scene.later(minutes=5)
    [second] = claim(scene, DUE)
    assert (second.subscription_id, second.token != first.token) == (first.subscription_id, True)
    assert scene.subscription().next_due == scene.now + EVERY, "what killed one of us already waits longer"
    assert [row.outcome for row in rows(Pull)] == [Outcome.LOST, Outcome.LOST]


def test_what_a_platform_asked_us_to_wait_for_is_waited_for_even_when_all_is_read(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    for error in (TryLater("429", at=scene.now + timedelta(hours=5), ours=True), TryLater("503", at=None)):
        if error.at is None:
            error.at = scene.now + timedelta(hours=5)
        scene.blogs.says(BLOG, error)
        assert set(scene.sweeps(ALL)) == {BLOG}
        assert (scene.sweeps(ALL), scene.subscription().held_until) == ({}, error.at)
        assert due(scene.subscription()) >= error.at
        scene.later(hours=4, minutes=59)
        assert scene.sweeps(ALL) == {}
        scene.later(minutes=1)
    assert set(scene.sweeps(ALL)) == {BLOG}
    assert scene.subscription().held_until is None


def test_a_rate_limit_is_no_failure_and_holds_for_a_while_when_it_names_no_time(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.says(BLOG, TryLater("slow down", ours=True))
    scene.sweeps()
    told = scene.subscription()
    assert (told.state, told.failures, told.last_error) == (Health.NEW, 0, "slow down")
    assert told.held_until == scene.now + timedelta(minutes=15)


def test_the_pause_after_failures_grows_to_a_day_and_one_success_heals(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    pauses, states = [], []
    for _ in range(10):
        scene.blogs.says(BLOG, TryLater("502"))
        scene.sweeps()
        told = scene.subscription()
        pauses.append((due(told) - scene.now) / timedelta(minutes=1))
        states.append(told.state)
    usual = [min(5 * 2**n, 24 * 60) for n in range(1, 11)]
    assert all(least <= pause <= least * 1.1 for pause, least in zip(pauses, usual, strict=True))
    assert states == [Health.DEGRADED] * 2 + [Health.FAILING] * 8
    scene.sweeps()
    told = scene.subscription()
    assert (told.state, told.failures, told.last_error, told.last_ok_at) == (Health.HEALTHY, 0, "", scene.now)


@pytest.mark.parametrize(
    ("error", "state"), [(AccountGone("410"), Health.GONE), (Refused("a login page"), Health.REFUSED)]
)
def test_gone_and_refused_are_asked_once_a_day_and_can_come_back(
    scene: Scene, cast: Cast, error: SourceError, state: Health
) -> None:
    scene.connects(cast.asha)
    scene.blogs.says(BLOG, error)
    scene.sweeps()
    told = scene.subscription()
    assert (told.state, told.state_since, told.last_error) == (state, scene.now, str(error))
    assert due(told) >= scene.now + timedelta(days=1)
    scene.later(days=2)
    scene.sweeps(DUE)
    assert (scene.subscription().state, scene.subscription().state_since) == (Health.HEALTHY, scene.now)


def test_an_address_that_fails_for_weeks_is_dormant_and_asked_daily(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.fails_after(BLOG, error=TryLater("502"))
    for _ in range(20):
        scene.sweeps()
        scene.later(days=1)
    assert scene.subscription().state is Health.DORMANT
    scene.blogs.recovers(BLOG)
    scene.sweeps()
    assert scene.subscription().state is Health.HEALTHY


def test_only_what_is_due_is_read_when_asked_so_and_only_what_was_selected(scene: Scene, cast: Cast) -> None:
    other = "https://other.example/feed"
    account = scene.connects(cast.asha)
    scene.connects(cast.lena, other)
    assert set(scene.sweeps(Selection(accounts=frozenset([account.id])))) == {BLOG}
    assert set(scene.sweeps(DUE)) == {other}
    assert (scene.sweeps(DUE), set(scene.sweeps(ALL))) == ({}, {BLOG, other})
    assert scene.sweeps(Selection(platforms=frozenset(), due_only=False)) == {}


def day(n: int) -> datetime:
    return datetime(2026, 11, n, tzinfo=UTC)


def window(first: int, *, gap: str = "") -> Page:
    return Page(address=BLOG, activities=(post(first, at=day(first)),), covers_from=day(first), gap=gap)


def reach(scene: Scene) -> tuple[datetime | None, datetime | None]:
    told = scene.subscription()
    return told.complete_from, told.complete_to


def test_coverage_begins_with_the_first_window_grows_and_stops_at_a_failure(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.says(BLOG, window(10), window(12), window(3), TryLater("502"))
    assert reach(scene) == (None, None)
    scene.sweeps()
    assert reach(scene) == (day(10), scene.now)
    scene.later(days=1)
    scene.sweeps()
    assert reach(scene) == (day(10), scene.now), "a window that moved on takes nothing back"
    scene.later(days=1)
    scene.sweeps()
    assert reach(scene) == (day(3), scene.now), "a window that reaches further back is believed"
    read = scene.now
    scene.later(days=1)
    scene.sweeps()
    assert reach(scene) == (day(3), read)


def gaps() -> list[tuple[datetime, datetime, str]]:
    return [(row.since, row.until, row.why) for row in rows(Gap)]


def test_a_gap_is_remembered_within_what_is_complete(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.says(BLOG, window(2), window(27, gap="it slipped out"), window(28))
    scene.sweeps()
    seen = scene.now
    scene.later(days=7)
    scene.sweeps()
    assert (reach(scene), gaps()) == ((day(2), scene.now), [(seen, day(27), "it slipped out")])
    scene.later(days=1)
    scene.sweeps()
    assert (reach(scene), gaps()) == ((day(2), scene.now), [(seen, day(27), "it slipped out")])


def test_what_a_later_page_shows_whole_is_no_gap_any_more(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.says(BLOG, window(2), window(29, gap="it slipped out"), window(26), window(20))
    scene.sweeps()
    seen = scene.now
    scene.later(days=7)
    for left in ([(seen, day(29), "it slipped out")], [(seen, day(26), "it slipped out")], []):
        scene.sweeps()
        assert gaps() == left


def test_a_first_visit_and_one_that_saw_all_since_the_last_leave_no_gap(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.says(BLOG, window(15, gap="nothing older is shown"), window(20, gap="all is new"))
    scene.sweeps()
    scene.sweeps()
    assert (reach(scene)[0], gaps()) == (day(15), [])


def test_why_it_is_complete_from_then_on_only_is_told_and_given_up_when_it_reaches_further(
    scene: Scene, cast: Cast
) -> None:
    scene.connects(cast.asha)
    whys = []
    for n, why in ((10, "3,200 posts at most"), (12, "7 days at most"), (10, "3,100 at most"), (2, "")):
        scene.blogs.says(BLOG, replace(window(n), covers_why=why))
        scene.sweeps()
        whys.append(scene.subscription().complete_why)
    assert whys == ["3,200 posts at most", "3,200 posts at most", "3,100 at most", ""]


def test_an_answer_that_nothing_changed_carries_coverage_on(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.says(BLOG, window(2), Page(address=BLOG, activities=()))
    scene.sweeps()
    scene.later(days=1)
    assert scene.sweeps()[BLOG].outcome is Outcome.UNCHANGED
    assert reach(scene) == (day(2), scene.now)


def test_an_idle_look_finds_nothing_where_nothing_may_be_asked(scene: Scene, cast: Cast) -> None:
    assert claims.any_free(DUE, scene.now) is False
    scene.connects(cast.asha)
    assert (claims.any_free(DUE, scene.now), claims.count(DUE, scene.now)) == (True, 1)
    scene.blogs.says(BLOG, TryLater("429", at=scene.now + timedelta(hours=5), ours=True))
    scene.sweeps()
    scene.connects(cast.lena)  # wakes the address, which still asked us to wait
    assert (claims.any_free(DUE, scene.now), claims.count(DUE, scene.now)) == (False, 0)
