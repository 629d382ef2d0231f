"""What a feed or an item of it said so far, element by element, understood as feedparser understands it."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from ingest.sources.feed_dates import usual
from ingest.sources.feed_document import Told, distinct, fullest, shown_name, title_from
from ingest.sources.feed_names import CONTAINERS, SILENT, SPECIAL, name_of

_SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+-.]*://)/+")
_REFERENCE = re.compile(r"&([A-Za-z0-9_]+);")
_C1 = re.compile("[\x80-\x9f]")
_KINDS = {"text": "text/plain", "plain": "text/plain", "html": "text/html", "text/plain": "text/plain"}
_KINDS["text/html"] = "text/html"
_PAGES = frozenset({"text/html", "application/xhtml+xml", "html", "xhtml"})
_XML = "{http://www.w3.org/XML/1998/namespace}"
_BASE, _LANG = f"{_XML}base", f"{_XML}lang"


class Unusual(Exception):
    """Not for this reader."""


class Base:
    """What relative links are read against: xml:base, which in feedparser outlives its element when nothing is above."""

    def __init__(self, root: Element) -> None:
        _check(root)
        if "lang" in root.attrib:
            raise Unusual
        self.lang = root.get(_LANG, "").replace("_", "-").strip()
        self._here = self._above = ""
        if base := root.get(_BASE):
            self._here = self._above = self._told(base)

    @contextmanager
    def within(self, element: Element) -> Iterator[None]:
        """Read an item's children."""
        _check(element)
        if any(key in (_BASE, "href", "lastmod") or key.endswith("about") for key in element.attrib):
            raise Unusual
        above, self._above = self._above, self._here
        yield
        self._above = above
        self._here = above or self._here

    def pass_by(self, element: Element) -> None:
        """Take note of what stays behind of a base in text."""
        if base := element.get(_BASE):
            self._here = self._above or self._told(base)

    def joined(self, link: str) -> str:
        """Give a link as seen from here; '' for a broken one."""
        try:
            return urljoin(self._here, _SLASHES.sub(r"\1", link) if "///" in link else link)
        except ValueError:
            return ""

    def _told(self, base: str) -> str:
        base = self.joined(base)
        if not base.startswith(("http://", "https://")) or urljoin(base, base) != base:
            raise Unusual
        return base


class Saying:
    """The words of a feed or an item; `hear` takes one child element after the other."""

    def __init__(self, is_atom: bool, base: Base, lang: str = "") -> None:
        self.is_atom, self._base, self.lang = is_atom, base, lang
        self.guid = self._origin = self.ttl = ""
        self.link: str | None = None
        self._title: tuple[str, str] | None = None
        self._contents: list[tuple[str, str]] = []
        self._summary: tuple[str, str] | None = None
        self._has_summary = False
        self._dates: dict[str, datetime | None] = {}
        self._names: list[str] = []
        self._author = ""
        self._views: object = None

    def hear(self, element: Element, depth: int = 0) -> None:
        """Understand a child of an item; raise Unusual where feedparser might understand it otherwise."""
        name = name_of(element.tag)
        if element.attrib:
            _check(element)
            if _BASE in element.attrib:
                if depth or name not in _TEXTS:
                    raise Unusual
                self._base.pass_by(element)
        if name in _EARS and (not depth or name in _DEEP):
            _EARS[name](self, element)
        elif name and (name not in SILENT or (len(element) and name not in CONTAINERS)):
            raise Unusual
        else:
            for child in element:
                self.hear(child, depth + 1)

    def hear_of_feed(self, element: Element) -> None:
        """Understand a child of the feed itself."""
        name = name_of(element.tag)
        if name in _DUMB_IN_FEED:
            if len(element):
                raise Unusual
            _check(element)
            self._base.pass_by(element)
        elif name in _OF_FEED:
            if name == "link" and "&" in (element.text or ""):
                raise Unusual
            self.hear(element)
        elif not _is_silent(element) or any(_has_base(each) for each in element.iter()):
            raise Unusual

    def told(self) -> Told:
        """Give the item, not cleaned yet."""
        content, is_html = fullest([*self._contents, *([self._summary] if self._summary else [])])
        return Told(
            guid=self.guid,
            link=self._origin or self.link or "",
            title=self.clean_title(),
            content=content,
            is_html=is_html,
            published=self._dates.get("published") or self._dates.get("created"),
            updated=self._dates.get("updated"),
            authors=self.authors(),
            lang=self.lang,
            views=self._views,
        )

    def clean_title(self) -> str:
        """Give the title, '' for none."""
        kind, title = self._title or ("", "")
        return title_from(title, self.is_atom and kind == "text/plain")

    def authors(self) -> tuple[str, ...]:
        """Give the authors' names; the last as it was shown."""
        return distinct([*self._names[:-1], shown_name(self._author or "".join(self._names[-1:]))])

    def _hear_title(self, element: Element) -> None:
        if self._title is not None:
            raise Unusual
        self._title = _kind(element, "text/plain"), _text(element)

    def _hear_other_title(self, element: Element) -> None:
        _text(element)
        if self._title is None or not self._title[1]:
            raise Unusual  # it would be the title

    def _hear_link(self, element: Element) -> None:
        attrs = element.attrib
        if "href" not in attrs:
            if attrs:
                raise Unusual
            link = _text(element)
            link = self._base.joined(link) if link else ""
            self.link = _REFERENCE.sub(r"&\1", link.replace("&amp;", "&"))
            return
        rel = attrs.get("rel", "alternate").lower()
        if len(element) or "url" in attrs or "uri" in attrs:
            raise Unusual
        if rel == "alternate" and attrs.get("type", "text/html").lower() in _PAGES:
            self.link = self._base.joined(attrs["href"])

    def _hear_guid(self, element: Element) -> None:
        is_link = element.get("isPermaLink", element.get("ispermalink", "true")) == "true"
        guid = _text(element)
        self.guid = self._base.joined(guid) if guid and is_link else guid
        if is_link and self.link is None:
            self.link = self.guid

    def _hear_summary(self, element: Element, kind: str = "text/plain") -> None:
        if self._has_summary and not self._contents:
            raise Unusual
        self._summary, self._has_summary = (_kind(element, kind), _text(element)), True

    def _hear_description(self, element: Element) -> None:
        self._hear_summary(element, "text/html")

    def _hear_content(self, element: Element, kind: str = "text/plain") -> None:
        if "src" in element.attrib:
            raise Unusual
        self._contents.append((_kind(element, kind), _text(element)))
        self._has_summary = True

    def _hear_encoded(self, element: Element) -> None:
        self._hear_content(element, "text/html")

    def _hear_date(self, element: Element, which: str) -> None:
        told = _text(element)
        try:
            self._dates[which] = usual(told) if told else None
        except ValueError as error:
            raise Unusual from error

    def _hear_language(self, element: Element) -> None:
        self.lang = _text(element)

    def _hear_origin(self, element: Element) -> None:
        self._origin = _alone(element)

    def _hear_ttl(self, element: Element) -> None:
        self.ttl = _alone(element)

    def _hear_views(self, element: Element) -> None:
        if len(element) or not element.attrib:
            raise Unusual
        self._views = element.get("views")

    def _hear_author(self, element: Element) -> None:
        told = _children_of_author(element)
        name, email = told.get("name", ""), told.get("email", "")
        shown = f"{name} ({email})" if name and email else name or email
        text = _mended((element.text or "").strip())
        if text and len(element):
            raise Unusual
        if self._author and ("@" in self._author or (told and "name" not in told)):
            raise Unusual  # feedparser mixes such an author with the one before
        if told or text:
            self._names.append(name or email or text)
        self._author = shown or text


def _children_of_author(element: Element) -> dict[str, str]:
    told = {}
    for child in element:
        name, text = name_of(child.tag), _bare(child)
        _check(child)
        if name not in ("name", "email", "uri") and (name or text):
            raise Unusual
        if _BASE in child.attrib or (child.tail or "").strip():
            raise Unusual
        if name:
            told[name] = text
    return told


def _bare(element: Element) -> str:
    if len(element):
        raise Unusual
    return (element.text or "").strip()


def _text(element: Element) -> str:
    return _mended(_bare(element))


def _alone(element: Element) -> str:
    if element.attrib:
        raise Unusual
    return _text(element)


def _mended(text: str) -> str:
    """Give the text if feedparser finds nothing in it to mend: UTF-8 read as Latin-1, Windows' control characters."""
    if text.isascii():
        return text
    try:
        text.encode("latin-1").decode()
    except UnicodeError:
        if not _C1.search(text):
            return text
    raise Unusual


def _kind(element: Element, usually: str) -> str:
    kind = _KINDS.get(element.get("type", usually).lower())
    if kind is None or "mode" in element.attrib:
        raise Unusual
    return kind


def _check(element: Element) -> None:
    """Refuse attributes that feedparser, which knows neither case nor most namespaces, takes for others."""
    for key in element.attrib:
        local = key.rpartition("}")[2].lower()
        if local in SPECIAL and key not in (local, _BASE, _LANG, "isPermaLink"):
            raise Unusual
    if "base" in element.attrib:
        raise Unusual


def _has_base(element: Element) -> bool:
    _check(element)
    return _BASE in element.attrib


def _is_silent(element: Element) -> bool:
    return all(not name_of(each.tag) or (name_of(each.tag) in SILENT and not len(each)) for each in element.iter())


_PUBLISHED = partial(Saying._hear_date, which="published")
_UPDATED = partial(Saying._hear_date, which="updated")
_CREATED = partial(Saying._hear_date, which="created")
_EARS: Mapping[str, Callable[[Saying, Element], None]] = {
    "author": Saying._hear_author,
    "content": Saying._hear_content,
    "content_encoded": Saying._hear_encoded,
    "created": _CREATED,
    "dc_creator": Saying._hear_author,
    "dc_date": _UPDATED,
    "dc_language": Saying._hear_language,
    "dcterms_created": _CREATED,
    "dcterms_issued": _PUBLISHED,
    "dcterms_modified": _UPDATED,
    "description": Saying._hear_description,
    "feedburner_origlink": Saying._hear_origin,
    "guid": Saying._hear_guid,
    "id": Saying._hear_guid,
    "issued": _PUBLISHED,
    "itunes_author": Saying._hear_author,
    "itunes_summary": Saying._hear_summary,
    "language": Saying._hear_language,
    "link": Saying._hear_link,
    "managingeditor": Saying._hear_author,
    "media_description": Saying._hear_description,
    "media_statistics": Saying._hear_views,
    "media_title": Saying._hear_other_title,
    "modified": _UPDATED,
    "pubdate": _PUBLISHED,
    "published": _PUBLISHED,
    "summary": Saying._hear_summary,
    "title": Saying._hear_title,
    "ttl": Saying._hear_ttl,
    "updated": _UPDATED,
}
_DEEP = frozenset({"media_title", "media_description", "media_statistics"})
_TEXTS = frozenset({"content", "content_encoded", "description", "summary", "title"})
_OF_FEED = frozenset(
    "author dc_creator dc_language guid id itunes_author language link managingeditor title ttl".split()
)
_DUMB_IN_FEED = frozenset("dc_date description lastbuilddate modified pubdate published subtitle updated".split())
