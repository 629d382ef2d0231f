"""From a platform's HTML to the plain text our rules read: code in fences, lists as dashes, links written out."""

import html
import re
from urllib.parse import urljoin

from advocacy.domain.links import canonical

TEXT_LIMIT = 20_000
TITLE_LIMIT = 500
_HTML_LIMIT = 64 * 1024
_FENCE = "```"
_DROPPED = frozenset({"script", "style", "template", "svg", "head", "title", "select", "object", "noscript"})
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol", "dl", "figure"})
_LINES = frozenset({"br", "div", "tr", "dt", "dd", "section", "article", "header", "footer", "hr", "figcaption"})
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ENDLESS = re.compile(r"&#\d{9,};?")
_SPACE = re.compile(r"\s+")
_MAX_DROPPED = 20
# Nothing here looks past the next "<", which keeps the time linear; the standard library's parser took 40 s for
# 60 KB of "<a ". The second form reads a tag whose quotes do not pair.
_NAME = r"[a-zA-Z][a-zA-Z0-9:-]*+"
_TAG = re.compile(
    rf"""<(?P<end>/?)(?:(?P<name>{_NAME})(?P<attrs>(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)>"""
    rf"""|(?P<name2>{_NAME})(?P<attrs2>[^<>]*+)>)|<[!?][^<>]*+>"""
)
_ADDRESS = re.compile(r"""(?:^|\s)(href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|code|del|div|em|font|h[1-6]|i|img|ins|kbd|mark|p|s|script|small|span|strong|style|sub|sup|tt|u)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def storable(text: str) -> str:
    """Take out what no database or page should see: NUL, control characters, lone surrogates."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str, limit: int = TITLE_LIMIT) -> str:
    """Give a title: tags stripped, one line, cut to the limit."""
    return " ".join(storable(_INLINE_TAG.sub("", text[: 10 * limit])).split())[:limit]


def plain_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """Give text that never was HTML, fit to store."""
    return storable(text[:_HTML_LIMIT]).strip()[:limit]


def unescaped(text: str) -> str:
    """Give the characters that entities stand for; the standard library stumbles over a number of 5,000 digits."""
    try:
        return html.unescape(text)
    except ValueError:
        return html.unescape(_ENDLESS.sub("\N{REPLACEMENT CHARACTER}", text))


def html_to_text(source: str, base: str = "", limit: int = TEXT_LIMIT) -> str:
    """Give what a reader would see of this HTML; relative links are read against `base`."""
    cut = source[:_HTML_LIMIT]
    if "<" not in cut:
        return plain_text(unescaped(cut), limit)
    reader = _Reader(base)
    reader.read(_without_comments(cut))
    return _shortened(storable(reader.text()), limit)


def _without_comments(source: str) -> str:
    parts, start = [], 0
    while (here := source.find("<!--", start)) >= 0:
        parts.append(source[start:here])
        end = source.find("-->", here + 4)
        start = len(source) if end < 0 else end + 3
    parts.append(source[start:])
    return "".join(parts)


def _shortened(text: str, limit: int) -> str:
    tidy = re.sub(r"\n{3,}", "\n\n", text).strip()
    if len(tidy) > limit:
        tidy = tidy[: limit - len(_FENCE) - 1].rstrip()
        if tidy.count(f"\n{_FENCE}") + tidy.startswith(_FENCE) & 1:
            tidy += f"\n{_FENCE}"
    return tidy


class _Reader:
    """Collects text; keeps counters rather than a tree, so that depth costs nothing."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._parts: list[str] = []
        self._dropping: list[str] = []
        self._in_pre = 0
        self._href = ""
        self._link_start = 0

    def read(self, source: str) -> None:
        """Take the source in, tag by tag."""
        start = 0
        for tag in _TAG.finditer(source):
            self._data(source[start : tag.start()])
            start = tag.end()
            name = (tag["name"] or tag["name2"] or "").lower()
            if name in _DROPPED or self._dropping:
                self._drop(name, bool(tag["end"]))
            elif tag["end"]:
                self._close(name)
            else:
                self._open(name, tag["attrs"] or tag["attrs2"] or "")
        self._data(source[start:])

    def text(self) -> str:
        """Give what was read, a fence left open closed."""
        if self._in_pre:
            self._close_fence()
        return "".join(self._parts)

    def _drop(self, name: str, is_end: bool) -> None:
        if is_end and name in self._dropping:
            del self._dropping[self._dropping.index(name) :]
        elif not is_end and name in _DROPPED and len(self._dropping) < _MAX_DROPPED:
            self._dropping.append(name)

    def _open(self, name: str, attrs: str) -> None:
        if name == "pre":
            self._in_pre += 1
            if self._in_pre == 1:
                self._parts.append(f"\n\n{_FENCE}\n")
        elif self._in_pre:
            self._parts.append("\n" if name == "br" else "")
        elif name == "a":
            self._href, self._link_start = self._address(attrs), len(self._parts)
        elif name == "iframe":
            self._parts.append(self._address(attrs))
        else:
            self._parts.append(_mark(name))

    def _close(self, name: str) -> None:
        if name == "pre" and self._in_pre:
            self._in_pre -= 1
            if not self._in_pre:
                self._close_fence()
        elif self._in_pre:
            return
        elif name == "a":
            self._close_link()
        elif name != "li":
            self._parts.append(_mark(name))

    def _data(self, data: str) -> None:
        if self._dropping or not data:
            return
        text = unescaped(data) if "&" in data else data
        if not self._in_pre:
            text = _SPACE.sub(" ", text)
            if text.startswith(" ") and self._is_after_space():
                text = text[1:]
        self._parts.append(text)

    def _is_after_space(self) -> bool:
        return not self._parts or self._parts[-1].endswith(("\n", " "))

    def _close_fence(self) -> None:
        before = "" if self._parts[-1].endswith("\n") else "\n"
        self._parts.append(f"{before}{_FENCE}\n\n")

    def _close_link(self) -> None:
        shown = "".join(self._parts[self._link_start :]).strip()
        if self._href and shown and canonical(shown) != self._href:
            self._parts.append(f" ({self._href})")
        self._href = ""

    def _address(self, attrs: str) -> str:
        found = _ADDRESS.search(attrs)
        address = unescaped(found[2] or found[3] or found[4] or "").strip() if found else ""
        if not address or address.startswith("#"):
            return ""
        try:
            return canonical(urljoin(self._base, address))
        except ValueError:
            return ""


def _mark(name: str) -> str:
    if name == "li":
        return "\n- "
    if name == "code":
        return "`"
    if name in _PARAGRAPHS:
        return "\n\n"
    return "\n" if name in _LINES else ""
