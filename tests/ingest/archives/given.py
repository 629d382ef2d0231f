"""Files as people give them, made small: zips, folders, tables; and what a reader makes of them."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from advocacy.domain.activity import Activity
from ingest import archive_registry
from ingest.archive import Entry, Noted, Options, Skipped, Told, Unreadable
from ingest.bundle import bundle

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ASHA = Options(now=NOW, owner="1", zone="Asia/Kolkata", speakers=("Asha Rao", "asha@tern.example"))


class Read(list[Entry]):
    """All that a reader yielded, by sort."""

    @property
    def items(self) -> list[Activity]:
        return [one for one in self if isinstance(one, Activity)]

    @property
    def one(self) -> Activity:
        (item,) = self.items
        return item

    @property
    def skipped(self) -> list[Skipped]:
        return [one for one in self if isinstance(one, Skipped)]

    @property
    def wrong(self) -> list[Unreadable]:
        return [one for one in self if isinstance(one, Unreadable)]

    @property
    def notes(self) -> list[str]:
        return [one.words for one in self if isinstance(one, Noted)]

    @property
    def told(self) -> Told:
        return next((one for one in self if isinstance(one, Told)), Told())


def read(kind: str, path: Path, options: Options = ASHA) -> Read:
    """What the reader of that kind makes of a file."""
    with bundle(path) as given:
        return Read(archive_registry.BY_KIND[kind].read(given, options))


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def zipped(path: Path, members: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return path


def table(heading: Sequence[str], *rows: Sequence[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([heading, *rows])
    return out.getvalue()


def tweets(*told: Mapping[str, Any], part: int = 0, name: str = "tweets", wrapped: bool = True) -> str:
    """A part of an archive of X of the years since 2018."""
    items = [{"tweet": one} if wrapped else one for one in told]
    return f"window.YTD.{name}.part{part} = {json.dumps(items, indent=2)}"


def tweet(number: int, text: str = "An operator for Kubernetes", **more: Any) -> dict[str, Any]:
    """A tweet as an archive writes it."""
    plain = {
        "retweeted": False,
        "entities": {"hashtags": [], "symbols": [], "user_mentions": [], "urls": []},
        "display_text_range": ["0", f"{len(text)}"],
        "favorite_count": "3",
        "id_str": f"{number}",
        "truncated": False,
        "retweet_count": "1",
        "id": f"{number}",
        "created_at": "Wed Oct 10 20:19:24 +0000 2018",
        "favorited": False,
        "full_text": text,
        "lang": "en",
    }
    return plain | more


MANIFEST = "window.__THAR_CONFIG = " + json.dumps(
    {
        "userInfo": {"accountId": "77", "userName": "asha_k", "displayName": "Asha"},
        "archiveInfo": {"sizeBytes": "1", "generationDate": "2026-11-01T05:00:00.000Z", "isPartialArchive": False},
        "dataTypes": {"directMessages": {"files": [{"fileName": "data/direct-messages.js"}]}},
    }
)
