"""What a feed says, whatever its format and whoever read it: cleaned values, the same from the same words."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from ingest.prose import html_to_text, one_line, plain_text, unescaped

NEWEST = 500
_RAW_LIMIT = 32 * 1024
_WHOLE = re.compile(r"https?://[^/?#]")


class NotAFeed(Exception):
    """The bytes are no feed; the message says what they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item, cleaned: plain text, and dates only where the feed told them."""

    guid: str
    link: str
    title: str
    text: str
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    lang: str = ""
    views: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BadEntry:
    """An item of the wrong shape, with as much of it as we keep."""

    reason: str
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole feed, newest items only."""

    title: str = ""
    site: str = ""
    ttl_minutes: int | None = None
    is_broken: bool = False  #: malformed: may hold more than could be read
    entries: tuple[Entry, ...] = ()
    bad: tuple[BadEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the feed says of itself and, in place of their own words, of its items; `base` is its site."""

    base: str = ""
    lang: str = ""
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An item of an XML feed in the feed's own words; the title is clean already."""

    guid: str
    link: str
    title: str
    content: str
    is_html: bool
    published: datetime | None
    updated: datetime | None
    authors: tuple[str, ...]
    lang: str
    views: object

    def cleaned(self, head: Head) -> Entry:
        """Give the entry that this is in a feed with this head."""
        return Entry(
            guid=self.guid,
            link=self.link,
            title=self.title,
            text=html_to_text(self.content, absolute(head.base, self.link))
            if self.is_html
            else plain_text(self.content),
            published=self.published,
            updated=self.updated,
            authors=self.authors or head.authors,
            lang=language(self.lang or head.lang),
            views=number(self.views),
        )


def fullest(parts: Sequence[tuple[str, str]]) -> tuple[str, bool]:
    """Give the longest of (content type, text), and whether it is HTML."""
    kind, value = max(parts, key=lambda part: len(part[1]), default=("text/html", ""))
    return value, kind != "text/plain" or "</" in value or "&" in value


def title_from(text: str, is_plain: bool) -> str:
    """Give a title; of one that is not said to be plain, entities and tags are left to the reader."""
    return one_line(text) if is_plain else title_from_html(text)


def title_from_html(title: str) -> str:
    """Give a title whose entities and tags the format leaves to the reader; entities once."""
    return one_line(unescaped(one_line(title)) if "&" in title else title)


def shown_name(author: str) -> str:
    """Give the name of "mail (Name)", "Name (mail)" or "Name <mail>"; the whole where it is one thing only."""
    if found := re.fullmatch(r"\S+@\S+\s*\((.+)\)", author):
        return found[1]
    if found := re.fullmatch(r"(\S.*?)\s*[<(][^\s<>()]+@[^\s<>()]+[>)]", author):
        return found[1]
    return author


def number(value: object) -> int | None:
    """Give a whole number of at most 15 digits, None for anything else."""
    text = str(value).strip() if isinstance(value, str | int) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def absolute(base: str, link: str) -> str:
    """Give the link as seen from `base`, `base` itself for none or a broken one."""
    try:
        return link if _WHOLE.match(link) else urljoin(base, link)
    except ValueError:
        return base


def language(tag: str) -> str:
    """Give the two letters that name the language, '' for anything else."""
    short = tag[:2].lower()
    return short if short.isascii() and short.isalpha() and len(short) == 2 else ""


def distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Give each author's name once, in order, on one line."""
    return tuple(dict.fromkeys(name for name in (one_line(unescaped(raw), 200) for raw in names[:50]) if name))


def bad_entry(reason: str, item: object) -> BadEntry:
    """Keep the raw form of an item that could not be read, within the limit."""
    raw = json.dumps(item, default=str, skipkeys=True)
    return BadEntry(reason=reason, raw=raw[:_RAW_LIMIT])
