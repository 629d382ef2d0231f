"""The table of the ranking as Markdown, for docs/benchmarks.md."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.ranking.measure import DEEP, TOP, Answer, mean
from benchmarks.ranking.ways import BASELINES, OURS

WAYS = (OURS, *BASELINES)
_BEGIN, _END = "<!-- ranking: begin -->", "<!-- ranking: end -->"
NAMES = {"demo": "demo company", "blogs": "project blogs"}
SHOWN = 5  #: people of a failure that are named


def table(found: Sequence[Answer]) -> str:
    """Halves and corpora, kinds of queries, and the failures of the open half."""
    blocks = (_overall(found), _by_kind(found), _failures(found))
    return "\n\n".join("\n".join(lines) for lines in blocks)


def write(text: str, docs: Path) -> None:
    """Put it between its marks, in place of what stood there; a document without the marks is left alone."""
    before, begins, rest = docs.read_text("utf-8").partition(_BEGIN)
    _, ends, after = rest.partition(_END)
    if begins and ends:
        docs.write_text(f"{before}{_BEGIN}\n{text}\n{_END}{after}", "utf-8")


def _overall(found: Sequence[Answer]) -> Iterator[str]:
    yield from _head("")
    halves = {"**all**": found, "open half": _half(found, held=False), "**held half**": _half(found, held=True)}
    for half, chosen in halves.items():
        yield _row(half, chosen)
        for corpus in dict.fromkeys(one.query.corpus for one in chosen):
            yield _row(f"{half}, {NAMES[corpus]}", [one for one in chosen if one.query.corpus == corpus])
    if not any(one.query.corpus == "blogs" for one in found):
        yield "\nProject blogs: not measured, `../shared/data` is not there."


def _by_kind(found: Sequence[Answer]) -> Iterator[str]:
    yield from _head("query")
    for kind in sorted({one.query.kind for one in found}):
        yield _row(kind, [one for one in found if one.query.kind == kind])


def _head(first: str) -> Iterator[str]:
    named = " | ".join(f"{way}: NDCG@{DEEP} | P@{TOP}" for way in WAYS)
    yield f"| {first} | queries | {named} | P@{TOP} of the best order |"
    yield "| --- | ---: |" + " ---: |" * (2 * len(WAYS) + 1)


def _row(name: str, chosen: Sequence[Answer]) -> str:
    cells = [f"{one.ndcg:.2f} | {one.precision:.2f}" for one in (mean(chosen, way) for way in WAYS)]
    reachable = sum(one.reachable for one in chosen) / max(len(chosen), 1)
    return f"| {name} | {len(chosen)} | {' | '.join(cells)} | {reachable:.2f} |"


def _half(found: Sequence[Answer], *, held: bool) -> list[Answer]:
    return [one for one in found if one.query.held is held]


def _failures(found: Sequence[Answer]) -> Iterator[str]:
    yield "Failures of the open half, the grades behind the names (a best precision missed, or NDCG below 0.8):"
    yield ""
    wrong = [one for one in _half(found, held=False) if one.precision(OURS) < one.reachable or one.ndcg(OURS) < 0.8]
    for one in wrong:
        people = [f"{name} {one.query.grades.get(name, 0)}" for name in one.orders[OURS][:SHOWN]]
        where = f"“{one.query.words}” ({NAMES[one.query.corpus]}), {one.ndcg(OURS):.2f}"
        yield f"- {where}: {', '.join(people) or 'nobody'}"
    if not wrong:
        yield "- none"
