"""The public voice as tables by two axes, what each says in a sentence, and who could fill what is empty."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from advocacy.domain.public_voice import NAMES, NONE, Axis, Format, Wanted, Work, wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Works by two axes, of those that `of` wants; a work counts in each row and column that it names."""

    rows: Axis
    columns: Axis
    row_ids: tuple[str, ...]
    column_ids: tuple[str, ...]
    of: Wanted
    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    totals: Mapping[str, int] = field(default_factory=dict)
    works: int = 0

    def count(self, row: str, column: str) -> int:
        """How many works stand there."""
        return self.counts.get((row, column), 0)

    def cell(self, row: str, column: str) -> Wanted:
        """Which works stand there."""
        return self.of.at(self.rows, row).at(self.columns, column)

    def gaps(self) -> list[Wanted]:
        """The cells in which nothing stands, column by column."""
        return [self.cell(row, c) for c in self.column_ids for row in self.row_ids if not self.count(row, c)]


def table(found: Iterable[Work], rows: Axis, columns: Axis, ids: Mapping[Axis, Sequence[str]], of: Wanted) -> Table:
    """Count the wanted works by two axes; `ids` are what stands on each, whether anything is there or not."""
    counts: Counter[tuple[str, str]] = Counter()
    totals: Counter[str] = Counter()
    some = wanted(found, of)
    for one in some:
        totals.update(one.on(rows))
        counts.update((row, column) for row in one.on(rows) for column in one.on(columns))
    return Table(
        rows=rows,
        columns=columns,
        row_ids=tuple(ids[rows]),
        column_ids=tuple(ids[columns]),
        of=of,
        counts=counts,
        totals=totals,
        works=len(some),
    )


def named_on(found: Iterable[Work], axis: Axis) -> list[str]:
    """What these works name on an axis: what most name first, of equals by its id."""
    counts = Counter(value for one in found for value in one.on(axis))
    return sorted(counts, key=lambda value: (-counts[value], value))


def could_fill(found: Iterable[Work], gap: Wanted, among: Collection[int]) -> list[int]:
    """Who of these people said something on the gap's topic in another format, or anything for its persona."""
    known: set[int] = set()
    for one in found:
        if (gap.topic and gap.topic in one.topics) or (gap.persona and gap.persona in one.personas):
            known |= one.people
    return [person_id for person_id in among if person_id in known]


def phrase(of: Wanted, name: Callable[[str], str]) -> str:
    """What a filter leaves, without its noun: ` on CSI for SREs`."""
    on = f" on {name(of.topic)}" if of.topic not in ("", NONE) else ""
    whom = f" for {plural(name(of.persona))}" if of.persona not in ("", NONE) else ""
    unnamed = [f"no {axis.value}" for axis in (Axis.TOPIC, Axis.PERSONA) if getattr(of, axis.value) == NONE]
    return on + whom + (f" that name {' and '.join(unnamed)}" if unnamed else "")


def lacking(of: Wanted, name: Callable[[str], str], span: str) -> str:
    """That nothing is there: `No talk on Chaos engineering for Platform engineers in 12 months`."""
    what = f"No {NAMES[Format(of.format)][0]}" if of.format else "Nothing"
    return f"{what}{phrase(of, name)} {span}"


def finding(one: Table, name: Callable[[str], str], span: str) -> str:
    """What a table says, in a sentence: the first column with gaps, or that there are none."""
    if not one.works:
        return lacking(one.of, name, span)
    for column in one.column_ids:
        empty = [row for row in one.row_ids if not one.count(row, column)]
        if len(empty) == 1:
            return lacking(one.cell(empty[0], column), name, span)
        if empty:
            rest = lacking(one.of.at(one.columns, column), name, span)
            return f"{len(empty)} of {len(one.row_ids)} {one.rows.value}s have {rest[0].lower()}{rest[1:]}"
    return f"No gap{phrase(one.of, name)}: each {one.rows.value} has every {one.columns.value} {span}"


def plural(name: str) -> str:
    """A persona's name for more than one of them: `SREs`."""
    return name if name.endswith("s") else f"{name}s"
