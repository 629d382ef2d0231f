"""All that X was recorded saying: each post is an activity or passed over for a reason, and twice changes nothing."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Activity, Platform, ThreadRole
from advocacy.domain.normal import normal
from advocacy.models.activities import ActivityRow
from advocacy.models.base import Base, db
from advocacy.rules import Rules
from ingest.source import Page, Polled, Unreadable
from ingest.sources.x_posts import REPOST, WITHHELD, Skipped, activity
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.scene import FACTS, dump
from tests.ingest.x_recorded import bodies, is_post, objects
from tests.ingest.x_scene import ON_TOPIC, XScene

FIRST, EDITED = "1576994746135764992", "1576994789110992896"
"""A post that was recorded before and after its edit, and twice after it."""


@pytest.fixture
def posts() -> list[Mapping[str, Any]]:
    return [one for body in bodies() for one in objects(body) if is_post(one)]


@dataclass
class Recorded:
    """A source that gives out what was recorded, each post with words that are about work."""

    pages: Sequence[Sequence[Activity]]
    platform: Platform = Platform.X
    batch_size: int = 1

    def fetch(self, batch: Sequence[Polled], now: object) -> Iterator[Page]:
        for activities in self.pages:
            told = tuple(replace(one, text=f"{ON_TOPIC}\n{one.text}") for one in activities)
            yield Page(address=batch[0].address, activities=told, cursor={"read": "1"})


def told(posts: Sequence[Mapping[str, Any]]) -> list[Activity | Skipped | Unreadable]:
    return [activity(post) for post in posts]


def test_every_recorded_post_is_an_activity_or_passed_over_for_a_reason(posts: list[Mapping[str, Any]]) -> None:
    counts = Counter(one.reason if isinstance(one, Skipped) else type(one).__name__ for one in told(posts))
    reposts = sum(one["type"] == "retweeted" for post in posts for one in post.get("referenced_tweets", ()))
    assert counts == {"Activity": len(posts) - reposts - 2, REPOST: reposts, WITHHELD: 2}
    assert len(posts) > 1200


def test_every_recorded_activity_can_be_stored_as_it_is(posts: list[Mapping[str, Any]]) -> None:
    for one in told(posts):
        if isinstance(one, Activity):
            assert normal(one) == one
            assert one.at.year > 2006


def test_the_recorded_reposts_are_told_from_replies_and_quotes(posts: list[Mapping[str, Any]]) -> None:
    """Against a count of our own over what X tells of each post's relations."""
    relations = Counter(tuple(sorted(r["type"] for r in post.get("referenced_tweets", ()))) for post in posts)
    found = [one for one in told(posts) if isinstance(one, Activity)]
    by_x = relations["quoted",] + relations["quoted", "replied_to"]
    assert sum(any(link.startswith("https://x.com/i/status/") for link in one.shares) for one in found) >= by_x
    own = sum(
        post.get("in_reply_to_user_id") == post["author_id"]
        for post in posts
        if "in_reply_to_user_id" in post and "author_id" in post
    )
    replies = sum(one.kind == "reply" for one in found)
    assert replies >= relations["replied_to",] + relations["quoted", "replied_to"] - own
    assert replies == sum(one.thread.role is ThreadRole.JOINED for one in found)


def test_read_twice_nothing_changes(app: Flask, rules: Rules, cast: Cast, posts: list[Mapping[str, Any]]) -> None:
    found = [one for one in told(posts) if isinstance(one, Activity)]
    newest = list({one.ref: one for one in found}.values())
    scene = XScene(app, rules, NOW, x=Recorded([newest]))  # type: ignore[arg-type]
    scene.follows(cast.asha, "asha")
    first = scene.sweeps()["asha"]
    assert (first.new, first.poison, first.skipped) == (len(newest), 0, 0)
    before = dump(*FACTS)
    scene.later(hours=2)
    again = scene.sweeps()["asha"]
    assert (again.new, again.changed, again.same) == (0, 0, len(newest))
    assert dump(*FACTS) == before


def test_a_post_that_was_recorded_with_other_numbers_is_one_row_with_a_reading_for_each(
    app: Flask, rules: Rules, cast: Cast, posts: list[Mapping[str, Any]]
) -> None:
    readings = [one for one in told([post for post in posts if post["id"] == EDITED]) if isinstance(one, Activity)]
    assert {one.ref for one in readings} == {f"x:{FIRST}"}
    scene = XScene(app, rules, NOW)
    scene.follows(cast.asha, "asha")
    for reading in readings:
        scene.x = Recorded([[reading]])  # type: ignore[assignment]
        scene.sweeps()
        scene.later(days=1)
    [row] = db.session.scalars(sa.select(ActivityRow))
    assert (row.ref, row.metrics["likes"], row.changes) == (f"x:{FIRST}", 39, 0)
    snapshots = Base.metadata.tables["metric_snapshot"]
    likes = sa.select(snapshots.c.value).where(snapshots.c.metric == "likes").order_by(snapshots.c.day)
    assert list(db.session.scalars(likes)) == [27, 32, 39]
