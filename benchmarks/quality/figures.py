"""The promises about quality as figures: each value beside its aim, on all items and on the half nobody tuned on."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from advocacy.rules import load
from advocacy.settings import Settings
from benchmarks.figure import Figure
from benchmarks.quality import tags
from benchmarks.quality.items import read
from benchmarks.quality.score import FOUND, STRONG, Score, Verdict, score, verdicts
from benchmarks.quality.table import DOCS, pairs_right, table, write

PRECISION, RECALL = 0.9, 0.8


def figures(docs: Path | None = DOCS) -> Iterator[Figure]:
    """Precision and recall as shares; the whole table is written between its marks in `docs`, if told."""
    items, rules = read(), load(Settings())
    found = verdicts(items, rules)
    if docs is not None:
        write(table(found, items, rules), docs)
    yield from _of_half("all", found)
    yield from _of_half("held half", [one for one in found if one.item.held])
    both, whole = pairs_right(found, items)
    yield Figure("minimal pairs, both right", both, "pairs", whole, both / max(whole, 1), "all")
    there = tags.corpora()
    total = [tags.score(posts, rules.vocabulary) for posts in there.values()]
    if total:
        whole_score = Score(
            right=sum(s.right for s in total), wrong=sum(s.wrong for s in total), missed=sum(s.missed for s in total)
        )
        yield _share("topics authors tagged, recall", whole_score.recall, RECALL)


def _of_half(name: str, found: Sequence[Verdict]) -> Iterator[Figure]:
    yield _share(f"strong, precision ({name})", score(found, STRONG).precision, PRECISION)
    yield _share(f"found, precision ({name})", score(found, FOUND).precision, PRECISION)
    yield _share(f"found, recall ({name})", score(found, FOUND).recall, RECALL)


def _share(name: str, value: float, aim: float) -> Figure:
    return Figure(name, value, "", aim, value / aim, f"≥ {aim}")
