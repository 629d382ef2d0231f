"""A walk cut short: what was stored stays, the next goes on, and one page at most is read again."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest

from ingest.loopback.world import Outage
from ingest.source import Polled, TryLater
from ingest.sources.reddit_items import BEGAN
from tests.ingest.reddit_stage import NOW, Stage, names, stage


@pytest.fixture
def there() -> Iterator[Stage]:
    with stage() as made:
        made.joins("asha_k")
        yield made


def cut_after(there: Stage, pages: int) -> list[str]:
    """A visit that is killed after so many pages were stored with their cursors."""
    found: list[str] = []
    polled = Polled(address="asha_k", cursor=there.cursors.get("asha_k", {}))
    walk = there.source.fetch([polled], there.now)
    for _ in range(pages):
        page = next(walk)
        found += names(page.activities)
        if page.cursor is not None:
            there.cursors["asha_k"] = page.cursor
    walk.close()  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize("pages", range(1, 8))
def test_case_61_a_first_walk_cut_at_any_page_goes_on_below_it(there: Stage, pages: int) -> None:
    said = {f"t3_{one.id}" for one in there.writes_much("asha_k", 750)}
    first = cut_after(there, pages)
    there.asked()
    rest = there.reads("asha_k")
    assert {*first, *rest} == said
    assert there.asked()["user"] <= 8 - pages + 1


@pytest.mark.parametrize("pages", range(1, 5))
def test_case_61_the_mark_is_adopted_only_when_the_walk_met_the_old_one(there: Stage, pages: int) -> None:
    there.writes_much("asha_k", 40)
    there.pages("asha_k")
    mark = there.cursors["asha_k"]["at"]
    there.later(days=30)
    said = {f"t3_{one.id}" for one in there.writes_much("asha_k", 400)}
    found = set(cut_after(there, pages))
    assert there.cursors["asha_k"]["at"] == mark
    there.later(days=1)
    new = there.says("asha_k", 2)
    found |= set(there.reads("asha_k"))
    assert found == {*said, f"t3_{new.id}"}
    assert there.cursors["asha_k"]["at"] == int(new.at.timestamp())
    assert there.reads("asha_k") == []


def test_case_61_cut_twice_with_much_new_on_top_nothing_is_missed(there: Stage) -> None:
    said = there.writes_much("asha_k", 450)
    found = set(cut_after(there, 2))
    there.later(days=20)
    said += there.writes_much("asha_k", 180)
    found |= set(cut_after(there, 1))
    there.later(days=20)
    said += there.writes_much("asha_k", 60)
    found |= set(cut_after(there, 2))
    found |= set(there.reads("asha_k"))
    assert found == {f"t3_{one.id}" for one in said}
    assert there.reads("asha_k") == []


def test_where_the_thing_it_stood_at_is_gone_the_walk_starts_again(there: Stage) -> None:
    said = there.writes_much("asha_k", 350)
    found = set(cut_after(there, 2))
    stood = str(there.cursors["asha_k"]["after"])
    [one] = [one for one in said if f"t3_{one.id}" == stood]
    one.deleted_at = there.now
    found |= set(there.reads("asha_k"))
    assert found == {f"t3_{one.id}" for one in said}


def test_case_24_an_outage_in_mid_walk_keeps_what_was_stored(there: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    said = there.writes_much("asha_k", 350)
    answer = there.reddit._page
    left = [2]

    def failing(*args: Any) -> Any:
        if not left[0]:
            there.world.outages = [
                Outage(platform=there.source.platform, since=NOW, until=datetime.max.replace(tzinfo=NOW.tzinfo))
            ]
        left[0] -= 1
        return answer(*args)

    monkeypatch.setattr(there.reddit, "_page", failing)
    found: list[str] = []
    with suppress(TryLater):
        for page in there.source.fetch([Polled(address="asha_k")], there.now):
            found += names(page.activities)
            there.cursors["asha_k"] = page.cursor or {}
    assert len(found) in (200, 300)
    there.world.outages = []
    left[0] = 10**6
    found += there.reads("asha_k")
    assert set(found) == {f"t3_{one.id}" for one in said}


@pytest.mark.parametrize(
    "cursor",
    [
        {"at": "soon", "shown": 7, "after": 3},
        {"after": "t3_gone", "top": 1, "count": -5},
        {"at": True, "top_shown": ["x", "::::", "t3_a:b:c:d"], "shown": ["t3_a"]},
        {"feed": "https://elsewhere.example/", "etag": "old"},
    ],
)
def test_case_67_an_odd_or_expired_cursor_costs_a_walk_and_loses_nothing(there: Stage, cursor: dict[str, Any]) -> None:
    said = there.writes_much("asha_k", 130)
    there.cursors["asha_k"] = cursor
    assert set(there.reads("asha_k")) == {f"t3_{one.id}" for one in said}
    [page] = there.pages("asha_k")
    assert (page.activities, page.cursor) == ((), None)


def test_case_67_a_mark_whose_thing_was_deleted_is_met_by_its_moment(there: Stage) -> None:
    said = there.writes_much("asha_k", 130)
    there.pages("asha_k")
    said[0].deleted_at = there.now
    there.later(days=1)
    there.asked()
    assert there.reads("asha_k") == []
    assert there.asked() == {"user": 1}
    assert said[1].at > BEGAN
