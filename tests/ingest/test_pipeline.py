"""Poison among good items: the good are stored, the bad is kept raw, and our own faults are not blamed on it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import current_app

from advocacy.domain.activity import Activity
from advocacy.domain.health import Outcome
from advocacy.models.activities import ActivityRow, Quarantined
from advocacy.models.base import db
from advocacy.models.fact import Fact, Owner
from ingest.pipeline import Counts, store
from ingest.prepare import Reader, Sorted, prepare
from ingest.source import Page, Unreadable
from tests.cast import Cast
from tests.ingest.platform import post
from tests.ingest.scene import BLOG, Scene, rows

NO_DATE = datetime(1, 1, 1, tzinfo=UTC)


def test_an_item_that_the_database_refuses_costs_only_itself(
    scene: Scene, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What `normal` would have taken out: a number beyond 64 bits.
    monkeypatch.setattr("ingest.prepare.normal", lambda activity: activity)
    scene.connects(cast.asha)
    scene.blogs.says(BLOG, *[Page(address=BLOG, activities=(*(post(n) for n in range(19)), huge()))] * 2)
    pull = scene.sweeps()[BLOG]
    assert (pull.new, pull.same, pull.poison, len(rows(ActivityRow))) == (19, 0, 1, 19)
    assert [(row.reason, b"Post 19" in row.raw) for row in rows(Quarantined)] == [("the database refused it", True)]
    pull = scene.sweeps()[BLOG]
    assert (pull.new, pull.same, pull.poison, len(rows(Quarantined))) == (0, 19, 1, 1)


def test_a_reason_may_quote_the_poison_and_raw_forms_are_cut(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    bad = Unreadable(ref="feed:\ud800\x00", reason="not a date: '\x00\ud800'", raw="\ud800" + "x" * 100_000)
    scene.blogs.says(BLOG, Page(address=BLOG, activities=(post(1),), unreadable=(bad,)))
    pull = scene.sweeps()[BLOG]
    assert (pull.outcome, pull.seen, pull.new, pull.poison) == (Outcome.OK, 2, 1, 1)
    assert [(row.reason, len(row.raw)) for row in rows(Quarantined)] == [("not a date: '\ufffd\ufffd'", 32 * 1024)]


def test_an_index_row_too_long_for_postgresql_is_poison_and_no_fault_of_ours(scene: Scene, cast: Cast) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no such limit")
    db.session.execute(sa.text("CREATE INDEX ix_trap ON activity (title)"))
    db.session.commit()
    long = "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(9000))
    facts = [fact(cast.asha.id, 0, title="short"), fact(cast.asha.id, 1, title=long)]
    counts = store(sorted_of(*facts), (), scene.connects(cast.asha).subscription_id or 0, scene.now)
    db.session.commit()
    assert (counts.new, counts.poison, [row.title for row in rows(ActivityRow)]) == (1, 1, ["short"])


def test_a_lost_connection_is_not_blamed_on_the_items(scene: Scene, cast: Cast) -> None:
    account = scene.connects(cast.asha)

    def cut(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if statement.startswith("INSERT INTO activity "):
            raise sa.exc.OperationalError(statement, {}, RuntimeError("server closed the connection"))

    sa.event.listen(db.engine, "before_cursor_execute", cut)
    try:
        with pytest.raises(sa.exc.OperationalError):
            store(sorted_of(fact(cast.asha.id, 0)), (), account.subscription_id or 0, scene.now)
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", cut)
    db.session.rollback()
    assert rows(Quarantined) == []


def test_counts_of_an_empty_page_are_not_all_poison() -> None:
    assert [Counts().all_poison, Counts(seen=2, poison=1).all_poison, Counts(seen=2, poison=2).all_poison] == [
        False,
        False,
        True,
    ]


def huge() -> Activity:
    return post(19, metrics={"views": 2**70})


def fact(person_id: int, n: int, **more: object) -> Fact:
    [made] = prepare([post(n)], [Reader(Owner(None, person_id, "UTC"))], current_app.extensions["advocacy.rules"]).kept
    return replace(made, activity=replace(made.activity, **more))  # type: ignore[arg-type]


def sorted_of(*facts: Fact) -> Sorted:
    return Sorted(kept=facts, passed=(), strangers=0, poison=())
