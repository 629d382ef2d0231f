"""Second looks: full requests, nothing twice, edits and numbers followed, and nothing written when nothing is new."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Platform, Thread, ThreadRole
from advocacy.models import connect
from advocacy.models.activities import ActivityPerson, ActivityRow, MetricSnapshot
from advocacy.models.base import db
from advocacy.models.words import Visibility, Word
from advocacy.rules import Rules
from ingest.source import Cost, Look, Misconfigured, TryLater
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.lookers import PRICE, Forum, Stage, in_hours, value
from tests.ingest.platform import ON_TOPIC, post
from tests.ingest.scene import FACTS, dump, expectation, rows, statements, writes

EDITED = f"{ON_TOPIC}, edited"


@pytest.fixture
def stage(app: Flask, rules: Rules) -> Stage:
    """Reddit, with Asha and Lena in it."""
    return Stage(app, rules, NOW)


def on(stage: Stage, platform: Platform) -> Stage:
    stage.forum = Forum(platform=platform)
    return stage


def test_what_is_new_is_on_the_list_from_its_first_day(stage: Stage, cast: Cast) -> None:
    stage.joins(cast.asha, "asha_k")
    [ref] = stage.forum.writes("asha_k")
    stage.sweeps()
    row = stage.row(ref)
    assert (in_hours(row.look_at, NOW), row.looked_at) == (40, NOW)


def test_feeds_are_not_looked_at_again(stage: Stage, cast: Cast) -> None:
    stage.connects(cast.asha)
    stage.blogs.posts("https://blog.example/feed", 2)
    on(stage, Platform.FEED).forum.log = stage.blogs.log
    stage.sweeps()
    assert [(row.look_at, row.looked_at) for row in rows(ActivityRow)] == [(None, None)] * 2
    stage.later(days=400)
    assert (stage.looks(), stage.forum.looked) == (None, [])


def test_a_look_brings_edits_numbers_and_what_became_of_the_thread(stage: Stage, cast: Cast) -> None:
    stage.joins(cast.asha, "asha_k")
    one, two, three = stage.forum.writes("asha_k", 3)
    stage.sweeps()
    stage.forum.now(one, text=EDITED)
    stage.forum.now(two, metrics={"score": 40})
    stage.forum.now(three, thread=Thread(role=ThreadRole.OPENED, replies=7))
    stage.later(hours=41)
    record = stage.looks()
    assert record is not None
    assert (record.requests, record.asked, record.seen, record.changed, record.deleted) == (1, 3, 3, 1, 0)
    assert (value(stage.row(one))[1], stage.row(two).metrics, stage.row(three).replies) == (EDITED, {"score": 40}, 7)
    days = {(shot.activity_id, shot.day, shot.value) for shot in rows(MetricSnapshot)}
    assert {(stage.row(two).id, NOW.date(), 1), (stage.row(two).id, stage.now.date(), 40)} < days


def test_a_look_that_shows_nothing_new_writes_only_when_the_next_one_is(stage: Stage, cast: Cast) -> None:
    stage.joins(cast.asha, "asha_k")
    stage.joins(cast.lena, "lena")
    refs = [*stage.forum.writes("asha_k", 30), *stage.forum.writes("lena", 30)]
    stage.sweeps()
    before = dump(*(name for name in FACTS if name != "activity"))
    stage.later(hours=41)
    with statements() as sent:
        record = stage.looks()
    assert record is not None
    assert (record.asked, record.seen, record.changed, record.deleted, record.dropped) == (60, 60, 0, 0, 0)
    assert [re.findall(r"\w+(?= ?=)", one.partition(" WHERE ")[0]) for one in writes(sent)] == [
        ["look_at"],  # before the request
        ["look_at", "looked_at"],  # with what it brought
    ]
    assert dump(*(name for name in FACTS if name != "activity")) == before
    assert {in_hours(stage.row(ref).look_at, stage.now) for ref in refs} == {40}


def test_ten_thousand_due_items_are_a_hundred_requests(stage: Stage, cast: Cast, rules: Rules) -> None:
    stage.joins(cast.asha, "asha_k")
    stage.forum.writes("asha_k")
    stage.sweeps()
    plenty(stage, 10_000)
    stage.later(hours=41)
    record = stage.looks(patient=True)
    assert record is not None
    assert (record.requests, record.asked, {len(refs) for refs in stage.forum.looked}) == (100, 10_000, {100})
    assert len({ref for refs in stage.forum.looked for ref in refs}) == 10_000
    stage.looks(patient=True)
    assert len(stage.forum.looked) == 100


def plenty(stage: Stage, count: int) -> None:
    """So many copies of the one post there is, for the claims alone: nobody's, so that storing them takes no time."""
    [one] = rows(ActivityRow)
    columns = {
        column.name: getattr(one, column.name) for column in ActivityRow.__table__.columns if column.name != "id"
    }
    table = ActivityRow.metadata.tables["activity"]
    fresh = [{**columns, "ref": f"reddit:t3_n{n}", "ref_hash": n.to_bytes(8, "big")} for n in range(count - 1)]
    db.session.execute(sa.insert(table), fresh)
    db.session.commit()


def test_who_is_patient_waits_for_a_full_request_as_long_as_nothing_is_late(stage: Stage, cast: Cast) -> None:
    stage.joins(cast.asha, "asha_k")
    stage.forum.writes("asha_k", 3)
    stage.sweeps()
    stage.later(hours=41)
    assert stage.looks(patient=True) is None
    stage.later(hours=4)
    assert stage.looks(patient=True) is not None
    assert [len(refs) for refs in stage.forum.looked] == [3]


def test_two_workers_do_not_look_twice(stage: Stage, cast: Cast) -> None:
    stage.joins(cast.asha, "asha_k")
    stage.forum.writes("asha_k", 3)
    stage.sweeps()
    stage.later(hours=41)
    stage.forum.in_between.append(lambda: stage.elsewhere(lambda: stage.looks()))
    stage.looks()
    assert [len(refs) for refs in stage.forum.looked] == [3]


def test_what_the_platform_says_nothing_of_is_neither_gone_nor_seen(stage: Stage, cast: Cast) -> None:
    stage.joins(cast.asha, "asha_k")
    [ref] = stage.forum.writes("asha_k")
    stage.sweeps()
    stage.forum.mute.add(ref)
    stage.later(hours=41)
    stage.looks()
    row = stage.row(ref)
    assert (row.deleted_at, row.dropped_at, value(row)[1], row.looked_at) == (None, None, ON_TOPIC, NOW)
    assert in_hours(row.look_at, stage.now) == 24


def test_a_platform_that_wants_to_be_left_alone_is_and_nothing_is_lost(stage: Stage, cast: Cast) -> None:
    stage.joins(cast.asha, "asha_k")
    refs = stage.forum.writes("asha_k", 150)
    stage.sweeps()
    stage.later(hours=41)
    until = stage.now + timedelta(minutes=20)
    stage.forum.trouble = TryLater("429", at=until, ours=True, cost=Cost(requests=1))
    record = stage.looks()
    assert record is not None
    assert (record.requests, record.asked, record.message, len(stage.forum.looked)) == (1, 100, "429", 1)
    stage.later(minutes=19)
    assert (stage.looks(), len(stage.forum.looked)) == (None, 1)
    stage.forum.trouble = None
    stage.later(minutes=2)
    record = stage.looks()
    assert record is not None
    assert (record.asked, len(stage.forum.looked)) == (150, 3)
    assert {in_hours(stage.row(ref).look_at, stage.now) for ref in refs} == {40}


def test_a_platform_whose_keys_are_refused_is_left_alone_and_the_words_are_kept(stage: Stage, cast: Cast) -> None:
    stage.joins(cast.asha, "asha_k")
    stage.forum.writes("asha_k")
    stage.sweeps()
    stage.later(hours=41)
    stage.forum.trouble = Misconfigured("ADVOCACY_REDDIT__CLIENT_SECRET is refused")
    record = stage.looks()
    assert record is not None
    assert record.message == "ADVOCACY_REDDIT__CLIENT_SECRET is refused"
    stage.later(minutes=30)
    assert (stage.looks(), len(stage.forum.looked)) == (None, 1)


def test_a_fault_of_ours_costs_no_item_and_does_not_go_on_and_on(stage: Stage, cast: Cast) -> None:
    stage.joins(cast.asha, "asha_k")
    [ref] = stage.forum.writes("asha_k")
    stage.sweeps()
    stage.later(hours=41)
    stage.forum.now(ref, text=EDITED)
    with stage.breaking("DELETE FROM evidence"):
        record = stage.looks()
    assert record is not None
    assert (record.message, value(stage.row(ref))[1]) == ("a fault of ours, it is in the log: RuntimeError", ON_TOPIC)
    assert stage.looks() is None
    stage.later(hours=1)
    stage.looks()
    assert value(stage.row(ref))[1] == EDITED


def test_a_look_brings_nothing_that_was_not_asked_for(stage: Stage, cast: Cast) -> None:
    stage.joins(cast.asha, "asha_k")
    stage.forum.writes("asha_k")
    stage.sweeps()
    stage.later(hours=41)
    answer = stage.forum.look
    more = post(7, ref="reddit:t3_more", platform=Platform.REDDIT)

    def lavish(refs: Sequence[str], now: datetime) -> Look:
        found = answer(refs, now)
        return replace(found, activities=(*found.activities, more))

    stage.forum.look = lavish  # type: ignore[method-assign]
    stage.looks()
    assert [row.ref for row in rows(ActivityRow)] == ["reddit:t3_asha_k0"]


def test_an_account_that_is_paused_is_not_read_but_its_deletions_are_followed(stage: Stage, cast: Cast) -> None:
    account = stage.joins(cast.asha, "asha_k")
    edited, deleted = stage.forum.writes("asha_k", 2)
    stage.sweeps()
    connect.pause(account.id, cast.asha.id, stage.now)
    db.session.commit()
    stage.forum.now(edited, text=EDITED)
    stage.forum.deleted.add(deleted)
    stage.later(hours=41)
    stage.looks()
    assert (value(stage.row(edited))[1], stage.row(deleted).deleted_at) == (ON_TOPIC, stage.now)


# X, where each look is paid


def test_on_x_a_post_is_looked_at_after_a_week_and_then_only_when_somebody_wants_it(stage: Stage, cast: Cast) -> None:
    on(stage, Platform.X).joins(cast.asha, "asha_k")
    plain, confirmed, released = stage.forum.writes("asha_k", 3, at=NOW, metrics={"like_count": 1})
    stage.sweeps()
    assert {in_hours(stage.row(ref).look_at, NOW) for ref in (plain, confirmed, released)} == {7 * 24}
    stage.decides(cast.asha, stage.row(confirmed).id, expectation("advocacy"), Word.CONFIRMED)
    mine = db.session.get_one(ActivityPerson, (stage.row(released).id, cast.asha.id))
    mine.visibility = Visibility.LEAD
    db.session.commit()
    stage.later(days=7, hours=1)
    record = stage.looks()
    assert record is not None
    assert (record.seen, round(record.cost_usd, 6)) == (3, 3 * PRICE)
    assert stage.row(plain).look_at is None
    assert {in_hours(stage.row(ref).look_at, stage.now) for ref in (confirmed, released)} == {30 * 24}


def test_on_x_what_was_older_than_a_week_when_it_came_costs_no_look(stage: Stage, cast: Cast) -> None:
    on(stage, Platform.X).joins(cast.asha, "asha_k")
    [ref] = stage.forum.writes("asha_k", at=NOW - timedelta(days=60))
    stage.sweeps()
    assert (stage.row(ref).look_at, stage.row(ref).looked_at) == (None, NOW)


def test_on_x_what_is_confirmed_later_becomes_due_in_its_month(stage: Stage, cast: Cast) -> None:
    on(stage, Platform.X).joins(cast.asha, "asha_k")
    [ref] = stage.forum.writes("asha_k", at=NOW - timedelta(days=60))
    stage.sweeps()
    stage.later(days=3)
    stage.decides(cast.asha, stage.row(ref).id, expectation("advocacy"), Word.CONFIRMED)
    assert in_hours(stage.row(ref).look_at, NOW) == 30 * 24
    stage.later(days=40)
    stage.looks()
    stage.decides(cast.asha, stage.row(ref).id, expectation("advocacy"), None)
    stage.later(days=40)
    stage.looks()
    assert (len(stage.forum.looked), stage.row(ref).look_at) == (2, None)


def test_the_rows_of_a_second_worker_are_not_written_by_the_first(stage: Stage, cast: Cast) -> None:
    """A worker that slept for longer than it holds anything brings what is old by now."""
    stage.joins(cast.asha, "asha_k")
    [ref] = stage.forum.writes("asha_k")
    stage.sweeps()
    stage.later(hours=41)
    answer = stage.forum.look

    def slow(refs: Sequence[str], now: datetime) -> Look:
        found = answer(refs, now)
        stage.forum.look = answer  # type: ignore[method-assign]
        stage.forum.now(ref, text=EDITED)
        stage.later(hours=2)
        stage.elsewhere(lambda: stage.looks())
        return found

    stage.forum.look = slow  # type: ignore[method-assign]
    stage.looks()
    assert (len(stage.forum.looked), value(stage.row(ref))[1]) == (2, EDITED)
    assert in_hours(stage.row(ref).look_at, stage.now) == 40
