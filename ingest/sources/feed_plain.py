"""Ordinary RSS 2 and Atom, read by expat exactly as feedparser would, in a fraction of its time.

Whatever is unusual (another encoding, a DOCTYPE, markup inside text, an odd date) is declined, and feedparser is the
judge: an entry must be the same whichever way its feed was read, or its ref could change between two visits.
tests/test_shared_feeds.py holds both to one Document on 1,900 feeds.
"""

import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ingest.sources.feed_base import Base
from ingest.sources.feed_document import NEWEST, Document, Entry, Head, absolute, number
from ingest.sources.feed_names import ATOM, BY_PREFIX, DC
from ingest.sources.feed_saying import Saying
from ingest.sources.feed_words import Unusual

_DECLARATION = re.compile(rb"""<\?xml[^>]*?encoding(\s*=\s*)["']([^"']*)""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([^\s;"']*)""", re.IGNORECASE)
_BOM = b"\xef\xbb\xbf"
_SPACE = re.compile(rb"""xmlns(?::([^\s=]*))?\s*=\s*["']([^"']*)""")
_OTHER_VERSIONS = frozenset({b"http://purl.org/rss/1.0/", b"http://my.netscape.com/rdf/simple/0.9/"})
_IMAGE = frozenset({"title", "url", "link", "width", "height", "description"})


def read_plain(body: bytes, content_type: str, url: str) -> Document:
    """Read ordinary RSS 2 or Atom in UTF-8; raise Unusual for anything else."""
    if not _is_utf8(body, content_type) or _has_doctype(body) or not _has_usual_spaces(body):
        raise Unusual
    try:
        root = ElementTree.fromstring(body)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Unusual from error
    if root.tag == f"{ATOM}feed":
        return _document(root, root, f"{ATOM}entry", url)
    if root.tag == "rss" and len(root) == 1 and root[0].tag == "channel" and not root[0].attrib:
        return _document(root, root[0], "item", url)
    raise Unusual


def _is_utf8(body: bytes, content_type: str) -> bool:
    """Whether everybody would read it as UTF-8: header and declaration say so or nothing, and it is."""
    charset, declared = _CHARSET.search(content_type), _DECLARATION.match(body.removeprefix(_BOM))
    header, own = charset[1].lower() if charset else "", declared[2].decode("latin-1").lower() if declared else ""
    if {header, own} - {"", "utf-8"}:
        return False
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    is_told = bool(header) or (declared is not None and declared[1] == b"=")
    return is_told or body.isascii() or not content_type.lower().startswith("text/")


def _has_doctype(body: bytes) -> bool:
    first = re.search(rb"<\w", body)
    return b"<!DOCTYPE" in body or bool(re.search(rb"<!(?!--)", body[: first.start() if first else 0]))


def _has_usual_spaces(body: bytes) -> bool:
    return all(_is_usual(prefix, space.lower()) for prefix, space in set(_SPACE.findall(body)))


def _is_usual(prefix: bytes, space: bytes) -> bool:
    """Whether a namespace neither makes RSS 1 of Atom for feedparser nor hides behind another one's prefix."""
    if b"&" in space or space in _OTHER_VERSIONS:
        return False
    if prefix in BY_PREFIX:
        return space in BY_PREFIX[prefix]
    return space == DC or not any(space in spaces for spaces in BY_PREFIX.values())


def _document(root: Element, channel: Element, item: str, url: str) -> Document:
    base = Base(root)
    told = Saying(root.tag != "rss", base, lang=base.lang)
    items = _newest(_items(channel, item, told, base))
    site = absolute(url, (told.link or "").strip())
    head = Head(base=site, lang=told.lang, authors=told.authors())
    return Document(
        title=told.clean_title(),
        site=site,
        ttl_minutes=number(told.ttl),
        entries=tuple(_cleaned(saying, head) for saying in items),
    )


def _newest(items: Iterator[Saying]) -> list[Saying]:
    """Keep the first, which are the newest, and read on: all of it decides whether a feed is ordinary."""
    newest = list(islice(items, NEWEST))
    deque(items, maxlen=0)
    return newest


def _items(channel: Element, item: str, told: Saying, base: Base) -> Iterator[Saying]:
    """Read what stands in the channel in its order, for some of it depends on what came before."""
    for element in channel:
        if element.tag == item:
            saying = Saying(told.is_atom, base)
            with base.within(element):
                for child in element:
                    saying.hear(child)
            yield saying
        elif element.tag == "image" and not told.is_atom:
            if not {child.tag for child in element} <= _IMAGE or any(len(child) or child.attrib for child in element):
                raise Unusual
        else:
            told.hear_of_feed(element)


def _cleaned(saying: Saying, head: Head) -> Entry:
    entry = saying.told().cleaned(head)
    if not (entry.guid or entry.link or entry.title or entry.text):
        raise Unusual
    return entry
