"""A survey tool's list of responses: who answered, and when; each line that cannot be read says why."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

MOST = 10_000  #: lines of one list
_MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_DAYS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})"),
)


class NoList(ValueError):
    """The text is no list of responses; the words say what to do."""


@dataclass(frozen=True, slots=True)
class Response:
    """One line: an address, and the day, None when it names none."""

    line: int
    email: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Unread:
    """A line in which nobody was found."""

    line: int
    why: str


def read(text: str) -> Iterator[Response | Unread]:
    """Each line of a CSV with commas, semicolons or tabs; the first address in a line is who answered.

    A first line without an address is taken for the names of the columns. Raises NoList when no line has one.
    """
    if not _MAIL.search(text):
        raise NoList("No e-mail address stands in it: export the responses with the addresses of those who answered.")
    for number, row in enumerate(_rows(text), 1):
        if number > MOST:
            raise NoList(f"It has more than {MOST:,} lines: read it in in parts.")
        found = next((match[0] for cell in row if (match := _MAIL.search(cell))), "")
        if found:
            yield Response(number, found.lower(), _day(row))
        elif number > 1 and any(cell.strip() for cell in row):
            yield Unread(number, "no e-mail address stands in this line")


def _rows(text: str) -> Iterator[Sequence[str]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    return csv.reader(text.replace("\x00", "").splitlines(keepends=True), delimiter=delimiter)


def _day(row: Sequence[str]) -> date | None:
    for cell in row:
        for pattern in _DAYS:
            if match := pattern.search(cell):
                try:
                    return date(int(match["y"]), int(match["m"]), int(match["d"]))
                except ValueError:
                    continue
    return None
