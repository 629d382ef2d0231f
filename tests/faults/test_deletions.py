"""Fault cases 55, 56, 57, 60, 64 and 68 where items are looked at again: edited, deleted, hidden, left in flight."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Activity, Platform, Thread, ThreadRole
from advocacy.models import attention, burial, connect, facts, numbers
from advocacy.models.accounts import Account
from advocacy.models.activities import (
    ActivityLink,
    ActivityPerson,
    ActivityRow,
    MetricSnapshot,
    PassedOver,
    Quarantined,
)
from advocacy.models.base import db
from advocacy.models.evidence import Evidence
from advocacy.models.exhibits import Exhibit
from advocacy.models.fact import Owner
from advocacy.models.generations import LIVE
from advocacy.models.look_again import LookRecord
from advocacy.models.people import Person
from advocacy.models.words import Road, Visibility, Word
from advocacy.rejudge import rejudge
from advocacy.remap import remap
from advocacy.rules import Rules
from ingest import audience, looks, sweep
from ingest.pipeline import Counts, store
from ingest.prepare import Reader, prepare
from ingest.source import Page, TryLater, Unreadable
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.lookers import Stage, in_hours, value
from tests.ingest.platform import OFF_TOPIC, ON_TOPIC
from tests.ingest.scene import FACTS, dump, expectation, rows
from tests.journey import Browser

SCRUBBED = ("", "")
EDITED = f"{ON_TOPIC}, edited"
NO_TAGS: dict[str, list[str]] = {"topics": [], "personas": [], "components": []}


@pytest.fixture
def stage(app: Flask, rules: Rules, cast: Cast) -> Stage:
    """Reddit, read for Asha, who posted twice there; the first is hers by her own word."""
    stage = Stage(app, rules, NOW)
    stage.joins(cast.asha, "asha_k")
    stage.forum.writes("asha_k", 2, lang="en", authors=("asha_k",), thread=Thread(key="reddit:t3_asha_k0", replies=3))
    stage.sweeps()
    stage.decides(cast.asha, stage.row(ONE).id, expectation("advocacy"), Word.CONFIRMED)
    return stage


ONE, TWO = "reddit:t3_asha_k0", "reddit:t3_asha_k1"


def evidence(ref: str) -> list[tuple[object, ...]]:
    """The live evidence of an item, without the numbers of its rows."""
    db.session.rollback()
    one = Evidence
    columns = (one.person_id, one.expectation_id, one.day, one.rule, one.facet, one.strength, one.why, one.verdict)
    query = sa.select(*columns).join(ActivityRow, ActivityRow.id == one.activity_id)
    found = db.session.execute(query.where(ActivityRow.ref == ref, one.generation_id == LIVE.scalar_subquery()))
    return sorted((tuple(row) for row in found), key=repr)


def tombstone(stage: Stage, ref: str) -> None:
    """Its row says that it was there, and nothing that was said."""
    row = stage.row(ref)
    assert (value(row), row.authors, row.lang, row.tags) == (SCRUBBED, [], "", NO_TAGS)
    assert (row.ref, row.url, row.platform, row.channel) == (
        ref,
        stage.forum.url("asha_k", int(ref[-1])),
        Platform.REDDIT,
        "blog.example",
    )
    assert (row.metrics, row.replies, row.look_at, row.dropped_at) == ({"score": 1}, 3, None, None)
    assert row.deleted_at is not None


# 57: deleted upstream


def test_case_57_deleted_upstream_a_look_leaves_a_tombstone(stage: Stage, cast: Cast) -> None:
    held = evidence(ONE)
    stage.forum.deleted.add(ONE)
    stage.later(hours=41)
    record = stage.looks()
    assert record is not None
    assert (record.asked, record.seen, record.deleted, record.changed) == (2, 1, 1, 0)
    tombstone(stage, ONE)
    assert (value(stage.row(TWO))[1], evidence(ONE), len(held) > 0) == (ON_TOPIC, held, True)
    assert stage.items_of(cast.asha) == [""]  # the other one, which has no title; the tombstone is not shown
    assert [one.day for one in numbers.history(stage.row(ONE).id)] == [NOW.date()]


def test_case_57_a_page_that_tells_of_a_deletion_leaves_one_too_and_counts_it(stage: Stage) -> None:
    gone = Page(address="asha_k", activities=tuple(stage.forum.log["asha_k"][1:]), gone=(ONE, "reddit:t3_unknown"))
    counts = stored(stage, gone)
    assert (counts.deleted, counts.same, counts.new) == (1, 1, 0)
    tombstone(stage, ONE)
    assert stored(stage, gone).deleted == 0


def stored(stage: Stage, page: Page) -> Counts:
    """The page as a pull stores it."""
    subscription = stage.subscription(page.address).id
    readers = audience.readers(subscription)
    ready = prepare(page.activities, readers, stage.rules, facts.settled)
    counts = store(ready, page.unreadable, subscription, stage.now, page.gone)
    db.session.commit()
    return counts


def test_case_57_no_page_tells_the_end_of_what_came_by_another_address(stage: Stage, cast: Cast) -> None:
    stage.joins(cast.sven, "sven")
    stage.forum.writes("sven")
    stage.sweeps()
    forged = Unreadable(ref=ONE, reason="no date", raw="…")
    assert stored(stage, Page(address="sven", activities=(), unreadable=(forged,), gone=(ONE, TWO))).deleted == 0
    assert [row.deleted_at for row in rows(ActivityRow)] == [None] * 3


@pytest.mark.parametrize("text", [ON_TOPIC, EDITED], ids=["the same", "edited"])
def test_case_57_what_was_deleted_is_brought_back_by_no_road(stage: Stage, cast: Cast, text: str) -> None:
    stage.forum.deleted.add(ONE)
    stage.later(hours=41)
    stage.looks()
    before = dump(*FACTS)
    stage.forum.deleted.clear()
    stage.forum.now(ONE, text=text)
    stage.forum.rereads = True
    stage.later(hours=2)
    stage.sweeps()  # a later page
    assert dump(*FACTS) == before
    stage.subscription("asha_k").vocabulary = "older rules"
    db.session.commit()
    stage.later(hours=2)
    stage.sweeps()  # read whole again
    assert dump(*FACTS) == before
    db.session.execute(sa.update(ActivityRow).where(ActivityRow.ref == ONE).values(look_at=stage.now))
    db.session.commit()
    stage.looks()  # a look
    assert value(stage.row(ONE)) == SCRUBBED
    archive(stage, cast.asha, [one for one in stage.forum.log["asha_k"] if one.ref == ONE])
    tombstone_now = {**dump(*FACTS), "activity": before["activity"]}
    assert (tombstone_now["evidence"], tombstone_now["metric_snapshot"]) == (
        before["evidence"],
        before["metric_snapshot"],
    )
    assert (value(stage.row(ONE)), stage.row(ONE).authors) == (SCRUBBED, [])


def archive(stage: Stage, person: Person, activities: Sequence[Activity]) -> None:
    """The person gives us an archive that holds these."""
    account = db.session.scalars(sa.select(Account).where(Account.person_id == person.id)).one()
    ready = prepare(activities, [Reader(Owner(account.id, person.id, person.zone))], stage.rules)
    facts.keep([replace(fact, road=Road.ARCHIVE) for fact in ready.kept], stage.now)
    db.session.commit()


def test_case_57_raw_forms_and_hashes_of_what_was_deleted_go_too(stage: Stage) -> None:
    passed, broken = stage.forum.writes("asha_k", 2, OFF_TOPIC)
    stage.sweeps()
    bad = Unreadable(ref=broken, reason="no date", raw="what was said")
    stored(stage, Page(address="asha_k", activities=(), unreadable=(bad,)))
    assert (len(rows(PassedOver)), len(rows(Quarantined))) == (2, 1)
    stored(stage, Page(address="asha_k", activities=(), gone=(passed, broken)))
    assert (rows(PassedOver), rows(Quarantined)) == ([], [])


def test_case_57_links_that_it_shared_go_and_its_own_stays(stage: Stage) -> None:
    number = stage.row(ONE).id
    db.session.execute(sa.delete(ActivityLink))
    db.session.add(ActivityLink(link_hash=b"own", activity_id=number, own=True))
    db.session.add(ActivityLink(link_hash=b"shared", activity_id=number, own=False))
    db.session.commit()
    burial.bury([ONE], stage.now)
    db.session.commit()
    assert [link.link_hash for link in rows(ActivityLink)] == [b"own"]


# 57: hidden for now, and what may not be kept unseen


def test_case_57_what_is_hidden_for_now_loses_its_text_and_gets_it_back(stage: Stage, cast: Cast) -> None:
    held = evidence(ONE)
    stage.forum.hidden.add(ONE)
    stage.later(hours=41)
    record = stage.looks()
    assert record is not None
    assert (record.deleted, record.dropped) == (0, 1)
    row = stage.row(ONE)
    assert (value(row), row.deleted_at, row.dropped_at, row.authors) == (SCRUBBED, None, stage.now, ["asha_k"])
    assert (evidence(ONE), in_hours(row.look_at, stage.now)) == (held, 40)
    stage.forum.hidden.clear()
    stage.later(hours=41)
    stage.looks()
    row = stage.row(ONE)
    assert (value(row)[1], row.dropped_at, row.changes) == (ON_TOPIC, None, 0)
    assert (evidence(ONE), attention.edited(cast.asha.id)) == (held, [])


def test_case_57_a_text_that_nobody_could_look_at_in_time_is_dropped_and_restored(stage: Stage, cast: Cast) -> None:
    held = evidence(ONE)
    stage.forum.trouble = TryLater("the platform is down")
    for _ in range(12):
        stage.later(hours=4)
        stage.looks()
        stage.ages()
    assert [value(row)[1] for row in rows(ActivityRow)] == [ON_TOPIC, ON_TOPIC]  # 48 hours to the minute
    stage.later(minutes=1)
    stage.ages()
    assert [(value(row), row.dropped_at) for row in rows(ActivityRow)] == [(SCRUBBED, stage.now)] * 2
    row = stage.row(ONE)
    assert (row.metrics, row.url, evidence(ONE)) == ({"score": 1}, "https://forum.example/asha_k/0", held)
    stage.forum.trouble = None
    stage.later(hours=1)
    record = stage.looks()
    assert record is not None
    assert (record.seen, record.changed) == (2, 2)
    assert [(value(row)[1], row.dropped_at) for row in rows(ActivityRow)] == [(ON_TOPIC, None)] * 2
    stage.ages()
    assert (evidence(ONE), value(stage.row(ONE))[1]) == (held, ON_TOPIC)


def test_case_57_what_is_looked_at_in_time_is_never_dropped(stage: Stage) -> None:
    for _ in range(20):
        stage.later(hours=9)
        stage.looks()
        stage.ages()
        assert [row.dropped_at for row in rows(ActivityRow)] == [None, None]


def test_case_57_what_its_person_gave_us_in_an_archive_is_not_dropped(stage: Stage, cast: Cast) -> None:
    archive(stage, cast.asha, stage.forum.log["asha_k"][:1])
    stage.later(hours=49)
    stage.ages()
    assert (value(stage.row(ONE))[1], value(stage.row(TWO))) == (ON_TOPIC, SCRUBBED)


def test_case_57_what_a_page_restores_is_not_dropped_again_at_once(stage: Stage) -> None:
    stage.later(hours=49)
    stage.ages()
    stage.forum.rereads = True
    stage.sweeps()
    stage.ages()
    assert [(value(row)[1], row.dropped_at, row.looked_at) for row in rows(ActivityRow)] == [
        (ON_TOPIC, None, stage.now)
    ] * 2


def test_case_57_what_a_person_typed_is_nowhere_to_be_looked_at(stage: Stage, cast: Cast) -> None:
    """Not even on X, where confirming is a reason to look again."""
    [one] = [post for post in stage.forum.log["asha_k"] if post.ref == ONE]
    typed = replace(one, ref="x:1", platform=Platform.X)
    ready = prepare([typed], [Reader(Owner(None, cast.asha.id, "UTC"))], stage.rules)
    facts.keep([replace(fact, road=Road.HAND) for fact in ready.kept], stage.now)
    db.session.commit()
    stage.decides(cast.asha, stage.row("x:1").id, expectation("advocacy"), Word.CONFIRMED)
    assert (stage.row("x:1").look_at, stage.row("x:1").looked_at) == (None, None)


def test_case_57_a_raw_form_may_not_be_kept_for_longer_either(stage: Stage) -> None:
    bad = Unreadable(ref="reddit:t3_bad", reason="no date", raw="what was said")
    stored(stage, Page(address="asha_k", activities=(), unreadable=(bad,)))
    stage.later(hours=47)
    stage.ages()
    assert len(rows(Quarantined)) == 1
    stage.later(hours=2)
    stage.ages()
    assert rows(Quarantined) == []


def test_case_57_evidence_of_what_was_scrubbed_outlives_new_rules_and_roles(stage: Stage, cast: Cast) -> None:
    stage.forum.deleted.add(ONE)
    stage.forum.hidden.add(TWO)
    stage.later(hours=41)
    stage.looks()
    held = {ref: evidence(ref) for ref in (ONE, TWO)}
    tags = stage.row(TWO).tags
    assert all(held.values())
    remap(stage.rules, lambda: stage.now, lambda done, left: None)
    assert ({ref: evidence(ref) for ref in held}, stage.row(TWO).tags) == (held, tags)
    rejudge(cast.asha.id, stage.rules)
    db.session.commit()
    assert {ref: evidence(ref) for ref in held} == held
    exhibit = shown(stage, cast.asha)[stage.row(ONE).id]
    assert (exhibit.verdict, exhibit.counted, exhibit.deleted_on) == (Word.CONFIRMED, True, stage.now)
    stage.decides(cast.asha, stage.row(ONE).id, expectation("advocacy"), Word.REJECTED)
    remap(stage.rules, lambda: stage.now, lambda done, left: None)
    assert shown(stage, cast.asha)[stage.row(ONE).id].verdict is Word.REJECTED


def shown(stage: Stage, person: Person) -> dict[int, Exhibit]:
    return {one.activity_id: one for one in stage.exhibits(person, expectation("advocacy"))}


def test_case_57_the_page_says_in_words_what_became_of_it(
    stage: Stage, cast: Cast, sign_in: Callable[[Person], Browser]
) -> None:
    stage.forum.deleted.add(ONE)
    stage.forum.hidden.add(TWO)
    stage.later(hours=41)
    stage.looks()
    browser = sign_in(cast.asha)
    page = browser.get(f"/expectations/{expectation('advocacy')}?period=2026-Q4").text
    assert "Deleted where it was posted, on 25 Nov 2026; what you confirmed stays." in page
    assert "Its text is not kept here" in page
    assert ">post on Reddit<" in page
    assert (ON_TOPIC in page, "https://forum.example/asha_k/0" in page) == (False, True)
    home = browser.get("/").text
    assert ("https://forum.example/asha_k/1" in home, "https://forum.example/asha_k/0" in home) == (True, False)
    assert "its text is not kept here" in home
    assert page.count("In 2026-Q4: score +1") == 2  # its numbers stay


# 55 and 56


def test_case_55_what_others_do_in_the_thread_and_to_the_score_is_no_edit(stage: Stage, cast: Cast) -> None:
    number = stage.row(ONE).id
    numbers.by_hand(cast.asha.id, number, "score", 900, stage.now.date() + timedelta(days=1), stage.now)
    db.session.get_one(ActivityPerson, (number, cast.asha.id)).visibility = Visibility.PUBLIC
    db.session.commit()
    answered = Thread(key="reddit:t3_asha_k0", role=ThreadRole.OPENED, replies=9, participants=5)
    stage.forum.now(ONE, thread=answered, metrics={"score": 77})
    stage.later(hours=41)
    stage.looks()
    row = stage.row(ONE)
    assert (row.replies, row.participants, row.metrics, row.changes) == (9, 5, {"score": 77}, 0)
    assert ([*attention.edited(cast.asha.id)], shown(stage, cast.asha)[number].edited_since) == ([], False)
    stage.forum.now(ONE, text=EDITED, metrics={"score": 78}, thread=answered)
    stage.later(hours=41)
    stage.looks()
    exhibit = shown(stage, cast.asha)[number]
    assert (exhibit.verdict, exhibit.edited_since, exhibit.visibility) == (Word.CONFIRMED, True, Visibility.PUBLIC)
    assert [found.activity_id for found in attention.edited(cast.asha.id)] == [number]
    by_hand = [(shot.day, shot.value) for shot in rows(MetricSnapshot) if shot.by_hand]
    assert by_hand == [(date(2026, 11, 24), 900)]


def test_case_56_what_a_listing_shows_no_more_is_kept(stage: Stage) -> None:
    before = dump(*FACTS)
    stage.forum.log["asha_k"].clear()
    stage.forum.rereads = True
    stage.later(hours=2)
    stage.sweeps()
    assert dump(*FACTS) == before


# 60, 64 and 68: in flight


class Killed(BaseException):
    """The process is gone: nothing of ours runs any more."""


def test_case_60_killed_between_the_request_and_the_commit_it_is_done_again_and_nothing_is_doubled(
    stage: Stage, cast: Cast
) -> None:
    stage.forum.now(ONE, text=EDITED, metrics={"score": 50})
    stage.forum.deleted.add(TWO)
    stage.later(hours=41)
    before = dump(*(name for name in FACTS if name != "activity"))
    answer = stage.forum.look

    def die(refs: Sequence[str], now: datetime) -> None:
        answer(refs, now)
        raise Killed

    stage.forum.look = die  # type: ignore[method-assign, assignment]
    with pytest.raises(Killed):
        stage.looks()
    db.session.rollback()
    assert dump(*(name for name in FACTS if name != "activity")) == before
    stage.forum.look = answer  # type: ignore[method-assign]
    assert stage.looks() is None  # it does not hot-loop
    stage.later(hours=1)
    record = stage.looks()
    assert record is not None
    assert (record.asked, record.changed, record.deleted, len(stage.forum.looked)) == (2, 1, 1, 2)
    assert (value(stage.row(ONE))[1], value(stage.row(TWO))) == (EDITED, SCRUBBED)
    assert len([shot for shot in rows(MetricSnapshot) if shot.activity_id == stage.row(ONE).id]) == 2
    assert len(rows(ActivityRow)) == 2


@pytest.mark.parametrize("at", ["DELETE FROM evidence", "DELETE FROM quarantine", "INSERT INTO look_record"])
def test_case_60_broken_off_in_mid_transaction_no_half_of_a_look_is_stored(stage: Stage, at: str) -> None:
    stage.forum.now(ONE, text=EDITED, metrics={"score": 50})
    stage.forum.deleted.add(TWO)
    stage.later(hours=41)
    facts_before = dump(*(name for name in FACTS if name != "activity"))
    with stage.breaking(at):
        stage.looks() if at != "INSERT INTO look_record" else pytest.raises(RuntimeError, stage.looks)
    db.session.rollback()
    assert dump(*(name for name in FACTS if name != "activity")) == facts_before
    assert [value(row)[1] for row in rows(ActivityRow)] == [ON_TOPIC, ON_TOPIC]
    stage.later(hours=2)
    stage.looks()
    assert (value(stage.row(ONE))[1], value(stage.row(TWO))) == (EDITED, SCRUBBED)


def test_case_64_two_workers_never_look_at_the_same_items(stage: Stage, cast: Cast) -> None:
    stage.forum.writes("asha_k", 500)
    stage.sweeps()
    stage.later(hours=41)

    def work(_: int) -> None:
        with stage.app.app_context():
            looks.look(stage.hands, lambda: run_id)

    run_id = sweep.begin(stage.hands, "a test")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    asked = [ref for refs in stage.forum.looked for ref in refs]
    assert (len(asked), len(set(asked))) == (502, 502)
    [record] = rows(LookRecord)
    assert (record.asked, record.seen) == (502, 502)


@pytest.mark.parametrize("act", [connect.forget, connect.refuse, connect.pause])
def test_case_68_consent_taken_back_while_a_look_is_under_way_stores_nothing(
    stage: Stage, cast: Cast, act: Callable[..., None]
) -> None:
    asha = cast.asha.id
    account = db.session.scalars(sa.select(Account.id)).one()
    stage.forum.now(ONE, text=EDITED, metrics={"score": 50})
    stage.later(hours=41)
    stage.forum.in_between.append(lambda: stage.elsewhere(lambda: act(account, asha, stage.now)))
    record = stage.looks()
    assert record is not None
    assert (record.asked, record.changed) == (2, 0)
    left = [] if act is not connect.pause else [(ON_TOPIC, {"score": 1}), (ON_TOPIC, {"score": 1})]
    assert [(row.text, row.metrics) for row in rows(ActivityRow)] == left
    assert (len(dump("metric_snapshot")["metric_snapshot"]), len(dump("provenance")["provenance"])) == (
        len(left),
        len(left),
    )


def test_case_68_who_leaves_while_a_look_is_under_way_takes_nothing_from_others(stage: Stage, cast: Cast) -> None:
    mine = db.session.scalars(sa.select(Account.id)).one()
    stage.joins(cast.lena, "asha_k")  # a company's account that two people share
    stage.sweeps()
    stage.forum.now(ONE, text=EDITED)
    stage.later(hours=41)
    asha = cast.asha.id
    stage.forum.in_between.append(lambda: stage.elsewhere(lambda: connect.forget(mine, asha, stage.now)))
    stage.looks()
    assert (value(stage.row(ONE))[1], {row.person_id for row in rows(ActivityPerson)}) == (EDITED, {cast.lena.id})
    assert [row for row in rows(Evidence) if row.person_id == asha] == []
