"""Long posts of an X archive: their whole text stands in a file of its own, found again by moment and beginning."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from ingest.bundle import Bundle
from ingest.json_stream import JsonArray

SLACK = 5  #: seconds between the two files' moments of one post
BEGINNING = 60  #: characters that both have in common
MOST = 100_000  #: long posts held in memory


class Notes:
    """The long texts of an archive."""

    def __init__(self, given: Bundle, names: Iterable[str]) -> None:
        self._by_second: dict[int, list[Mapping[str, Any]]] = {}
        for name in names:
            with given.open(name) as stream:
                for number, item in enumerate(JsonArray(stream)):
                    note = item.get("noteTweet") if isinstance(item, dict) else None
                    if isinstance(note, dict) and number < MOST:
                        self._add(note)

    def of(self, at: datetime, text: str) -> Mapping[str, Any] | None:
        """The long text of a post as the API tells it, when it has one."""
        if not self._by_second:
            return None
        second, start = int(at.timestamp()), _start(text)
        for near in sorted(range(second - SLACK, second + SLACK + 1), key=lambda other: abs(other - second)):
            for note in self._by_second.get(near, ()):
                if start and _start(note["text"]) == start:
                    return note
        return None

    def _add(self, note: Mapping[str, Any]) -> None:
        core = note.get("core")
        text = core.get("text") if isinstance(core, dict) else None
        try:
            at = datetime.fromisoformat(str(note.get("createdAt")))
        except ValueError:
            return
        if isinstance(text, str) and isinstance(core, dict) and at.tzinfo:
            told = {"text": text, "entities": {"urls": _links(core.get("urls"))}}
            self._by_second.setdefault(int(at.timestamp()), []).append(told)


def _start(text: str) -> str:
    return " ".join(text.split())[:BEGINNING]


def _links(told: Any) -> list[dict[str, Any]]:
    links = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    return [{"url": one.get("shortUrl"), "expanded_url": one.get("expandedUrl")} for one in links]
