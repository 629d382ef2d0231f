"""The table of quality as Markdown, for docs/benchmarks.md and for the terminal."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from advocacy.rules import Rules
from benchmarks.quality import tags
from benchmarks.quality.items import Item
from benchmarks.quality.score import ANY, FOUND, STRONG, Score, Verdict, score

DOCS = Path(__file__).parents[2] / "docs" / "benchmarks.md"
_COLUMNS = (
    "strong: precision | recall | found: precision | recall | any: precision | recall |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)
_BEGIN, _END = "<!-- quality: begin -->", "<!-- quality: end -->"


def table(found: Sequence[Verdict], items: Sequence[Item], rules: Rules) -> str:
    """Halves, languages, platforms and expectations; pairs; the open half's failures; the tagger."""
    blocks = (_overall(found, items), _by_label(found), _failures(found), _tagger(rules, items))
    return "\n\n".join("\n".join(lines) for lines in blocks)


def write(text: str, docs: Path) -> None:
    """Put it between its marks, in place of what stood there; a document without the marks is left alone."""
    before, begins, rest = docs.read_text("utf-8").partition(_BEGIN)
    _, ends, after = rest.partition(_END)
    if begins and ends:
        docs.write_text(f"{before}{_BEGIN}\n{text}\n{_END}{after}", "utf-8")


def pairs_right(found: Iterable[Verdict], items: Iterable[Item]) -> tuple[int, int]:
    """Of how many minimal pairs both are right, strong and likely taken for given; and how many there are."""
    pairs: dict[str, set[str]] = {}
    for item in items:
        if item.pair:
            pairs.setdefault(item.pair, set()).add(item.id)
    faulty = {one.item.id for one in found if is_failure(one)}
    whole = [twins for twins in pairs.values() if len(twins) > 1]
    return sum(not twins & faulty for twins in whole), len(whole)


def topics_of(items: Iterable[Item], rules: Rules) -> Score:
    """The topics that the tagger finds in the labelled items, beside those that their labellers named."""
    found = [(set(rules.judge(one.activity).tags.topics), one.topics) for one in items]
    return Score(
        right=sum(len(given & named) for given, named in found),
        wrong=sum(len(given - named) for given, named in found),
        missed=sum(len(named - given) for given, named in found),
    )


def is_failure(one: Verdict) -> bool:
    """Whether it is found and not right, or right and not found."""
    return one.right != (one.given in FOUND)


def _overall(found: Sequence[Verdict], items: Sequence[Item]) -> Iterator[str]:
    yield f"| | items | {_COLUMNS}"
    for name, chosen in _groups(items):
        ids = {item.id for item in chosen}
        yield f"| {name} | {len(ids)} | {_cells([one for one in found if one.item.id in ids])} |"
    both, whole = pairs_right(found, items)
    yield f"\nMinimal pairs with both right: {both} of {whole}."


def _groups(items: Sequence[Item]) -> Iterator[tuple[str, list[Item]]]:
    yield "**all**", list(items)
    yield "open half", [one for one in items if not one.held]
    yield "**held half**", [one for one in items if one.held]
    yield "English", [one for one in items if one.lang == "en"]
    yield "other languages", [one for one in items if one.lang != "en"]
    for platform in sorted({one.activity.platform for one in items}):
        yield platform.value, [one for one in items if one.activity.platform is platform]


def _by_label(found: Sequence[Verdict]) -> Iterator[str]:
    yield f"| expectation | labelled | {_COLUMNS}"
    for label in sorted({one.label.partition("/")[0] if _is_persona(one) else one.label for one in found}):
        chosen = [one for one in found if one.label == label or _is_persona(one) and label == "personas"]
        yield f"| {label} | {sum(one.right for one in chosen)} | {_cells(chosen)} |"


def _is_persona(one: Verdict) -> bool:
    return one.label.startswith("personas/")


def _cells(found: Sequence[Verdict]) -> str:
    return " | ".join(_of(score(found, strengths)) for strengths in (STRONG, FOUND, ANY))


def _of(one: Score) -> str:
    precision = f"{one.precision:.2f} ({one.right}/{one.right + one.wrong})" if one.right + one.wrong else "–"
    recall = f"{one.recall:.2f}" if one.right + one.missed else "–"
    return f"{precision} | {recall}"


def _failures(found: Sequence[Verdict]) -> Iterator[str]:
    yield "Failures of the open half:"
    yield ""
    wrong = [one for one in found if not one.item.held and is_failure(one)]
    for one in wrong:
        what = "missed" if one.right else f"given ({one.given})"
        weakly = " but for a weak hint" if one.right and one.given else ""
        yield f"- `{one.item.id}`: {one.label} {what}{weakly}; {one.item.why}"
    if not wrong:
        yield "- none"


def _tagger(rules: Rules, items: Sequence[Item]) -> Iterator[str]:
    there = tags.corpora()
    if not there:
        yield "Authors' own tags elsewhere: not measured, `../shared/data` is not there.\n"
    yield "| topics | posts | precision (elsewhere a floor) | recall |"
    yield "| --- | ---: | ---: | ---: |"
    for name, half in (("labelled set, open half", False), ("**labelled set, held half**", True)):
        chosen = [one for one in items if one.held is half]
        yield f"| {name} | {len(chosen)} | {_of(topics_of(chosen, rules))} |"
    for name, posts in there.items():
        yield f"| {name} | {len(posts)} | {_of(tags.score(posts, rules.vocabulary))} |"
