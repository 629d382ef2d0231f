"""Atom (RFC 4287), written by the standard library, which escapes whatever a title holds."""

from collections.abc import Sequence
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from advocacy.feeds.entries import Entry

NAMESPACE = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml; charset=utf-8"
register_namespace("", NAMESPACE)


def atom(own: str, title: str, author: str, found: Sequence[Entry], never: datetime) -> bytes:
    """The feed with this id; `never` is when it was last changed as long as there is nothing in it."""
    root = Element(f"{{{NAMESPACE}}}feed")
    _put(root, "id", own)
    _put(root, "title", title)
    _put(root, "updated", _moment(max((one.updated for one in found), default=never)))
    _put(SubElement(root, f"{{{NAMESPACE}}}author"), "name", author)
    for one in found:
        _entry(root, one)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _entry(root: Element, one: Entry) -> None:
    entry = SubElement(root, f"{{{NAMESPACE}}}entry")
    _put(entry, "id", one.id)
    _put(entry, "title", one.title)
    _put(entry, "published", _moment(one.at))
    _put(entry, "updated", _moment(one.updated))
    links = [url for url in (one.url, one.page) if url]
    for rel, url in zip(("alternate", "related"), links, strict=False):
        SubElement(entry, f"{{{NAMESPACE}}}link", rel=rel, href=url)
    for name in one.authors:
        _put(SubElement(entry, f"{{{NAMESPACE}}}author"), "name", name)
    for tag in one.tags:
        SubElement(entry, f"{{{NAMESPACE}}}category", term=tag)
    _put(entry, "content", one.text).set("type", "text")


def _put(parent: Element, name: str, words: str) -> Element:
    made = SubElement(parent, f"{{{NAMESPACE}}}{name}")
    made.text = words
    return made


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
