"""The words of one element, where feedparser would take them as they stand; Unusual where it might not."""

import re
from contextlib import suppress
from xml.etree.ElementTree import Element

from ingest.sources.feed_names import SILENT, SPECIAL, name_of

_XML = "{http://www.w3.org/XML/1998/namespace}"
BASE, LANG = f"{_XML}base", f"{_XML}lang"
_C1 = re.compile("[\x80-\x9f]")
_KINDS = {"text": "text/plain", "plain": "text/plain", "html": "text/html"}
_KINDS |= {kind: kind for kind in ("text/plain", "text/html")}


class Unusual(Exception):
    """Not for the reader of ordinary feeds."""


def bare(element: Element) -> str:
    """Give the text of an element that holds nothing else."""
    if len(element):
        raise Unusual
    return (element.text or "").strip()


def text_of(element: Element) -> str:
    """Give the text of an element that holds nothing else, mended."""
    return mended(bare(element))


def alone(element: Element) -> str:
    """Give the text of an element without attributes."""
    if element.attrib:
        raise Unusual
    return text_of(element)


def mended(text: str) -> str:
    """Give the text as feedparser does, which makes UTF-8 of what was taken for Latin-1."""
    if text.isascii():
        return text
    with suppress(UnicodeError):
        text = text.encode("latin-1").decode()
    if _C1.search(text):
        raise Unusual  # it makes letters of Windows' control characters, too
    return text


def kind_of(element: Element, usually: str) -> str:
    """Give text/plain or text/html."""
    kind = _KINDS.get(element.get("type", usually).lower())
    if kind is None or "mode" in element.attrib:
        raise Unusual
    return kind


def of_author(element: Element) -> dict[str, str]:
    """Give name, email and uri of Atom's authors."""
    told = {}
    for child in element:
        name, text = name_of(child.tag), bare(child)
        if has_base(child) or (child.tail or "").strip() or (name not in ("name", "email", "uri") and (name or text)):
            raise Unusual
        if name:
            told[name] = text
    return told


def check(element: Element) -> None:
    """Refuse attributes that feedparser, which knows neither case nor most namespaces, takes for others."""
    for key in element.attrib:
        local = key.rpartition("}")[2].lower()
        if local in SPECIAL and key not in (local, BASE, LANG, "isPermaLink"):
            raise Unusual
    if "base" in element.attrib:
        raise Unusual


def has_base(element: Element) -> bool:
    """Whether it has an xml:base; its attributes are checked."""
    check(element)
    return BASE in element.attrib


def is_silent(element: Element) -> bool:
    """Whether nothing in it is said to anybody."""
    return all(not (name := name_of(each.tag)) or (name in SILENT and not len(each)) for each in element.iter())
