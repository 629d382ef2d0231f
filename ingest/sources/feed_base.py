"""What the relative links of a feed are read against."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from ingest.sources.feed_words import BASE, LANG, Unusual, check

_SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+-.]*://)/+")


class Base:
    """Follows xml:base as feedparser does, where it outlives its element when no element above has one."""

    def __init__(self, root: Element) -> None:
        check(root)
        if "lang" in root.attrib:
            raise Unusual
        self.lang = root.get(LANG, "").replace("_", "-").strip()
        self._here = self._above = ""
        if base := root.get(BASE):
            self._here = self._above = self._told(base)

    @contextmanager
    def within(self, element: Element) -> Iterator[None]:
        """Read an item's children."""
        check(element)
        if any(key in (BASE, "href", "lastmod") or key.endswith("about") for key in element.attrib):
            raise Unusual
        above, self._above = self._above, self._here
        yield
        self._above = above
        self._here = above or self._here

    def pass_by(self, element: Element) -> None:
        """Take note of what stays behind of a base in text."""
        if base := element.get(BASE):
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
