"""What is odd in LinkedIn's tables: lines of a text stand in quotes of their own, and days are written in many ways.

A text of two lines is `"first"` and `"second"` on two lines of the file, with the quotes doubled or not; a reader of
tables would take the second for a row of its own.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO

from ingest.lines import LONGEST

_FORMS = (
    *("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S UTC", "%Y-%m-%d %H:%M", "%Y-%m-%d"),
    *("%m/%d/%y, %I:%M %p", "%m/%d/%Y %H:%M:%S", "%d %b %Y, %H:%M", "%d %b %Y"),
)
_BEGINS = re.compile(rb'"?(?:\d{4}-\d\d-\d\d|\d\d?/\d\d?/\d\d(?:\d\d)?|\d\d? [A-Z][a-z]{2} \d{4})[^,]{0,16},')
_BROKEN = re.compile(rb'"{1,2}\r?\n(?:"{0,2}\r?\n)*"{1,2}')
MOST = 4 * LONGEST  #: bytes of one row


class Mended:
    """A stream whose rows hold their line breaks as other tables do."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._rows = self._mended(stream)
        self._left: list[bytes] = []

    def readline(self, limit: int) -> bytes:
        """The next line, as a stream gives it."""
        if not self._left:
            self._left = next(self._rows, b"").splitlines(keepends=True)[::-1]
        line = self._left.pop() if self._left else b""
        if len(line) > limit:
            self._left.append(line[limit:])
        return line[:limit]

    def _mended(self, stream: IO[bytes]) -> Iterator[bytes]:
        row = b""
        while line := stream.readline(LONGEST):
            if row and (_BEGINS.match(line) or len(row) > MOST):
                yield _BROKEN.sub(lambda found: b"\n" * found[0].count(b"\n"), row)
                row = b""
            row += line
        yield _BROKEN.sub(lambda found: b"\n" * found[0].count(b"\n"), row)


def moment(words: str) -> datetime | None:
    """The moment, in any of the ways that LinkedIn writes it; they are all in UTC."""
    words = " ".join(words.replace("\u202f", " ").split())
    for form in _FORMS:
        try:
            return datetime.strptime(words, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None
