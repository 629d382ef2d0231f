"""The posts of project blogs in ../shared/data/blogs, by their authors; bylines that are no person are left out."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from advocacy.domain.activity import Activity, Kind, Platform
from benchmarks.quality.tags import SHARED
from benchmarks.ranking.corpus import Post

_HEAD = re.compile(r"---\s*\n(.*?)\n---[ \t]*\n(.*)", re.DOTALL)
_FIELD = r"^{}:[ \t]*(.*)$"
_DAY = re.compile(r"(20\d\d)-(\d\d?)-(\d\d?)|(\d\d)-(\d\d)-(20\d\d)")
_APART = re.compile(r",|&| and ")
_NOBODY = re.compile(r"Team|Maintainers|Community|^OpenEBS$")
_DATA = re.compile(r"\(data:[^)]*\)")
SAME = {"Andres Taylor": "Andrés Taylor"}
"""Other spellings of a name."""

LONGEST = 60_000  #: characters of a post, as a feed would bring it


def posts(folder: Path = SHARED / "blogs") -> list[Post]:
    """Every post that a person signed, oldest first; none where the folder is not there."""
    found = [one for path in sorted(folder.rglob("*.md")) for one in _of(path, folder)]
    return sorted(found, key=lambda one: (one.activity.at, one.activity.ref))


def _of(path: Path, folder: Path) -> Iterator[Post]:
    whole = _HEAD.match(path.read_text("utf-8", errors="replace"))
    place = path.relative_to(folder).as_posix()
    if whole is None or not (day := _day(whole[1], place)) or not (authors := _authors(whole[1])):
        return
    text, blog = _DATA.sub("()", whole[2])[:LONGEST], place.partition("/")[0]
    said: dict[str, Any] = {"title": _field("title", whole[1]).strip("'\" "), "text": text}
    where: dict[str, Any] = {"channel": f"{blog}.example", "url": f"https://{blog}.example/{place.removesuffix('.md')}"}
    yield Post(
        authors, Activity(ref=f"feed:{place}", kind=Kind.ARTICLE, platform=Platform.FEED, at=day, **said, **where)
    )


def _field(name: str, head: str) -> str:
    found = re.search(_FIELD.format(name), head, re.MULTILINE)
    return found[1] if found else ""


def _authors(head: str) -> tuple[str, ...]:
    line = re.sub(r"<[^>]*>|\([^)]*\)", "", _field("authors?", head)).strip("'\" .")
    names = (" ".join(name.split()).strip("'\" .") for name in _APART.split(line))
    return tuple(dict.fromkeys(SAME.get(name, name) for name in names if name and not _NOBODY.search(name)))


def _day(head: str, place: str) -> datetime | None:
    found = _DAY.search(_field("date", head)) or _DAY.search(place)
    if found is None:
        return None
    year, month, day = found.groups()[:3] if found[1] else (found[6], found[5], found[4])
    return datetime(int(year), int(month), int(day), 9, tzinfo=UTC)
