"""A person's own table, as a spreadsheet saves it (docs/imports.md)."""

from collections.abc import Iterator

from ingest import table
from ingest.archive import Entry, Noted, Options, Unreadable
from ingest.bundle import BadArchive, Bundle
from ingest.sheet import Sheet

kind = "csv"


def read(given: Bundle, options: Options) -> Iterator[Entry]:
    """Yield an activity for every row of every table that was given."""
    names = list(given.members) if given.is_single else given.find(r"[^/]*\.(?:csv|tsv)")
    if not names:
        raise BadArchive(f"there is no table in {given.name}: give a file that ends in .csv")
    for name in names:
        with given.open(name) as stream:
            yield from _rows(Sheet(stream, name, table.columns(options)), options)


def _rows(sheet: Sheet, options: Options) -> Iterator[Entry]:
    if "date" not in sheet.columns:
        read = ", ".join(sheet.heading)[:300]
        raise BadArchive(f'no column is a date; the heading has {read}. Say which: --map "Heading=date"')
    for words in sheet.unread:
        yield Noted(f"the column {words!r} is not read: its heading is not known (--map says what one is)")
    for row in sheet:
        yield row if isinstance(row, Unreadable) else table.activity_of(row.where, row.cells, options)
