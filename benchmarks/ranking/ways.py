"""Three ways to put the people of one corpus in order: ours, by how often they say it, and by their best text."""

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from advocacy.domain.finding.question import FILLER
from advocacy.domain.finding.wish import Wish
from advocacy.finding.find import in_order
from advocacy.models.base import db
from advocacy.models.findable.tables import FindableItem, FindableWork
from advocacy.rules import Rules
from benchmarks.databases import NOW

OURS, HITS, BEST = "ours", "keyword hits", "best bm25"
BASELINES = (HITS, BEST)
Way = Callable[[str], Sequence[str]]
"""From a query's words to names, the best first."""


def ways(names: Mapping[int, str], rules: Rules) -> dict[str, Way]:
    """Each by its name, over what is findable in the installation at hand."""
    texts = [(names[row.person_id], row.title, row.text) for row in db.session.execute(_texts())]
    index = _indexed(texts)
    return {
        OURS: lambda words: [names[one.person_id] for one in in_order(words, Wish(), rules, NOW.date(), NOW).best],
        HITS: lambda words: _by_hits(words, texts),
        BEST: lambda words: _by_best(words, index),
    }


def _texts() -> sa.Select[Any]:
    item, work = FindableItem, FindableWork
    query: sa.Select[Any] = sa.select(work.person_id, item.title).add_columns(item.text)
    return query.join(item, item.id == work.item_id).order_by(work.person_id, item.id)


def _words(query: str) -> list[str]:
    return [word for word in re.findall(r"\w+", query.casefold()) if word not in FILLER]


def _by_hits(query: str, texts: Sequence[tuple[str, str, str]]) -> list[str]:
    """How often somebody says the words, in all their texts together."""
    hits: dict[str, int] = {}
    for name, title, text in texts:
        said = re.findall(r"\w+", f"{title} {text}".casefold())
        hits[name] = hits.get(name, 0) + sum(said.count(word) for word in _words(query))
    return sorted((name for name, count in hits.items() if count), key=lambda name: (-hits[name], name))


def _indexed(texts: Sequence[tuple[str, str, str]]) -> sqlite3.Connection:
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE said USING fts5(name UNINDEXED, title, text, tokenize = 'porter unicode61')")
    index.executemany("INSERT INTO said VALUES (?, ?, ?)", texts)
    return index


def _by_best(query: str, index: sqlite3.Connection) -> list[str]:
    """By the text that fits best, by SQLite's own figure (bm25), any of the words."""
    match = " OR ".join(f'"{word}"' for word in _words(query))
    rows = index.execute("SELECT name, rank FROM said WHERE said MATCH ? ORDER BY rank, name", (match,)).fetchall()
    return list(dict.fromkeys(name for name, _ in rows))
