"""A table of comma-separated values, read row by row; of each row only the columns that are wanted by name are kept."""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ingest.archive import Unreadable
from ingest.bundle import BadArchive, told
from ingest.lines import Lines, Readable

MOST_COLUMNS = 200
_MEND = {
    "it is no UTF-8 text": "save the table as CSV UTF-8",
    "": "put quotes around cells that hold commas, quotes or line breaks, and double the quotes inside",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands, and its cells by the names that were wanted."""

    where: str
    cells: Mapping[str, str]


class Sheet:
    """A table with a heading. `wanted` gives the name of a column by its heading; None: it is not read."""

    def __init__(self, stream: Readable, name: str, wanted: Callable[[str], str | None]) -> None:
        self._lines, self._name = Lines(stream), name
        first = next(iter(self._lines), "")
        self._reader = csv.reader(self._lines, delimiter=_delimiter(first))
        self.heading = _heading(first, _delimiter(first), name)
        self._columns: dict[int, str] = {}
        for place, words in enumerate(self.heading):
            column = wanted(words)
            if column is not None and column not in self._columns.values():
                self._columns[place] = column
        self.unread = [words for place, words in enumerate(self.heading) if words and place not in self._columns]
        self._width = len(self.heading)

    @property
    def columns(self) -> frozenset[str]:
        """The names of the columns that are read."""
        return frozenset(self._columns.values())

    def __iter__(self) -> Iterator[Row | Unreadable]:
        while True:
            first = self._lines.number + 1
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield self._wrong(first, f"it cannot be taken apart ({error}); is a quote not closed?")
                continue
            if why := self._lines.why_spoilt(first):
                yield self._wrong(first, why)
            elif any(cells[self._width :]):
                yield self._wrong(first, f"it has {len(cells)} cells, and the heading {self._width}")
            elif any(cells):
                kept = {name: cells[place].strip() for place, name in self._columns.items() if place < len(cells)}
                yield Row(self._where(first), kept)

    def _where(self, line: int) -> str:
        return f"{self._name} line {line}"

    def _wrong(self, line: int, what: str) -> Unreadable:
        return Unreadable(self._where(line), what, _MEND.get(what, _MEND[""]))


def _delimiter(heading: str) -> str:
    """Comma, semicolon or tab, whichever the heading has most of: spreadsheets differ by country."""
    return max(",;\t", key=heading.count)


def _heading(line: str, delimiter: str, name: str) -> list[str]:
    try:
        cells = [" ".join(cell.split()) for cell in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error as error:
        raise BadArchive(f"the heading of {told(name)} cannot be read: {error}") from error
    if not any(cells):
        raise BadArchive(f"{told(name)} is empty: its first line must name the columns")
    if len(cells) > MOST_COLUMNS:
        raise BadArchive(f"{told(name)} has {len(cells)} columns; {MOST_COLUMNS} are the most that are read")
    return cells
