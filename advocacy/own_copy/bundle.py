"""The ZIP: each table as JSON and CSV, a page to read, and a note of what is what."""

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import IO, Any

from flask import render_template

from advocacy.models import holdings, portraits
from advocacy.models.people import Person
from advocacy.sheet import text_of

SHOWN = 300  #: rows of a table on the page; its file has all

Told = tuple[str, str, Sequence[str], int, list[dict[str, Any]]]
"""A table's name, what it is for, its columns, how many rows it has, and the first of them."""


def bundle(person: Person, now: datetime) -> IO[bytes]:
    """Everything that is held of a person, as an open file at its beginning."""
    file = io.BytesIO()
    found: list[Told] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        for name in holdings.tables():
            names = [column.name for column in holdings.columns(name)]
            rows = [{key: plain(value) for key, value in row.items()} for row in holdings.read(name, person.id)]
            pack.writestr(f"tables/{name}.json", json.dumps(rows, ensure_ascii=False, indent=1))
            pack.writestr(f"tables/{name}.csv", text_of(names, ([_cell(row[one]) for one in names] for row in rows)))
            found.append((name, holdings.in_words(name), names, len(rows), rows[:SHOWN]))
        for number, picture in portraits.all_of(person.id):
            pack.writestr(f"portraits/{number}.jpg", picture)
        known = ("expectation_id", "role_page", "section_title", "text")
        pack.writestr("sentences.csv", text_of(known, ([one[key] for key in known] for one in holdings.sentences())))
        told = {"person": person, "now": now, "tables": found, "nobodys": holdings.NOBODYS, "most": SHOWN}
        pack.writestr("README.md", render_template("own_copy/readme.md", **told))
        pack.writestr("style.css", render_template("own_copy/style.css"))
        pack.writestr("index.html", render_template("own_copy/index.html", **told))
    file.seek(0)
    return file


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
