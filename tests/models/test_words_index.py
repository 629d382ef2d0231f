"""The index finds what the texts say, on both databases in the same way, and follows every change of them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.asked import parse
from advocacy.models import db
from advocacy.models.activities import ActivityRow
from advocacy.models.person_erasure import erase_person
from advocacy.models.timeline_filter import Filter, best, page
from advocacy.models.words_index import ACTIVITIES, COLUMN
from tests.cast import Cast
from tests.conftest import NOW

Write = Callable[..., int]
TEXTS = {
    "The quorum of etcd": "Losing it at noon. kube-proxy, openebs.io/docs and v1.27.3 stayed.",
    "Chaos—at “noon”": "We broke the etcdctl alias; user@tern.example wrote 0x1F and 1e5 rows.",
    "Größe zählt": "Über naïve Größen, 快照恢复 und nichts sonst → fertig 🎉etcd🎉",
    "A last one": "the end of a title",
}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("etcd", ["The quorum of etcd", "Chaos—at “noon”", "Größe zählt"]),
        ('"etcd"', ["The quorum of etcd", "Größe zählt"]),
        ("ETCDCTL", ["Chaos—at “noon”"]),
        ("noon", ["The quorum of etcd", "Chaos—at “noon”"]),
        ("proxy", ["The quorum of etcd"]),
        ("kube-proxy", ["The quorum of etcd"]),
        ("proxy-kube", []),
        ("openebs", ["The quorum of etcd"]),
        ("docs", ["The quorum of etcd"]),
        ('"v1.27.3"', ["The quorum of etcd"]),
        ("v1.27", ["The quorum of etcd"]),
        ("user@tern.example", ["Chaos—at “noon”"]),
        ("0x1f 1e5", ["Chaos—at “noon”"]),
        ('"of etcd losing"', []),  # a phrase does not go on from the title into the text
        ("größe", ["Größe zählt"]),
        ("naïve", ["Größe zählt"]),
        ("ve", []),
        ("快照", ["Größe zählt"]),
        ("fertig etcd", ["Größe zählt"]),
        ("title", ["A last one"]),
        ("the -etcd", ["A last one"]),
        ("-etcd -the", []),
        ("-快照 etcd", ["The quorum of etcd", "Chaos—at “noon”"]),
        ("or and not near", []),
    ],
)
def test_both_databases_find_the_same(cast: Cast, article: Write, words: str, found: list[str]) -> None:
    for title, text in TEXTS.items():
        article(cast.asha, title=title, text=f"{text} Kubernetes")
    items = page(cast.asha.id, Filter(asked=parse(words)), None, 10)
    assert {one.title for one in items} == set(found)


def test_nobody_finds_what_is_somebody_elses(cast: Cast, article: Write) -> None:
    article(cast.asha, title="The quorum of etcd")
    wanted = Filter(asked=parse("etcd"))
    assert (page(cast.sven.id, wanted, None, 10), best(cast.sven.id, wanted, None, 10)) == ([], [])


def test_it_follows_edits_and_deletions(cast: Cast, article: Write) -> None:
    number = article(cast.asha, title="The quorum of etcd", text="At noon.")
    _set(number, title="The quorum of Raft")
    assert _found() == {"etcd": 0, "raft": 1, "noon": 1}
    _set(number, text="")
    assert _found() == {"etcd": 0, "raft": 1, "noon": 0}
    db.session.execute(sa.delete(ActivityRow).where(ActivityRow.id == number))
    assert _found() == {"etcd": 0, "raft": 0, "noon": 0}


def test_who_is_erased_is_not_found(cast: Cast, article: Write) -> None:
    article(cast.asha, title="The quorum of etcd", text="At noon.")
    erase_person(cast.asha, NOW)
    assert _found() == {"etcd": 0, "raft": 0, "noon": 0}


def _set(number: int, **said: str) -> None:
    db.session.execute(sa.update(ActivityRow).where(ActivityRow.id == number).values(**said))


def _found() -> dict[str, int]:
    """How many rows the index itself knows for each word."""
    dialect = db.engine.dialect.name
    return {
        word: len(
            db.session.scalars(sa.select(ActivityRow.id).where(ACTIVITIES.says(parse(word).wanted, dialect))).all()
        )
        for word in ("etcd", "raft", "noon")
    }


def test_sqlites_index_is_whole(app: Flask, cast: Cast, article: Write) -> None:
    """FTS5 compares its index with the texts, and raises where they differ."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL makes the column of the texts itself")
    number = article(cast.asha, title="The quorum of etcd")
    _set(number, title="Another")
    article(cast.asha, title="A second")
    db.session.execute(sa.text(f"INSERT INTO {ACTIVITIES.name}({ACTIVITIES.name}, rank) VALUES ('integrity-check', 1)"))


def test_the_index_is_asked_and_no_text_is_read_for_it(app: Flask) -> None:
    query = sa.select(ActivityRow.id).where(ACTIVITIES.says(parse("etcd quorum").wanted, db.engine.dialect.name))
    plan = "\n".join(map(str, db.session.execute(_explained(query))))
    wanted = "VIRTUAL TABLE" if db.engine.dialect.name == "sqlite" else f"ix_activity_{COLUMN}"
    assert re.search(wanted, plan), plan


def _explained(query: "sa.Select[Any]") -> sa.TextClause:
    told = str(query.compile(db.engine, compile_kwargs={"literal_binds": True}))
    if db.engine.dialect.name == "sqlite":
        return sa.text(f"EXPLAIN QUERY PLAN {told}".replace(":", r"\:"))
    db.session.execute(sa.text("SET LOCAL enable_seqscan = off"))
    return sa.text(f"EXPLAIN {told}".replace(":", r"\:"))
