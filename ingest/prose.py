"""From a platform's HTML to the plain text our rules read: code in fences, lists as dashes, links written out."""

import html
import re
from urllib.parse import urljoin

from advocacy.domain import normal
from advocacy.domain.links import canonical

TEXT_LIMIT = 20_000
TITLE_LIMIT = 500
_HTML_LIMIT = 64 * 1024
_FENCE = "```"
_DROPPED = frozenset({"script", "style", "template", "svg", "head", "title", "select", "object", "noscript"})
_MARKS = {"li": "\n- ", "code": "`"}
_MARKS |= dict.fromkeys("p h1 h2 h3 h4 h5 h6 blockquote table ul ol dl figure".split(), "\n\n")
_MARKS |= dict.fromkeys("br div tr dt dd section article header footer hr figcaption".split(), "\n")
_AT_TAG = _MARKS | {f"/{name}": mark for name, mark in _MARKS.items()} | {"/li": ""}
_ENDLESS = re.compile(r"&#\d{9,};?")
_MAX_DROPPED = 20
# Nothing here looks past the next "<", which keeps the time linear; the standard library's parser took 40 s for
# 60 KB of "<a ". The second form of attributes is that of a tag whose quotes do not pair.
_TAG = re.compile(
    r"""<(?:(/?[a-zA-Z][a-zA-Z0-9:-]*+)((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+(?=>)|[^<>]*+)|[!?][^<>]*+)>"""
)
_SPAN = re.compile(r"</?(?:span|strong|em|b|i)(?:>|\s(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>)", re.IGNORECASE)
_ADDRESS = re.compile(r"""(?:^|\s)(href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|code|del|div|em|font|h[1-6]|i|img|ins|kbd|mark|p|s|script|small|span|strong|style|sub|sup|tt|u)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"https?://[^/?#]")


def storable(text: str) -> str:
    """Take out what no database or page should see: NUL, control characters, lone surrogates; plain ends of lines."""
    return normal.storable(text.replace("\r\n", "\n").replace("\r", "\n"), len(text))


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
    cut = _cut(source)
    if "<" not in cut:
        return plain_text(unescaped(cut), limit)
    reader = _Reader(base)
    reader.read(_SPAN.sub("", _without_comments(cut)))
    return _shortened(storable(reader.text()), limit)


def _cut(source: str) -> str:
    """Cut to the limit, before the tag that would be cut through."""
    cut = source[:_HTML_LIMIT]
    return cut[: cut.rfind("<")] if len(source) > _HTML_LIMIT and cut.rfind("<") > cut.rfind(">") else cut


def _without_comments(source: str) -> str:
    parts, start = [], 0
    while (here := source.find("<!--", start)) >= 0:
        parts.append(source[start:here])
        end = source.find("-->", here + 4)
        start = len(source) if end < 0 else end + 3
    parts.append(source[start:])
    return "".join(parts)


def _shortened(text: str, limit: int) -> str:
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    tidy = text.strip()
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
        pieces = _TAG.split(source)
        self._data(pieces[0])
        for tag, attrs, data in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
            mark = _AT_TAG.get(tag)
            if mark is None or self._in_pre or self._dropping:
                self._tag(tag or "", attrs)
            elif mark:
                self._parts.append(mark)
            if data and not self._dropping:
                self._data(data)

    def text(self) -> str:
        """Give what was read, a fence left open closed."""
        if self._in_pre:
            self._close_fence()
        return "".join(self._parts)

    def _tag(self, tag: str, attrs: str) -> None:
        is_end, name = tag.startswith("/"), tag.removeprefix("/").lower()
        if name in _DROPPED or self._dropping:
            self._drop(name, is_end)
        elif is_end:
            self._close(name)
        else:
            self._open(name, attrs)

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
            if name == "br":
                self._parts.append("\n")
        elif name == "a":
            self._href, self._link_start = self._address(attrs), len(self._parts)
        elif name == "iframe":
            self._parts.append(self._address(attrs) or " ")
        elif mark := _MARKS.get(name):
            self._parts.append(mark)

    def _close(self, name: str) -> None:
        if name == "pre" and self._in_pre:
            self._in_pre -= 1
            if not self._in_pre:
                self._close_fence()
        elif self._in_pre:
            return
        elif name == "a":
            self._close_link()
        elif name != "li" and (mark := _MARKS.get(name)):
            self._parts.append(mark)

    def _data(self, data: str) -> None:
        text = unescaped(data) if "&" in data else data
        if not self._in_pre:
            words = " ".join(text.split())
            if len(words) != len(text):
                before = " " if text[:1].isspace() and self._parts and self._parts[-1][-1] not in "\n " else ""
                after = " " if words and text[-1].isspace() else ""
                words = f"{before}{words}{after}"
            text = words
        if text:
            self._parts.append(text)

    def _close_fence(self) -> None:
        before = "" if self._parts[-1].endswith("\n") else "\n"
        self._parts.append(f"{before}{_FENCE}\n\n")

    def _close_link(self) -> None:
        shown = "".join(self._parts[self._link_start :]).strip()
        if self._href and shown and (":" not in shown or canonical(shown) != self._href):
            self._parts.append(f" ({self._href})")
        self._href = ""

    def _address(self, attrs: str) -> str:
        found = _ADDRESS.search(attrs)
        address = unescaped(found[2] or found[3] or found[4] or "").strip() if found else ""
        if not address or address.startswith("#"):
            return ""
        try:
            return canonical(address if _WHOLE.match(address) else urljoin(self._base, address))
        except ValueError:
            return ""
