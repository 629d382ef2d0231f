"""A list as a file for spreadsheets, in which no cell can become a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

_DANGEROUS = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def sheet(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A CSV to download under a name of ours."""
    answer = Response(text_of(columns, rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f"attachment; filename={name}.csv"
    return answer


def text_of(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A list as CSV; text that begins like a formula is marked as text."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def _harmless(cell: object) -> object:
    if not isinstance(cell, str):
        return "" if cell is None else cell
    return f"'{cell}" if cell.lstrip(" ").startswith(_DANGEROUS) else cell
