"""Feeds of every kind and state of health, through feedparser: RSS, Atom, RDF and what resembles them."""

import io
import re
from collections.abc import Mapping
from typing import Any
from xml.sax import SAXException

import feedparser

from ingest.sources.feed_dates import parsed
from ingest.sources.feed_document import (
    NEWEST,
    BadEntry,
    Document,
    Entry,
    Head,
    NotAFeed,
    Told,
    absolute,
    bad_entry,
    distinct,
    fullest,
    number,
    shown_name,
    title_from,
)

_REFERENCE = re.compile(rb"&#([xX][0-9a-fA-F]{1,4000}|[0-9]{1,4000});?")


def read_lenient(body: bytes, content_type: str, url: str) -> Document:
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
    told = feed.get("feed") or {}
    is_atom = str(feed.get("version", "")).startswith("atom")
    site = absolute(url, _string(told.get("link")))
    head = Head(base=site, lang=_string(told.get("language")), authors=_authors(told))
    read = [_entry_or_bad(item, head, is_atom) for item in list(feed.get("entries") or [])[:NEWEST]]
    return Document(
        title=_title(told, is_atom),
        site=site,
        ttl_minutes=number(told.get("ttl")),
        is_broken=isinstance(feed.get("bozo_exception"), SAXException),
        entries=tuple(item for item in read if isinstance(item, Entry)),
        bad=tuple(item for item in read if isinstance(item, BadEntry)),
    )


def _entry_or_bad(item: Any, head: Head, is_atom: bool) -> Entry | BadEntry:
    try:
        entry = _entry(item, head, is_atom)
    except (ValueError, TypeError, AttributeError, LookupError, OverflowError) as error:
        return bad_entry(f"cannot be read ({type(error).__name__}: {str(error)[:200]})", item)
    if not (entry.guid or entry.link or entry.title or entry.text):
        return bad_entry("has neither id, link, title nor text", item)
    return entry


def _entry(item: Any, head: Head, is_atom: bool) -> Entry:
    # dict.get, because feedparser's own answers "updated" with "published", and warns.
    told = {name: dict.get(item, f"{name}_parsed") for name in ("published", "updated", "created")}
    raw = {name: _string(dict.get(item, name)) for name in told}
    content, is_html = _content(item)
    return Told(
        guid=_string(item.get("id")),
        link=_string(item.get("feedburner_origlink")) or _string(item.get("link")),
        title=_title(item, is_atom),
        content=content,
        is_html=is_html,
        published=parsed(raw["published"], told["published"]) or parsed(raw["created"], told["created"]),
        updated=parsed(raw["updated"], told["updated"]),
        authors=_authors(item),
        lang=_string(item.get("language")),
        views=(item.get("media_statistics") or {}).get("views"),
    ).cleaned(head)


def _content(item: Any) -> tuple[str, bool]:
    """Give the fullest text there is, and whether it is HTML."""
    parts = [part for part in item.get("content") or () if _is_text(part)]
    parts += [item["summary_detail"]] if item.get("summary_detail") else []
    if not parts:
        return _string(item.get("summary")), True
    return fullest([(part.get("type") or "", part.get("value") or "") for part in parts])


def _is_text(part: Mapping[str, Any]) -> bool:
    return str(part.get("type") or "text/html").startswith(("text/", "application/xhtml"))


def _title(item: Any, is_atom: bool) -> str:
    detail = item.get("title_detail") or {}
    return title_from(_string(item.get("title")), is_atom and detail.get("type") == "text/plain")


def _authors(item: Any) -> tuple[str, ...]:
    names = [_string(one.get("name")) or _string(one.get("email")) for one in item.get("authors") or () if one]
    # feedparser cuts an address behind four letters of its last part ("asha@blog.exam" + "ple"), so the
    # last author is read again from the form as it came.
    return distinct([*names[:-1], shown_name(_string(item.get("author")) or "".join(names[-1:]))])


def _string(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
