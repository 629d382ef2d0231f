"""What a feed or an item of it said so far, element by element, understood as feedparser understands it."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from xml.etree.ElementTree import Element

from ingest.sources.feed_base import Base
from ingest.sources.feed_dates import usual
from ingest.sources.feed_document import Told, distinct, fullest, shown_name, title_from
from ingest.sources.feed_names import CONTAINERS, SILENT, name_of
from ingest.sources.feed_words import (
    BASE,
    Unusual,
    alone,
    check,
    has_base,
    is_silent,
    kind_of,
    mended,
    of_author,
    text_of,
)

_REFERENCE = re.compile(r"&([A-Za-z0-9_]+);")
_DEEPEST = 8
_PAGES = frozenset({"text/html", "application/xhtml+xml", "html", "xhtml"})


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
        self._has_bare = self._has_mail = False  #: whether an author was told in words alone, with an address
        self._views: object = None

    def hear(self, element: Element, depth: int = 0) -> None:
        """Understand a child of an item; raise Unusual where feedparser might understand it otherwise."""
        name = name_of(element.tag)
        if depth > _DEEPEST:
            raise Unusual
        if element.attrib:
            check(element)
            if BASE in element.attrib:
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
            check(element)
            self._base.pass_by(element)
        elif name in _OF_FEED:
            if name == "link" and "&" in (element.text or ""):
                raise Unusual
            self.hear(element)
        elif not is_silent(element) or any(has_base(each) for each in element.iter()):
            raise Unusual

    def told(self) -> Told:
        """Give the item, not cleaned yet."""
        content, is_html = fullest([*self._contents, *([self._summary] if self._summary else [])])
        return Told(
            guid=self.guid,
            link=self._origin or (self.link or "").strip(),
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
        self._title = kind_of(element, "text/plain"), text_of(element)

    def _hear_other_title(self, element: Element) -> None:
        text_of(element)
        if self._title is None or not self._title[1]:
            raise Unusual  # it would be the title

    def _hear_link(self, element: Element) -> None:
        attrs = element.attrib
        if "href" not in attrs:
            if attrs:
                raise Unusual
            link = text_of(element)
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
        guid = text_of(element)
        self.guid = self._base.joined(guid) if guid and is_link else guid
        if is_link and self.link is None:
            self.link = self.guid

    def _hear_summary(self, element: Element, kind: str = "text/plain") -> None:
        if self._has_summary and not self._contents:
            raise Unusual
        self._summary, self._has_summary = (kind_of(element, kind), text_of(element)), True

    def _hear_description(self, element: Element) -> None:
        self._hear_summary(element, "text/html")

    def _hear_content(self, element: Element, kind: str = "text/plain") -> None:
        if "src" in element.attrib:
            raise Unusual
        self._contents.append((kind_of(element, kind), text_of(element)))
        self._has_summary = True

    def _hear_encoded(self, element: Element) -> None:
        self._hear_content(element, "text/html")

    def _hear_date(self, element: Element, which: str) -> None:
        told = text_of(element)
        try:
            self._dates[which] = usual(told) if told else None
        except (ValueError, OverflowError) as error:
            raise Unusual from error

    def _hear_language(self, element: Element) -> None:
        self.lang = text_of(element)

    def _hear_origin(self, element: Element) -> None:
        self._origin = alone(element)

    def _hear_ttl(self, element: Element) -> None:
        self.ttl = alone(element)

    def _hear_views(self, element: Element) -> None:
        if len(element) or not element.attrib:
            raise Unusual
        self._views = element.get("views")

    def _hear_author(self, element: Element) -> None:
        told = of_author(element)
        name, email = told.get("name", ""), told.get("email", "")
        shown = f"{name} ({email})" if name and email else name or email
        text = mended((element.text or "").strip())
        if text and len(element):
            raise Unusual
        if self._has_mail or (told and (self._has_bare or (self._author and "name" not in told))):
            raise Unusual  # feedparser mixes such an author with the one before
        self._has_bare |= bool(text)
        self._has_mail |= "@" in (shown or text)
        if told or text:
            self._names.append(name or email or text)
        self._author = shown or text


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
