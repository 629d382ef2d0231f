"""What a feed says, whatever its format: RSS, Atom and RDF through feedparser."""

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin
from xml.sax import SAXException

import feedparser

from ingest.prose import html_to_text, one_line, plain_text, unescaped
from ingest.sources.feed_dates import parsed

NEWEST = 500
_RAW_LIMIT = 32 * 1024
_REFERENCE = re.compile(rb"&#([xX][0-9a-fA-F]{1,4000}|[0-9]{1,4000});?")


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


def read_xml(body: bytes, content_type: str, url: str) -> Document:
    """Read RSS, Atom or RDF; raise NotAFeed. Relative links are read against `url`."""
    # Never a URL or a bare string: feedparser would open it. No content-location: it would make the id "1" an
    # address below the feed's own. No sanitiser: it is quadratic.
    try:
        feed = _parse(body, content_type)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
        raise NotAFeed(f"a feed that cannot be read ({type(error).__name__})") from error
    if not feed.get("version") and not feed.get("entries"):
        raise NotAFeed("no feed")
    return _document(feed, url)


def _parse(body: bytes, content_type: str) -> Any:
    options = {
        "response_headers": {"content-type": content_type},
        "sanitize_html": False,
        "resolve_relative_uris": False,
    }
    try:
        return feedparser.parse(io.BytesIO(body), **options)
    except (ValueError, OverflowError):
        # One reference to a character that does not exist (&#xD800;, &#99999999;) would cost the whole feed.
        return feedparser.parse(io.BytesIO(_REFERENCE.sub(_possible, body)), **options)


def _possible(reference: re.Match[bytes]) -> bytes:
    digits = reference[1].decode().lower()
    code = int(digits[1:], 16) if digits.startswith("x") else int(digits)
    return reference[0] if 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF else b"&#xFFFD;"


def _document(feed: Any, url: str) -> Document:
    head = feed.get("feed") or {}
    common = _Common(
        base=absolute(url, _string(head.get("link"))),
        lang=_string(head.get("language")),
        authors=_authors(head),
        is_atom=str(feed.get("version", "")).startswith("atom"),
    )
    read = [_entry_or_bad(item, common) for item in list(feed.get("entries") or [])[:NEWEST]]
    return Document(
        title=_title(head, common.is_atom),
        site=absolute(url, _string(head.get("link"))),
        ttl_minutes=_number(head.get("ttl")),
        is_broken=isinstance(feed.get("bozo_exception"), SAXException),
        entries=tuple(item for item in read if isinstance(item, Entry)),
        bad=tuple(item for item in read if isinstance(item, BadEntry)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Common:
    base: str
    lang: str
    authors: tuple[str, ...]
    is_atom: bool


def _entry_or_bad(item: Any, common: _Common) -> Entry | BadEntry:
    try:
        entry = _entry(item, common)
    except (ValueError, TypeError, AttributeError, LookupError, OverflowError) as error:
        return bad_entry(f"cannot be read ({type(error).__name__}: {str(error)[:200]})", item)
    if not (entry.guid or entry.link or entry.title or entry.text):
        return bad_entry("has neither id, link, title nor text", item)
    return entry


def _entry(item: Any, common: _Common) -> Entry:
    # dict.get, because feedparser's own answers "updated" with "published", and warns.
    told = {name: dict.get(item, f"{name}_parsed") for name in ("published", "updated", "created")}
    raw = {name: _string(dict.get(item, name)) for name in told}
    link = _string(item.get("feedburner_origlink")) or _string(item.get("link"))
    content, is_html = _content(item)
    return Entry(
        guid=_string(item.get("id")),
        link=link,
        title=_title(item, common.is_atom),
        text=html_to_text(content, absolute(common.base, link)) if is_html else plain_text(content),
        published=parsed(raw["published"], told["published"]) or parsed(raw["created"], told["created"]),
        updated=parsed(raw["updated"], told["updated"]),
        authors=_authors(item) or common.authors,
        lang=language(_string(item.get("language")) or common.lang),
        views=_number((item.get("media_statistics") or {}).get("views")),
    )


def _content(item: Any) -> tuple[str, bool]:
    """Give the fullest text there is, and whether it is HTML."""
    parts = [part for part in item.get("content") or () if _is_text(part)]
    parts += [item["summary_detail"]] if item.get("summary_detail") else []
    best = max(parts, key=lambda part: len(part.get("value") or ""), default=None)
    if best is None:
        return _string(item.get("summary")), True
    value = best.get("value") or ""
    return value, best.get("type") != "text/plain" or "</" in value or "&" in value


def _is_text(part: Mapping[str, Any]) -> bool:
    return str(part.get("type") or "text/html").startswith(("text/", "application/xhtml"))


def _title(item: Any, is_atom: bool) -> str:
    detail = item.get("title_detail") or {}
    title = _string(item.get("title"))
    if is_atom and detail.get("type") == "text/plain":
        return one_line(title)
    return title_from_html(title)


def _authors(item: Any) -> tuple[str, ...]:
    names = [_string(one.get("name")) or _string(one.get("email")) for one in item.get("authors") or () if one]
    # feedparser cuts an address behind four letters of its last part ("asha@blog.exam" + "ple"), so the
    # last author is read again from the form as it came.
    return distinct([*names[:-1], _shown_name(_string(item.get("author")) or "".join(names[-1:]))])


def _shown_name(author: str) -> str:
    """Give the name of "mail (Name)", "Name (mail)" or "Name <mail>"; the whole where it is one thing only."""
    if found := re.fullmatch(r"\S+@\S+\s*\((.+)\)", author):
        return found[1]
    if found := re.fullmatch(r"(\S.*?)\s*[<(][^\s<>()]+@[^\s<>()]+[>)]", author):
        return found[1]
    return author


def _number(value: object) -> int | None:
    text = str(value).strip() if isinstance(value, str | int) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _string(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def title_from_html(title: str) -> str:
    """Give a title whose entities and tags the format leaves to the reader; entities once."""
    return one_line(unescaped(one_line(title)) if "&" in title else title)


def absolute(base: str, link: str) -> str:
    """Give the link as seen from `base`, `base` itself for none or a broken one."""
    try:
        return urljoin(base, link)
    except ValueError:
        return base


def language(tag: str) -> str:
    """Give the two letters that name the language, '' for anything else."""
    short = tag[:2].lower()
    return short if short.isascii() and short.isalpha() and len(short) == 2 else ""


def distinct(names: list[str]) -> tuple[str, ...]:
    """Give each author's name once, in order, on one line."""
    return tuple(dict.fromkeys(name for name in (one_line(unescaped(raw), 200) for raw in names[:50]) if name))


def bad_entry(reason: str, item: object) -> BadEntry:
    """Keep the raw form of an item that could not be read, within the limit."""
    raw = json.dumps(item, default=str, skipkeys=True)
    return BadEntry(reason=reason, raw=raw[:_RAW_LIMIT])
