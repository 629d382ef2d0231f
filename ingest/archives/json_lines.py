"""One JSON object a line, with the names that a table has (docs/imports.md)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ingest import table
from ingest.archive import Entry, Options, Unreadable
from ingest.bundle import BadArchive, Bundle
from ingest.lines import Lines
from ingest.table import columns

kind = "jsonl"
_MEND = 'write one object a line, like {"date": "2026-10-01", "title": "…", "link": "https://…"}'
_GROUPS = ("metrics", "thread")


def read(given: Bundle, options: Options) -> Iterator[Entry]:
    """Yield an activity for every line."""
    names = list(given.members) if given.is_single else given.find(r"[^/]*\.(?:jsonl|ndjson)")
    if not names:
        raise BadArchive(f"there are no JSON lines in {given.name}: give a file that ends in .jsonl")
    for name in names:
        with given.open(name) as stream:
            yield from _lines(Lines(stream), name, options)


def _lines(lines: Lines, name: str, options: Options) -> Iterator[Entry]:
    for line in lines:
        where = f"{name} line {lines.number}"
        if why := lines.why_spoilt(lines.number):
            yield Unreadable(where, why, "write the file as UTF-8, a short object on each line")
        elif line.strip():
            yield _entry(line, where, options)


def _entry(line: str, where: str, options: Options) -> Entry:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Unreadable(where, f"it is no JSON ({str(error)[:80]})", _MEND)
    if not isinstance(told, dict):
        return Unreadable(where, "it is no JSON object", _MEND)
    return table.activity_of(where, _cells(told, options), options)


def _cells(told: Mapping[str, Any], options: Options) -> dict[str, str]:
    """The values as cells of a table, by the names of our fields; groups of numbers may stand in objects."""
    named = columns(options)
    flat = dict(told)
    for group in _GROUPS:
        if isinstance(inside := flat.pop(group, None), dict):
            flat = inside | flat
    found: dict[str, str] = {}
    for words, value in flat.items():
        field = named(words)
        if field and value is not None and not isinstance(value, dict | list):
            found.setdefault(field, str(value).strip())
    return found
