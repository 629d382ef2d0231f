"""A second look at posts, and at the profile of a handle."""

from datetime import timedelta

import pytest

from advocacy.domain.activity import Activity, Platform
from ingest.source import AccountGone, Gone, Looker, Profile, Profiled, TryLater
from tests.ingest.x_stage import NOW, Stage

DAY = timedelta(days=1)


@pytest.fixture
def stage() -> Stage:
    stage = Stage()
    for handle in ("asha", "lena", "mark"):
        stage.joins(handle, name=handle.title(), about="advocacy:4711")
    return stage


def texts(found: tuple[Activity, ...]) -> dict[str, str]:
    return {one.ref: one.text for one in found}


def test_x_can_be_looked_at_again_and_shows_profiles(stage: Stage) -> None:
    assert isinstance(stage.source, Looker)
    assert isinstance(stage.source, Profiled)


def test_what_is_there_comes_with_its_newest_numbers_and_is_paid(stage: Stage) -> None:
    posts = [stage.posts("asha", ago=n * DAY) for n in range(100)]
    posts[0].scores.append((NOW, 60))
    look = stage.source.look([f"x:{post.id}" for post in posts], NOW)
    assert [one.ref for one in look.activities] == [f"x:{post.id}" for post in posts]
    assert look.activities[0].metrics == {
        **{"likes": 60, "replies": 0, "reposts": 12, "quotes": 3},
        **{"bookmarks": 6, "views": 2400},
    }
    assert (look.gone, look.cost.requests) == ((), 1)
    assert look.cost.usd == pytest.approx(0.5)
    assert stage.money.reserved == [pytest.approx(0.5)]


def test_deleted_is_for_good_and_closed_is_not(stage: Stage) -> None:
    kept, deleted, removed = (stage.posts("asha", ago=n * DAY) for n in (1, 2, 3))
    closed, away = stage.posts("lena", ago=DAY), stage.posts("mark", ago=DAY)
    deleted.deleted_at = removed.removed_at = NOW
    stage.world.members[Platform.X, "lena"].hidden_from = NOW
    stage.world.members[Platform.X, "mark"].left_at = NOW
    refs = {post.id: f"x:{post.id}" for post in (kept, deleted, removed, closed, away)}
    look = stage.source.look([*refs.values(), "x:1"], NOW)
    assert [one.ref for one in look.activities] == [refs[kept.id]]
    assert set(look.gone) == {
        Gone(ref=refs[deleted.id]),
        Gone(ref=refs[removed.id], for_good=False),
        Gone(ref=refs[closed.id], for_good=False),
        Gone(ref=refs[away.id]),
        Gone(ref="x:1"),
    }
    assert look.cost.usd == pytest.approx(0.005)


def test_an_edited_post_comes_as_it_stands_now_under_its_first_id(stage: Stage) -> None:
    post, other = stage.posts("asha", "First words", ago=DAY), stage.posts("asha", "Never edited", ago=DAY)
    post.versions += [(NOW - DAY / 2, "Second words"), (NOW - DAY / 3, "Last words")]
    look = stage.source.look([f"x:{post.id}", f"x:{other.id}"], NOW)
    assert texts(look.activities) == {f"x:{other.id}": "Never edited", f"x:{post.id}": "Last words"}
    assert look.cost.requests == 2
    assert look.cost.usd == pytest.approx(0.015)


def test_nothing_is_asked_for_what_is_no_ref_of_x(stage: Stage) -> None:
    look = stage.source.look(["reddit:t3_abc", "x:not-a-number"], NOW)
    assert (look.activities, look.gone, stage.api.asked) == ((), (), [])


def test_a_look_that_fails_tells_what_it_took(stage: Stage) -> None:
    stage.api.refuses = 503
    with pytest.raises(TryLater) as caught:
        stage.source.look(["x:1"], NOW)
    assert (caught.value.cost.requests, caught.value.cost.usd, stage.money.held) == (1, 0.0, 0.0)


def test_a_profile_says_what_its_owner_wrote_there(stage: Stage) -> None:
    profile = stage.source.profile("ASHA", NOW)
    mine = stage.world.members[Platform.X, "asha"]
    cost = profile.cost
    assert profile == Profile(id=mine.id, name="Asha", about="advocacy:4711", url="https://x.com/asha", cost=cost)
    assert cost.requests == 1
    assert cost.usd == pytest.approx(0.010)


@pytest.mark.parametrize("handle", ["nobody", "no handle!"])
def test_a_profile_of_nobody(stage: Stage, handle: str) -> None:
    with pytest.raises(AccountGone, match=handle) as caught:
        stage.source.profile(handle, NOW)
    assert caught.value.cost.usd == 0.0
