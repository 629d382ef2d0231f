"""A file's lines as text, one at a time; a line of any length takes no more memory than the longest that is read."""

from collections.abc import Iterator
from typing import Protocol

from ingest.bundle import BadArchive

LONGEST = 2**20  #: bytes of a line
UTF16 = b"\xff\xfe", b"\xfe\xff"


class Readable(Protocol):
    """What gives lines: an open file, or whatever mends one."""

    def readline(self, limit: int, /) -> bytes:
        """The next line, or as much of it; nothing at the end."""


class Lines:
    """Iterates over the lines of a stream; `number` is that of the last one, `spoilt` says what was wrong with which.

    A line that is no UTF-8 comes with marks in place of what cannot be read, and one that is too long comes cut.
    """

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self.number = 0
        self.spoilt: dict[int, str] = {}

    def __iter__(self) -> Iterator[str]:
        while line := self._stream.readline(LONGEST):
            self.number += 1
            if self.number == 1:
                line = _begun(line)
            if not line.endswith(b"\n") and len(line) >= LONGEST:
                self._drop_rest()
                self.spoilt[self.number] = f"the line is longer than {LONGEST // 2**20} MB"
            yield self._text(line)

    def why_spoilt(self, first: int) -> str:
        """What was wrong with a line from that one on, '' for nothing; lines before are forgotten."""
        found = next((why for number, why in self.spoilt.items() if number >= first), "")
        self.spoilt.clear()
        return found

    def _drop_rest(self) -> None:
        while (rest := self._stream.readline(LONGEST)) and not rest.endswith(b"\n"):
            pass

    def _text(self, line: bytes) -> str:
        try:
            return line.decode()
        except UnicodeDecodeError:
            self.spoilt.setdefault(self.number, "it is no UTF-8 text")
            return line.decode("utf-8", "replace")


def _begun(line: bytes) -> bytes:
    if line.startswith(UTF16):
        raise BadArchive("the file is UTF-16: save it again as UTF-8 (in a spreadsheet: CSV UTF-8)")
    return line.removeprefix(b"\xef\xbb\xbf")
