"""JSON Feed 1 and 1.1, read by us: items of the wrong shape are set aside, the rest stays."""

import json
from typing import Any

from ingest.prose import html_to_text, one_line, plain_text
from ingest.sources.feed_dates import iso
from ingest.sources.feed_document import NEWEST, BadEntry, Document, Entry, NotAFeed, bad_entry, distinct, language


class _Number(str):
    """A number as it was written."""

    __slots__ = ()


def read_json(body: bytes) -> Document:
    """Read a JSON Feed; raise NotAFeed for other JSON."""
    try:
        # Numbers stay text: five thousand digits would be refused, and ids are text for us anyway.
        feed = json.loads(body, parse_int=_Number, parse_float=_Number, parse_constant=_Number)
    except (ValueError, RecursionError) as error:
        raise NotAFeed("broken JSON") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise NotAFeed("JSON, but no JSON Feed")
    authors, lang = _authors(feed), _text(feed, "language")
    read = [_entry_or_bad(item, authors, lang) for item in feed["items"][:NEWEST]]
    return Document(
        title=one_line(_text(feed, "title")),
        site=_text(feed, "home_page_url"),
        entries=tuple(item for item in read if isinstance(item, Entry)),
        bad=tuple(item for item in read if isinstance(item, BadEntry)),
    )


def _entry_or_bad(item: object, authors: tuple[str, ...], lang: str) -> Entry | BadEntry:
    if not isinstance(item, dict):
        return bad_entry("is no object", item)
    link = _text(item, "url") or _text(item, "external_url")
    html, plain = _text(item, "content_html"), _text(item, "content_text") or _text(item, "summary")
    entry = Entry(
        guid=_text(item, "id"),
        link=link,
        title=one_line(_text(item, "title")),
        text=html_to_text(html, link) if html else plain_text(plain),
        published=iso(item.get("date_published")),
        updated=iso(item.get("date_modified")),
        authors=_authors(item) or authors,
        lang=language(_text(item, "language") or lang),
    )
    if not (entry.guid or entry.link or entry.title or entry.text):
        return bad_entry("has neither id, link, title nor text", item)
    return entry


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    many = item.get("authors")
    people = many if isinstance(many, list) else [item.get("author")]  # version 1 knew one author only
    return distinct([_text(person, "name") or _text(person, "url") for person in people if isinstance(person, dict)])


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return value.strip() if isinstance(value, str) and (name == "id" or not isinstance(value, _Number)) else ""
