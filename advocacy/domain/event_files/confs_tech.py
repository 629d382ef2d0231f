"""The lists of confs.tech: a JSON list with an object for each conference."""

from collections.abc import Iterator
from typing import Any

from advocacy.domain.event_files.told import Told, Unfit, Wrong, day, in_order, languages, line, link, ref

SOURCE = "confs"


def read(rows: list[Any]) -> Iterator[Told | Wrong]:
    """Each row, in the order of the file; the first is row 1."""
    for number, row in enumerate(rows, 1):
        where = f"row {number}"
        if not isinstance(row, dict):
            yield Wrong(where, "it is no conference: an object with name, url and startDate")
            continue
        try:
            yield _told(row, where)
        except Unfit as error:
            name = line(row.get("name"), 80)
            yield Wrong(f"{where} ({name})" if name else where, f"{error}")


def _told(row: dict[str, Any], where: str) -> Told:
    name, url = line(row.get("name")), link("url", row.get("url"))
    starts, ends = day("startDate", row.get("startDate")), day("endDate", row.get("endDate"))
    if not name:
        raise Unfit("it has no name. Give it one")
    if starts is None:
        raise Unfit("it has no startDate. Write it as 2026-03-01")
    in_order(("startDate", "endDate"), starts, ends)
    city = line(row.get("city"))
    online = row.get("online")
    half = f"{starts.year}-{1 if starts.month < 7 else 2}"  # some hold one in spring and another in autumn
    return Told(
        ref=ref(SOURCE, url or name, city, half),
        name=name,
        where=where,
        starts=starts,
        ends=ends,
        url=url,
        place=city,
        country=line(row.get("country")),
        online=online if isinstance(online, bool) else None,
        languages=languages(row.get("locales")),
        cfp_url=link("cfpUrl", row.get("cfpUrl")),
        cfp_closes=day("cfpEndDate", row.get("cfpEndDate")),
    )
