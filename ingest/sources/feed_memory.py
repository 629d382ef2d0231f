"""What the feed source remembers of one subscription between two pulls."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Self

from ingest.source import Cursor

_LONGEST = 1000
_MOVES = 5
_MOVED_FOR = timedelta(days=1)


@dataclass(slots=True)
class Memory:
    """The cursor, field by field; what is empty is not written."""

    feed: str = ""  #: where the feed is, when not at the subscription's own address
    etag: str = ""  #: the validators byte for byte
    last_modified: str = ""
    body: str = ""  #: SHA-256 of the last body, for servers that know no validators
    gone: int = 0  #: 410 in a row
    missing: int = 0  #: 404 in a row
    moved_to: str = ""  #: where permanent redirects lead, until they are believed
    moved_seen: int = 0
    moved_since: str = ""
    known: list[str] = field(default_factory=list)  #: "ref link-hash [first seen]" of the last window and before
    again: bool = False  #: set by the job: read all again, whatever the validators say

    @classmethod
    def read(cls, cursor: Cursor) -> Self:
        """Take a cursor apart; what is missing or of another type is as if never remembered."""
        memory = cls()
        for known in fields(cls):
            value = cursor.get(known.name)
            if type(value) is type(getattr(memory, known.name)):
                setattr(memory, known.name, list(value) if isinstance(value, list) else value)
        return memory

    def cursor(self) -> Cursor:
        """Put the cursor together again."""
        return {known.name: value for known in fields(self) if (value := getattr(self, known.name))}

    def validators(self) -> dict[str, str]:
        """Give the headers that spare an unchanged feed the sending."""
        if self.again:
            return {}
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}

    def keep_validators(self, headers: Mapping[str, str]) -> None:
        """Remember what spares the sending next time, byte for byte; not what no honest server would send."""
        self.etag, self.last_modified = (
            told if len(told) <= _LONGEST and told.isprintable() else ""
            for told in (headers.get("etag", ""), headers.get("last-modified", ""))
        )

    def forget_feed(self) -> None:
        """Look for the feed anew next time."""
        self.feed = self.etag = self.last_modified = self.body = ""

    def notice_move(self, moved_to: str, now: datetime) -> None:
        """Believe a permanent redirect after five answers that say so over at least a day; temporary ones never."""
        if not moved_to:
            self.moved_to, self.moved_seen, self.moved_since = "", 0, ""
        elif moved_to != self.moved_to:
            self.moved_to, self.moved_seen, self.moved_since = moved_to, 1, now.isoformat()
        elif self.moved_seen < _MOVES:
            self.moved_seen += 1
        if self.moved_seen >= _MOVES and now - datetime.fromisoformat(self.moved_since) >= _MOVED_FOR:
            self.feed, self.moved_to, self.moved_seen, self.moved_since = self.moved_to, "", 0, ""
