"""Several messages of one person in one conversation: counted as they come, and all judged by the count."""

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Activity, Kind, Thread, ThreadRole
from advocacy.models import threads
from advocacy.models.activities import ActivityRow
from advocacy.models.base import db
from advocacy.models.evidence import Evidence
from advocacy.remap import remap
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.scene import expectation, statements, writes
from tests.models.stage import Stage, said

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
KEY = "reddit:t3_thread"
WHY = "You kept this thread in r/kubernetes going: 3 messages of yours that others replied to"


@pytest.fixture
def stage(app: Flask, cast: Cast, rules: Rules) -> Stage:
    return Stage(rules, NOW)


def comment(number: int, replies: int | None = 1, key: str = KEY, **more: Any) -> Activity:
    thread = Thread(key=key, role=ThreadRole.JOINED, replies=replies)
    return said(f"reddit:t1_{number}", AT, kind=Kind.REPLY, thread=thread, channel="r/kubernetes", **more)


def counts() -> dict[str, tuple[int | None, int | None]]:
    db.session.rollback()
    query = sa.select(ActivityRow.ref, ActivityRow.thread_own, ActivityRow.thread_answered)
    return {row.ref.partition("_")[2]: (row.thread_own, row.thread_answered) for row in db.session.execute(query)}


def whys() -> dict[str, str]:
    """Why the messages are evidence for leading a discussion."""
    db.session.rollback()
    query = sa.select(ActivityRow.ref, Evidence.why).join(Evidence, Evidence.activity_id == ActivityRow.id)
    found = db.session.execute(query.where(Evidence.expectation_id == expectation("discussion")))
    return {ref.partition("_")[2]: why for ref, why in found if why.startswith("You kept this thread")}


def test_the_third_answered_message_makes_all_of_them_a_thread_kept_going(stage: Stage, cast: Cast) -> None:
    for number in (1, 2):
        stage.says(cast.asha, comment(number))
    assert (counts(), whys()) == ({"1": (2, 2), "2": (2, 2)}, {})
    stage.says(cast.asha, comment(3))
    assert counts() == dict.fromkeys("123", (3, 3))
    assert whys() == dict.fromkeys("123", WHY)


def test_siblings_of_one_page_know_each_other(stage: Stage, cast: Cast) -> None:
    stage.says(cast.asha, *map(comment, (1, 2, 3)))
    assert whys() == dict.fromkeys("123", WHY)


def test_a_reply_by_somebody_else_to_one_makes_all_of_them_count(stage: Stage, cast: Cast) -> None:
    stage.says(cast.asha, comment(1), comment(2), comment(3, replies=0))
    assert (counts()["1"], whys()) == ((3, 2), {})
    stage.says(cast.asha, comment(3, replies=2))
    assert (counts()["1"], whys()) == ((3, 3), dict.fromkeys("123", WHY))


def test_where_replies_are_not_told_unknown_stays_unknown(stage: Stage, cast: Cast) -> None:
    stage.says(cast.asha, comment(1), comment(2), comment(3, replies=None))
    assert (counts(), whys()) == (dict.fromkeys("123", (3, None)), {})


def test_replies_may_stand_among_the_numbers(stage: Stage, cast: Cast) -> None:
    stage.says(cast.asha, *(comment(n, replies=None, metrics={"replies": 0}) for n in (1, 2, 3)))
    assert whys() == {}
    stage.says(cast.asha, *(comment(n, replies=None, metrics={"replies": 1}) for n in (1, 2, 3)))
    assert whys() == dict.fromkeys("123", WHY)


def test_other_conversations_and_other_people_are_not_counted(stage: Stage, cast: Cast) -> None:
    stage.says(cast.asha, comment(1), comment(2, key="reddit:t3_other"))
    stage.says(cast.sven, comment(3))
    assert counts() == dict.fromkeys("123", (None, None)), "what is alone is not written down"


def test_an_edit_of_one_keeps_what_the_siblings_make_of_it(stage: Stage, cast: Cast) -> None:
    stage.says(cast.asha, *map(comment, (1, 2, 3)))
    stage.says(cast.asha, comment(2, text="OpenEBS again, for an SRE on Kubernetes"))
    assert whys() == dict.fromkeys("123", WHY)


def test_a_new_derivation_says_the_same(stage: Stage, cast: Cast, rules: Rules) -> None:
    stage.says(cast.asha, *map(comment, (1, 2, 3)))
    db.session.execute(sa.delete(Evidence))
    db.session.commit()
    remap(rules, lambda: NOW, lambda done, left: None)
    assert whys() == dict.fromkeys("123", WHY)


def test_the_same_page_again_counts_nothing(stage: Stage, cast: Cast) -> None:
    page = [comment(n) for n in (1, 2, 3)]
    stage.says(cast.asha, *page)
    with statements() as sent:
        stage.says(cast.asha, *page)
    assert [one for one in sent if "thread_key IN" in one] + writes(sent) == []


def test_a_message_in_a_conversation_of_its_own_costs_one_question_and_no_update(stage: Stage, cast: Cast) -> None:
    stage.says(cast.asha, comment(1))
    with statements() as sent:
        stage.says(cast.asha, *(comment(n, key=f"reddit:t3_{n}") for n in range(10, 40)))
    assert len([one for one in sent if "thread_key IN" in one]) == 1
    assert [one for one in sent if one.startswith("UPDATE")] == []


def test_what_lost_its_text_is_counted_and_not_judged_again(stage: Stage, cast: Cast) -> None:
    stage.says(cast.asha, comment(1), comment(2))
    db.session.execute(sa.update(ActivityRow).where(ActivityRow.ref == "reddit:t1_1").values(text="", dropped_at=NOW))
    db.session.commit()
    stage.says(cast.asha, comment(3))
    assert (counts()["1"], whys()) == ((3, 3), dict.fromkeys("23", WHY))


def test_in_which_conversations_something_is_kept(stage: Stage, cast: Cast) -> None:
    stage.says(cast.asha, comment(1))
    asked = ["", KEY, "reddit:t3_other"], [cast.asha.id, cast.sven.id]
    assert threads.kept(*asked) == frozenset({(cast.asha.id, KEY)})
