"""An archive's items by pages, counted as they go by; never more of the file in memory than one page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from advocacy.domain.activity import Activity
from ingest import archive_registry
from ingest.archive import Entry, Noted, Options, Skipped, Told, Unreadable
from ingest.bundle import BadArchive, bundle
from ingest.import_order import Order, Whose
from ingest.import_tally import Tally

PAGE = 300  #: items of one transaction
MOST_ROWS = 2_000_000
Report = Callable[[int, int | None], None]


def silent(done: int, total: int | None) -> None:
    """The report of whoever does not want one."""


@contextmanager
def pages(
    order: Order, whose: Whose, tally: Tally, now: datetime, report: Report
) -> Iterator[Iterator[list[Activity]]]:
    """Open the file and read it; raise BadArchive when it is not what it is said to be, at once or on the way."""
    options = Options(
        now=now,
        owner=f"{order.person_id}",
        zone=whose.zone,
        handle=whose.handle,
        speakers=order.speakers or (whose.name, whose.email),
        columns=dict(order.columns),
        event=order.event,
    )
    with bundle(order.path, order.name) as given:
        yield _pages(enumerate(archive_registry.BY_KIND[order.kind].read(given, options)), tally, report)


def _pages(entries: Iterator[tuple[int, Entry]], tally: Tally, report: Report) -> Iterator[list[Activity]]:
    page: list[Activity] = []
    for number, entry in entries:
        if number >= MOST_ROWS:
            raise BadArchive(f"it has more than {MOST_ROWS:,} rows: give it in parts")
        if isinstance(entry, Activity):
            tally.meets(entry.at)
            page.append(entry)
        else:
            _note(entry, tally)
        if len(page) >= PAGE:
            yield page
            page = []
            report(number + 1, None)
    yield page


def _note(entry: Unreadable | Skipped | Noted | Told, tally: Tally) -> None:
    if isinstance(entry, Unreadable):
        tally.fails(entry)
    elif isinstance(entry, Skipped):
        tally.skips_row(entry)
    elif isinstance(entry, Noted):
        tally.notes(entry.words)
    else:
        tally.told = entry
