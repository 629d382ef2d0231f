"""The objects of one long JSON array, one by one, whatever stands before it; in memory is never more than one."""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from ingest.bundle import BadArchive

CHUNK = 2**18  #: bytes read at a time
LONGEST = 4 * 2**20  #: characters of one object
HEAD = 4096  #: characters within which the array begins
_OPEN = re.compile(r"\s*(?:(?P<name>[\w.$\[\]\"']{1,200})\s*=)?\s*\[")
_BETWEEN = re.compile(r"[\s,]*")
_NEXT = re.compile(r"\}\s*,\s*\{")


@dataclass(frozen=True, slots=True)
class Broken:
    """A stretch that is no JSON object, and why."""

    reason: str


class JsonArray:
    """Iterates over the objects of the array; `name` is what it was assigned to, '' for a plain one."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._decode = stream, codecs.getincrementaldecoder("utf-8-sig")("replace").decode
        self._text, self._at, self._is_over = "", 0, False
        self._scan = json.JSONDecoder().raw_decode
        self._more()
        opened = _OPEN.match(self._text[:HEAD])
        if opened is None:
            raise BadArchive("it does not begin as a list of objects does")
        self.name, self._at = opened["name"] or "", opened.end()

    def __iter__(self) -> Iterator[Any | Broken]:
        while self._begins():
            try:
                found, self._at = self._scan(self._text, self._at)
            except (ValueError, RecursionError) as error:
                if not self._is_over and len(self._text) - self._at < LONGEST and isinstance(error, ValueError):
                    self._more()
                    continue
                yield Broken(self._skip(error))
            else:
                yield found

    def _begins(self) -> bool:
        """Whether another object begins; the text is moved to where it does."""
        while True:
            self._at = _BETWEEN.match(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._text):
                return self._text[self._at] != "]"
            if self._is_over:
                return False
            self._more()

    def _more(self) -> None:
        data = self._stream.read(CHUNK)
        self._is_over = not data
        self._text = self._text[self._at :] + self._decode(data, final=not data)
        self._at = 0

    def _skip(self, error: Exception) -> str:
        """Go to where the next object begins."""
        while not (found := _NEXT.search(self._text, self._at + 1)):
            self._at = max(self._at, len(self._text) - 100)
            if self._is_over:
                self._at = len(self._text)
                return f"the file ends in the middle ({str(error)[:80]})"
            self._more()
        self._at = found.end() - 1
        return f"it is no JSON ({str(error)[:80]})"
