"""The order of speakers as figures: ours beside the better of two baselines on the same texts."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.quality.table import DOCS
from benchmarks.ranking.answers import CORPORA, answers
from benchmarks.ranking.measure import DEEP, TOP, Answer, mean
from benchmarks.ranking.table import table, write
from benchmarks.ranking.ways import BASELINES, OURS


def figures(docs: Path | None = DOCS, corpora: Sequence[str] = tuple(CORPORA)) -> Iterator[Figure]:
    """NDCG and precision on all queries and on the held half; the table is written between its marks in `docs`."""
    found = [one for corpus in corpora for one in answers(corpus)]
    if docs is not None:
        write(table(found), docs)
    for half, chosen in {"all": found, "held half": [one for one in found if one.query.held]}.items():
        means = {way: mean(chosen, way) for way in (OURS, *BASELINES)}
        yield _beside(f"speakers, NDCG@{DEEP} ({half})", {way: one.ndcg for way, one in means.items()})
        yield _beside(f"speakers, precision@{TOP} ({half})", {way: one.precision for way, one in means.items()})


def better(chosen: Sequence[Answer]) -> tuple[float, float]:
    """The better baseline's NDCG and precision."""
    means = [mean(chosen, way) for way in BASELINES]
    return max(one.ndcg for one in means), max(one.precision for one in means)


def _beside(name: str, values: Mapping[str, float]) -> Figure:
    limit = max(values[way] for way in BASELINES)
    return Figure(name, values[OURS], "", limit, values[OURS] / limit, "≥ 1.05× the better baseline")
