"""A table of events: a heading for each column, in our own words or those of confs.tech."""

import csv
from collections.abc import Iterator, Mapping

from advocacy.domain.event_files.told import (
    MOST,
    NoEvents,
    Told,
    Unfit,
    Wrong,
    day,
    in_order,
    languages,
    line,
    link,
    ref,
)

SOURCE = "csv"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "event", "title", "conference"),
    "starts": ("starts", "start", "startdate", "date", "from", "day"),
    "ends": ("ends", "end", "enddate", "to", "until"),
    "place": ("place", "city", "location", "venue"),
    "country": ("country",),
    "online": ("online",),
    "url": ("url", "link", "website"),
    "languages": ("languages", "language", "locales"),
    "cfp_url": ("cfpurl", "cfplink"),
    "cfp_closes": ("cfpcloses", "cfpenddate", "cfpend", "cfpdeadline", "callcloses"),
    "about": ("about", "description", "notes"),
    "ref": ("ref", "id"),
}
YES, NO = frozenset({"yes", "true", "1", "y", "x", "online"}), frozenset({"no", "false", "0", "n"})
_FIELDS = {heading: field for field, headings in COLUMNS.items() for heading in headings}


def read(text: str) -> Iterator[Told | Wrong]:
    """Each row, counted as a spreadsheet does: the headings are row 1; raise NoEvents without a column of names."""
    lines = text.replace("\x00", "").lstrip("\ufeff").splitlines(keepends=True)
    first = next((one for one in lines if one.strip()), "")
    rows = csv.reader(lines, delimiter=max(",;\t", key=first.count))
    headings = [_plain(cell) for cell in next(rows, [])]
    fields = [_FIELDS.get(heading, "") for heading in headings]
    if "name" not in fields:
        raise NoEvents(
            "It is no list of events: its first row must name the columns, and one of them must be “name”. "
            f"Known are: {', '.join(COLUMNS)}."
        )
    try:
        yield from _rows(rows, fields)
    except csv.Error as error:
        raise NoEvents(f"It is no table that can be read: {error}. Save it as CSV again.") from error


def _rows(rows: Iterator[list[str]], fields: list[str]) -> Iterator[Told | Wrong]:
    for number, cells in enumerate(rows, 2):
        if number > MOST + 1:
            raise NoEvents(f"It has more than {MOST:,} rows: read it in in parts.")
        row: dict[str, str] = {}
        for field, cell in zip(fields, cells, strict=False):
            if field and cell.strip():
                row.setdefault(field, _unmarked(cell.strip()))
        if not row:
            continue
        where = f"row {number}"
        try:
            yield _told(row, where)
        except Unfit as error:
            yield Wrong(f"{where} ({line(row['name'], 80)})" if "name" in row else where, f"{error}")


def _told(row: Mapping[str, str], where: str) -> Told:
    name, url = line(row.get("name")), link("url", row.get("url"))
    starts, ends = day("starts", row.get("starts")), day("ends", row.get("ends"))
    if not name:
        raise Unfit("it has no name. Give it one")
    in_order(("starts", "ends"), starts, ends)
    place, own = line(row.get("place")), line(row.get("ref"), 190)
    year = str(starts.year) if starts else ""
    return Told(
        ref=(own if ":" in own else f"{SOURCE}:{own}") if own else ref(SOURCE, name, place, year),
        name=name,
        where=where,
        starts=starts,
        ends=ends,
        url=url,
        place=place,
        country=line(row.get("country")),
        online=_online(row.get("online", "")),
        languages=languages(row.get("languages")),
        cfp_url=link("cfp_url", row.get("cfp_url")),
        cfp_closes=day("cfp_closes", row.get("cfp_closes")),
        about=row.get("about", "")[:10_000],
    )


def _online(said: str) -> bool | None:
    word = said.casefold()
    if word and word not in YES | NO:
        raise Unfit(f"online is neither yes nor no: {said[:40]!r}. Write yes or no")
    return word in YES if word else None


def _unmarked(cell: str) -> str:
    """Our own sheets mark text that begins like a formula; the mark is not part of it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@|%" else cell


def _plain(heading: str) -> str:
    return "".join(c for c in heading.casefold() if c.isalnum())
