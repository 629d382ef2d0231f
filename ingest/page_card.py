"""What a page says of itself: title, description and day, from OpenGraph, JSON-LD and its head. Runs in the place."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ingest.prose import html_to_text, one_line, unescaped

_LOOKED_AT = 512 * 1024
_TAG = re.compile(r"<meta\b[^<>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_LD = re.compile(r"<script\b[^<>]*application/ld\+json[^<>]*>([^<]*)</script", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^<>]*>([^<]*)", re.IGNORECASE)
_TIME = re.compile(r"""<time\b[^<>]*\bdatetime\s*=\s*["']?([0-9T:+.Z-]{10,35})""", re.IGNORECASE)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]{3,20})""", re.IGNORECASE)
_TITLES = ("og:title", "headline", "twitter:title", "name")
_TEXTS = ("og:description", "ld:description", "twitter:description", "description")
_DAYS = ("article:published_time", "datepublished", "uploaddate", "date", "dc.date", "dcterms.created", "pubdate")
_TEXT_LIMIT = 2_000
_DEEP, _MANY = 6, 200


class Card(NamedTuple):
    """What was found; `day` as the page writes it, empty where nothing was."""

    title: str
    text: str
    day: str


def card_of(body: bytes, content_type: str) -> Card:
    """Read a page; what comes first in the order of trust is taken."""
    page = _decoded(body[:_LOOKED_AT], content_type)
    said = _said(page)
    title = _first(said, _TITLES) or unescaped(found[1] if (found := _TITLE.search(page)) else "")
    when = _first(said, _DAYS) or (found[1] if (found := _TIME.search(page)) else "")
    text = html_to_text(_first(said, _TEXTS), limit=_TEXT_LIMIT)
    return Card(one_line(title), text, when.strip()[:40])


def _decoded(body: bytes, content_type: str) -> str:
    named = re.search(r"charset=[\"']?([\w-]{3,20})", content_type, re.IGNORECASE)
    inside = _CHARSET.search(body[:2048])
    name = named[1] if named else inside[1].decode("ascii") if inside else "utf-8"
    try:
        return body.decode(name, "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def _said(page: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for tag in _TAG.findall(page):
        attributes = {m[0].lower(): unescaped(m[1] or m[2] or m[3]).strip() for m in _ATTRIBUTE.findall(tag)}
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        if (value := attributes.get("content", "")) and name:
            said.setdefault(name.lower(), value)
    for block in _LD.findall(page):
        for name, value in _linked_data(block):
            said.setdefault("ld:description" if name == "description" else name, unescaped(value))
    return said


def _linked_data(block: str) -> Iterator[tuple[str, str]]:
    try:
        found = json.loads(block)
    except (ValueError, RecursionError):
        return
    for one in list(_objects(found, _DEEP))[:_MANY]:
        if {"headline", "datePublished", "uploadDate"} & one.keys():
            for name in ("headline", "name", "description", "datePublished", "uploadDate"):
                if isinstance(one.get(name), str):
                    yield name.lower(), one[name]


def _objects(value: Any, deep: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    if deep:
        inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        for one in list(inside)[:_MANY]:
            yield from _objects(one, deep - 1)


def _first(said: dict[str, str], names: tuple[str, ...]) -> str:
    return next((said[name] for name in names if said.get(name)), "")
