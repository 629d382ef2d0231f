"""A pull from end to end: page and cursor together, cut short and done again, and nothing written twice."""

from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_network

import pytest

from advocacy.domain.health import Outcome
from advocacy.models import connect
from advocacy.models.activities import ActivityPerson, ActivityRow, PassedOver, Provenance, Quarantined
from advocacy.models.base import db
from advocacy.models.evidence import Evidence
from ingest.fetch import Gate
from ingest.source import AccountGone, Cost, Misconfigured, Page, Polled, Refused, TryLater
from ingest.sources.feed import FeedSource
from tests.cast import Cast
from tests.fault_server import FaultServer
from tests.ingest.platform import FIRST_POST, OFF_TOPIC, ON_TOPIC, post
from tests.ingest.scene import BLOG, FACTS, Scene, dump, rows, statements, writes


def test_what_fails_while_a_page_is_stored_takes_the_cursor_back(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 3)
    with scene.breaking("INSERT INTO evidence"):
        assert scene.sweeps()[BLOG].outcome is Outcome.FAILED
    assert (scene.subscription().cursor, dump(*FACTS)) == ({}, {name: [] for name in FACTS})
    scene.sweeps()
    assert (scene.subscription().cursor, len(rows(ActivityRow))) == ({"read": 3}, 3)


def test_a_second_run_writes_no_fact(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.rereads = True
    scene.blogs.posts(BLOG, 30, metrics={"views": 7})
    scene.blogs.posts(BLOG, 5, OFF_TOPIC)
    scene.sweeps()
    before = dump()
    assert {name: len(lines) for name, lines in before.items()} == {
        **{"activity": 30, "activity_person": 30, "provenance": 30, "metric_snapshot": 30, "evidence": 30},
        **{"verdict": 0, "quarantine": 0},
    }
    scene.later(days=1)
    with statements() as sent:
        pull = scene.sweeps()[BLOG]
    assert writes(sent) == []
    assert (dump(), pull.new, pull.changed, pull.same, pull.skipped) == (before, 0, 0, 30, 5)


def test_a_corrected_date_moves_the_item_and_its_evidence(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 1)
    scene.sweeps()
    scene.blogs.edits(BLOG, 0, at=datetime(2026, 9, 30, 20, tzinfo=UTC))
    assert scene.sweeps()[BLOG].changed == 1
    [mine], [proof] = rows(ActivityPerson), {row.day for row in rows(Evidence)}
    assert (mine.at, mine.day, proof) == (datetime(2026, 9, 30, 20, tzinfo=UTC), date(2026, 10, 1), date(2026, 10, 1))


def test_an_item_that_lost_its_topic_by_an_edit_stays(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 1)
    scene.sweeps()
    scene.blogs.edits(BLOG, 0, text=OFF_TOPIC)
    pull = scene.sweeps()[BLOG]
    [row] = rows(ActivityRow)
    assert (pull.changed, pull.skipped, row.text, rows(PassedOver), rows(Evidence)) == (1, 0, OFF_TOPIC, [], [])


def test_off_topic_items_are_counted_and_their_text_is_nowhere(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    [first, *_] = scene.blogs.posts(BLOG, 4, "My cat Minka slept all day")
    pull = scene.sweeps()[BLOG]
    assert (pull.seen, pull.new, pull.skipped, rows(ActivityRow)) == (4, 0, 4, [])
    assert {row.reason for row in rows(PassedOver)} == {"no word of the vocabulary and no rule meets it"}
    assert "Minka" not in repr(dump(*(table.name for table in db.metadata.sorted_tables)))

    scene.blogs.edits(BLOG, 0, text=ON_TOPIC)
    assert scene.sweeps()[BLOG].new == 1
    assert len(rows(PassedOver)) == 3


def test_a_strangers_items_on_a_shared_blog_are_not_stored(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha, author="Asha Rao")
    scene.blogs.posts(BLOG, 2, authors=("Asha Rao",))
    scene.blogs.posts(BLOG, 3, authors=("Somebody Else",))
    scene.blogs.posts(BLOG, 1)
    pull = scene.sweeps()[BLOG]
    assert (pull.seen, pull.new, pull.skipped, len(rows(ActivityRow)), rows(PassedOver)) == (6, 2, 4, 2, [])


def test_two_people_share_one_subscription_each_with_their_own_items(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha, author="Asha Rao")
    scene.connects(cast.lena, author="Lena Fischer")
    scene.blogs.posts(BLOG, 2, authors=("Asha Rao",))
    scene.blogs.posts(BLOG, 1, authors=("Lena Fischer",))
    scene.blogs.posts(BLOG, 1, authors=("Asha Rao", "Lena Fischer"))
    scene.sweeps()
    assert (len(scene.blogs.asked), len(rows(ActivityRow))) == (1, 4)
    assert scene.items_of(cast.asha) == ["Post 0", "Post 1", "Post 3"]
    assert scene.items_of(cast.lena) == ["Post 2", "Post 3"]


def test_who_connects_later_gets_the_old_items_too(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 30)
    scene.sweeps()
    scene.connects(cast.lena)
    pull = scene.sweeps()[BLOG]
    assert (pull.same, len(scene.items_of(cast.lena)), len(rows(Provenance))) == (30, 30, 60)
    assert len([row for row in rows(Evidence) if row.person_id == cast.lena.id]) == 30


def test_who_connects_while_a_pull_is_under_way_gets_the_old_items_at_the_next(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 2)
    scene.sweeps()
    lena = cast.lena.id
    db.session.rollback()
    scene.blogs.meanwhile(lambda: scene.elsewhere(lambda: scene.connects(lena)))
    scene.later(hours=2)
    scene.sweeps()
    assert (scene.items_of(cast.lena), scene.subscription().next_due) == ([], scene.now)
    scene.sweeps()
    assert len(scene.items_of(cast.lena)) == 2


def test_a_disabled_person_is_not_read_for(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    cast.asha.disabled_at = scene.now
    db.session.commit()
    scene.blogs.posts(BLOG, 1)
    assert (scene.sweeps(), scene.blogs.asked) == ({}, [])

    scene.connects(cast.lena)
    scene.sweeps()
    assert (scene.items_of(cast.asha), scene.items_of(cast.lena)) == ([], ["Post 0"])


def test_nothing_from_before_the_start_date_is_kept(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha, start_on=(FIRST_POST + timedelta(days=3)).date())
    scene.blogs.posts(BLOG, 5)
    pull = scene.sweeps()[BLOG]
    assert (pull.skipped, scene.items_of(cast.asha)) == (3, ["Post 3", "Post 4"])


@pytest.mark.parametrize("act", [connect.pause, connect.refuse])
def test_a_paused_or_refused_account_is_not_read(scene: Scene, cast: Cast, act: object) -> None:
    account = scene.connects(cast.asha)
    act(account.id, cast.asha.id, scene.now)  # type: ignore[operator]
    db.session.commit()
    assert (scene.sweeps(), scene.blogs.asked) == ({}, [])

    again = connect.resume if act is connect.pause else connect.accept
    again(account.id, cast.asha.id, scene.now)
    db.session.commit()
    scene.blogs.posts(BLOG, 1)
    assert scene.sweeps()[BLOG].new == 1


def test_an_account_that_pauses_leaves_the_others_of_the_address_theirs(scene: Scene, cast: Cast) -> None:
    account = scene.connects(cast.asha)
    scene.connects(cast.lena)
    connect.pause(account.id, cast.asha.id, scene.now)
    db.session.commit()
    scene.blogs.posts(BLOG, 1)
    scene.sweeps()
    assert (scene.items_of(cast.asha), scene.items_of(cast.lena)) == ([], ["Post 0"])


def test_a_fault_of_ours_is_told_and_touches_no_other_source(
    scene: Scene, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    other = "https://other.example/feed"
    scene.connects(cast.asha)
    scene.connects(cast.lena, other)
    scene.blogs.fails_after(BLOG, error=ValueError("a slip"))
    scene.blogs.posts(other, 3)
    pulls = scene.sweeps()
    assert (pulls[BLOG].outcome, pulls[BLOG].message) == (
        Outcome.FAILED,
        "a fault of ours, it is in the log: ValueError",
    )
    assert (pulls[other].outcome, pulls[other].new) == (Outcome.OK, 3)
    assert "a slip" in caplog.text


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (TryLater("busy", at=None, ours=True, cost=Cost(requests=2)), Outcome.LATER),
        (TryLater("502", cost=Cost(requests=2)), Outcome.FAILED),
        (AccountGone("410", cost=Cost(requests=2)), Outcome.GONE),
        (Refused("a login page", cost=Cost(requests=2)), Outcome.REFUSED),
        (Misconfigured("no key", cost=Cost(requests=2)), Outcome.MISCONFIGURED),
    ],
)
def test_each_named_error_is_one_outcome_and_its_cost_is_kept(
    scene: Scene, cast: Cast, error: Exception, outcome: Outcome
) -> None:
    scene.connects(cast.asha)
    scene.blogs.says(BLOG, error)
    pull = scene.sweeps()[BLOG]
    assert (pull.outcome, pull.message, pull.requests) == (outcome, str(error), 2)


@pytest.mark.parametrize("said", [b"SSH-2.0-\0\x1b[2J\r\n", b"HTTP/1.1 200 OK\r\nContent-Encoding: \0\r\n\r\n<rss/>"])
def test_what_a_server_said_is_told_without_what_no_database_takes(scene: Scene, cast: Cast, said: bytes) -> None:
    scene.source = FeedSource.from_config({}, Gate((ip_network("127.0.0.0/8"),), total_timeout=5))
    with FaultServer() as server:
        scene.connects(cast.asha, server.plays_raw("/feed", said))
        [pull] = scene.sweeps().values()
    assert (pull.outcome in (Outcome.FAILED, Outcome.REFUSED), pull.message.isprintable()) == (True, True)
    assert "\N{REPLACEMENT CHARACTER}" in pull.message


def test_a_pulls_record_tells_what_it_came_to(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha, author="Asha")
    items = [
        *(post(n, authors=("Asha",)) for n in range(3)),
        post(3, OFF_TOPIC, authors=("Asha",)),
        post(4, authors=("Otto",)),
        post(5, authors=("Asha",), at=datetime(1, 1, 1, tzinfo=UTC)),
    ]
    cost = Cost(requests=2, bytes=5_000_000_000, usd=0.25)
    scene.blogs.says(BLOG, Page(address=BLOG, activities=tuple(items), cost=cost))
    pull = scene.sweeps()[BLOG]
    assert (pull.seen, pull.new, pull.changed, pull.same, pull.skipped, pull.poison) == (6, 3, 0, 0, 2, 1)
    assert (pull.requests, pull.bytes, pull.cost_usd, pull.started_at) == (2, 5_000_000_000, 0.25, scene.now)
    assert [row.reason for row in rows(Quarantined)] == [f"the date {items[5].at!r} cannot be stored"]


def test_what_a_failure_wants_remembered_is_remembered(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.says(BLOG, TryLater("410", cursor={"gone": 1}), AccountGone("410 again", cursor={"gone": 2}))
    scene.sweeps()
    assert scene.subscription().cursor == {"gone": 1}
    scene.sweeps()
    assert (scene.subscription().cursor, scene.blogs.asked[-1]) == (
        {"gone": 2},
        Polled(address=BLOG, cursor={"gone": 1, "again": True}),
    )


def test_a_first_reading_that_breaks_off_goes_on_from_there(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 120)
    for pages in (2, 1):
        scene.blogs.fails_after(BLOG, pages=pages)
        scene.sweeps()
        scene.later(days=1)
    scene.blogs.recovers(BLOG)
    assert scene.sweeps()[BLOG].new == 60
    assert [dict(polled.cursor) for polled in scene.blogs.asked] == [{"again": True}, {"read": 40}, {"read": 60}]
    assert len(rows(ActivityRow)) == 120


def test_who_connects_between_its_parts_gets_the_old_items_too(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 60)
    scene.blogs.fails_after(BLOG, pages=2)
    scene.sweeps()
    scene.connects(cast.lena)
    scene.blogs.recovers(BLOG)
    scene.sweeps()
    assert scene.blogs.asked[-1].cursor == {"read": 40, "again": True}
    assert len(scene.items_of(cast.asha)) == len(scene.items_of(cast.lena)) == 60


def test_who_connects_while_a_part_is_read_gets_the_old_items_too(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 60)
    scene.blogs.fails_after(BLOG, pages=1)
    lena = cast.lena.id
    db.session.rollback()
    scene.blogs.meanwhile(lambda: scene.elsewhere(lambda: scene.connects(lena)))
    scene.sweeps()
    scene.later(days=1)
    scene.blogs.recovers(BLOG)
    scene.sweeps()
    assert scene.blogs.asked[-1].cursor == {"read": 20, "again": True}
    assert len(scene.items_of(cast.lena)) == 60
