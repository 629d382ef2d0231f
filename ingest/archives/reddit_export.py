"""The export that Reddit gives its people: posts.csv and comments.csv, and nothing else of it.

Its rows are put into the form of Reddit's API and translated as the API's are, so that both give the same.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from advocacy.domain.activity import Activity
from ingest.archive import Entry, Options, Skipped, Told, Unreadable
from ingest.bundle import BadArchive, Bundle
from ingest.sheet import Sheet
from ingest.sources import reddit_items

kind = "reddit-export"

POSTS, COMMENTS, STATISTICS = r"posts\.csv", r"comments\.csv", r"statistics\.csv"
COLUMNS = frozenset({"id", "permalink", "date", "subreddit", "title", "url", "body", "link", "parent"})
"""What is read by name; the `ip` column is not among it."""

_NOBODY = "the-archives-own"
_POST_ID = re.compile(r"/comments/([0-9a-z]+)", re.IGNORECASE)
_MEND = "nothing is to be mended by hand; fetch the export again if there are many"


def read(given: Bundle, options: Options) -> Iterator[Entry]:
    """Yield whose it is, then every post and every comment; both tables together hold everything."""
    posts, comments = given.find(POSTS), given.find(COMMENTS)
    tables = list(given.members) if given.is_single else [*posts[:1], *comments[:1]]
    if not tables:
        raise BadArchive(f"there is neither posts.csv nor comments.csv in {given.name}")
    about = _about(given, whole=bool(posts and comments))
    yield about
    for name in tables:
        with given.open(name) as stream:
            sheet = Sheet(stream, name, lambda heading: heading.lower() if heading.lower() in COLUMNS else None)
            yield from _rows(sheet, name, about.handle or options.handle)


def _about(given: Bundle, *, whole: bool) -> Told:
    """The name and the day that the table of statistics tells, when it is there; no other line of it is kept."""
    told = dict.fromkeys(("account name", "export time"), "")
    for name in [] if given.is_single else given.find(STATISTICS)[:1]:
        with given.open(name) as stream:
            for row in Sheet(stream, name, lambda heading: heading if heading in ("statistic", "value") else None):
                if not isinstance(row, Unreadable) and row.cells.get("statistic") in told:
                    told[row.cells["statistic"]] = row.cells.get("value", "")
    made = _seconds(told["export time"])
    handle = told["account name"] if re.fullmatch(r"[\w-]{1,40}", told["account name"]) else ""
    return Told(handle, whole, datetime.fromtimestamp(made, UTC) if made else None)


def _rows(sheet: Sheet, name: str, handle: str) -> Iterator[Entry]:
    if not {"id", "date", "subreddit"} <= sheet.columns:
        raise BadArchive(f"{name} is no table of Reddit's: it has no columns id, date and subreddit")
    thing = _comment if "parent" in sheet.columns else _post
    for row in sheet:
        yield row if isinstance(row, Unreadable) else _entry(thing(row.cells), row.where, handle)


def _entry(thing: Mapping[str, Any], where: str, handle: str) -> Entry:
    if thing["created_utc"] is None:
        return Unreadable(where, "its date cannot be read", _MEND)
    made = reddit_items.activity({**thing, "author": handle or _NOBODY})
    if isinstance(made, Activity):
        return made if handle else replace(made, authors=())
    return Skipped(where, made.reason)


def _post(cells: Mapping[str, str]) -> dict[str, Any]:
    address = cells.get("url", "")
    own = _POST_ID.search(address)
    is_self = not address or (own is not None and own[1].lower() == cells["id"].lower())
    told = {"title": cells.get("title", ""), "selftext": cells.get("body", ""), "url": address, "is_self": is_self}
    return {"name": f"t3_{cells['id']}", **_both(cells), **told}


def _comment(cells: Mapping[str, str]) -> dict[str, Any]:
    link = _POST_ID.search(cells.get("link", "") or cells.get("permalink", ""))
    link_id = f"t3_{link[1].lower()}" if link else ""
    parent = cells.get("parent", "").removeprefix("t1_")
    told = {"body": cells.get("body", ""), "link_id": link_id, "parent_id": f"t1_{parent}" if parent else link_id}
    return {"name": f"t1_{cells['id']}", **_both(cells), **told}


def _both(cells: Mapping[str, str]) -> dict[str, Any]:
    return {
        "created_utc": _seconds(cells.get("date", "")),
        "permalink": urlsplit(cells.get("permalink", "")).path,
        "subreddit": cells.get("subreddit", ""),
    }


def _seconds(words: str) -> int | None:
    try:
        at = datetime.fromisoformat(words.removesuffix(" UTC"))
    except ValueError:
        return None
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())
