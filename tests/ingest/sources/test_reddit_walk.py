"""A person's profile, newest first: what is found, what is remembered, what is covered."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from ingest.sources.reddit_items import BEGAN
from ingest.sources.reddit_walk import CEILING_WHY, HIDDEN_WHY
from tests.ingest.reddit_stage import Stage, names, stage


@pytest.fixture
def there() -> Iterator[Stage]:
    with stage() as made:
        made.joins("asha_k")
        yield made


def test_a_first_walk_finds_everything_and_covers_everything(there: Stage) -> None:
    said = there.writes_much("asha_k", 230)
    pages = there.pages("asha_k")
    found = [name for page in pages for name in names(page.activities)]
    assert found == [f"t3_{one.id}" for one in said]
    assert (pages[-1].covers_from, pages[-1].covers_why, pages[-1].gap) == (BEGAN, "", "")
    assert [page.cost.requests for page in pages] == [2, 1, 1]
    assert there.asked() == {"token": 1, "user": 3}


def test_a_quiet_visit_is_one_request_and_says_nothing(there: Stage) -> None:
    there.writes_much("asha_k", 230)
    there.pages("asha_k")
    there.asked()
    there.later(days=1)
    [page] = there.pages("asha_k")
    assert (page.activities, page.cursor, page.covers_from, page.gap) == ((), None, None, "")
    assert there.asked() == {"user": 1}


def test_what_is_new_comes_alone(there: Stage) -> None:
    there.writes_much("asha_k", 50)
    there.pages("asha_k")
    there.later(days=1)
    new = there.says("asha_k", 2, title="news")
    assert there.reads("asha_k") == [f"t3_{new.id}"]
    assert there.reads("asha_k") == []


def test_a_busy_day_is_walked_down_to_the_mark_and_no_further(there: Stage) -> None:
    there.writes_much("asha_k", 300)
    there.pages("asha_k")
    there.asked()
    there.later(days=7)
    new = there.writes_much("asha_k", 110)
    assert there.reads("asha_k") == [f"t3_{one.id}" for one in new]
    assert there.asked() == {"user": 2}


def test_an_edit_and_a_new_reply_in_the_newest_are_seen_and_a_blurred_score_is_not(there: Stage) -> None:
    posts = there.writes_much("asha_k", 10)
    posts[5].scores.append((there.now, 4))
    there.pages("asha_k")
    there.later(hours=5)
    assert there.reads("asha_k") == []
    posts[3].versions.append((there.now - timedelta(hours=1), "mended"))
    there.says("somebody", 0.5, answers=posts[7])
    posts[9].scores.append((there.now, 400))
    found = {name.removeprefix("t3_") for name in there.reads("asha_k")}
    assert found == {posts[3].id, posts[7].id, posts[9].id}


def test_a_slow_drift_adds_up_to_news_once(there: Stage) -> None:
    post = there.says("asha_k")
    there.pages("asha_k")
    seen = []
    for points in range(1, 13):
        there.later(hours=1)
        post.scores.append((there.now, points))
        seen += there.reads("asha_k")
    assert 1 <= len(seen) <= 4


def test_the_ceiling_is_where_the_coverage_begins(there: Stage) -> None:
    said = there.writes_much("asha_k", 1200)
    last = there.pages("asha_k")[-1]
    assert (last.covers_from, last.covers_why, last.gap) == (said[999].at, CEILING_WHY, "")


def test_what_slipped_below_the_ceiling_is_a_gap(there: Stage) -> None:
    there.writes_much("asha_k", 5)
    there.pages("asha_k")
    there.later(days=90)
    said = there.writes_much("asha_k", 1100)
    last = there.pages("asha_k")[-1]
    assert (last.covers_from, bool(last.gap)) == (said[999].at, True)
    assert there.reads("asha_k") == []


def test_the_day_before_which_nobody_wants_anything_ends_a_walk(there: Stage) -> None:
    there.writes_much("asha_k", 800)
    pages = there.pages("asha_k", since=date(2026, 11, 20))
    assert len(pages) == 2
    assert pages[-1].covers_from == datetime(2026, 11, 19, tzinfo=UTC)


def test_read_anew_everything_comes_again(there: Stage) -> None:
    said = there.writes_much("asha_k", 130)
    there.pages("asha_k")
    there.cursors["asha_k"] = {**there.cursors["asha_k"], "again": True}
    assert len(there.reads("asha_k")) == len(said)
    assert "again" not in there.cursors["asha_k"]


def test_a_hidden_profile_deletes_nothing_and_its_coverage_says_so(there: Stage) -> None:
    there.writes_much("asha_k", 3)
    there.pages("asha_k")
    there.later(days=1)
    [member] = there.world.members.values()
    member.hidden_from = there.now
    [page] = there.pages("asha_k")
    assert (page.activities, page.gone) == ((), ())
    assert (page.covers_from, page.covers_why, page.gap) == (there.now, HIDDEN_WHY, HIDDEN_WHY)


def test_a_profile_that_is_shown_again_closes_the_hole(there: Stage) -> None:
    before = there.writes_much("asha_k", 3)
    there.pages("asha_k")
    [member] = there.world.members.values()
    there.later(days=1)
    member.hidden_from = there.now
    there.pages("asha_k")
    new = there.says("asha_k", 0.5)
    there.later(days=1)
    member.hidden_from = None
    [page] = there.pages("asha_k")
    assert names(page.activities) == [f"t3_{new.id}"]
    assert (page.covers_from, page.gap) == (before[0].at, "")


def test_an_empty_profile_is_asked_about_once_a_week(there: Stage) -> None:
    [page] = there.pages("asha_k")
    assert (page.covers_from, page.gap) == (BEGAN, "")
    assert there.asked() == {"token": 1, "user": 1, "about": 1}
    there.later(days=1)
    assert there.reads("asha_k") == []
    assert there.asked() == {"user": 1}


def test_a_profile_that_was_hidden_from_the_first_is_known_by_its_points(there: Stage) -> None:
    there.says("asha_k").scores.append((there.now - timedelta(minutes=1), 12))
    [member] = there.world.members.values()
    member.hidden_from = there.now
    [page] = there.pages("asha_k")
    assert (page.activities, page.gap) == ((), HIDDEN_WHY)


def test_where_somebody_wrote_much_the_tree_tells_who_replied(there: Stage) -> None:
    post = there.says("stranger", 9, title="How do I resize a volume?")
    mine = [there.says("asha_k", 8 - step, answers=post) for step in range(3)]
    there.says("stranger", 4, answers=mine[0])
    there.says("asha_k", 3, answers=mine[0])
    replies = {one.ref: one.thread.replies for page in there.pages("asha_k") for one in page.activities}
    assert [replies[f"reddit:t1_{one.id}"] for one in mine] == [1, 0, 0]
    assert there.asked() == {"token": 1, "user": 1, "tree": 1}
    there.later(days=1)
    there.pages("asha_k")
    assert there.asked() == {"user": 1}


def test_what_a_moderator_lets_through_late_is_found_among_the_newest(there: Stage) -> None:
    posts = there.writes_much("asha_k", 10)
    posts[4].removed_at = posts[4].at
    there.pages("asha_k")
    there.later(days=1)
    posts[4].removed_at = None
    assert there.reads("asha_k") == [f"t3_{posts[4].id}"]


def test_what_one_deletes_brings_nothing_older_up(there: Stage) -> None:
    posts = there.writes_much("asha_k", 60)
    there.pages("asha_k")
    posts[0].deleted_at = posts[7].deleted_at = there.now
    there.later(days=1)
    [page] = there.pages("asha_k")
    assert (page.activities, page.gone) == ((), ())
