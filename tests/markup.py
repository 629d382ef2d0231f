"""A page read as a browser reads it: what stands in it that our own templates would never write?"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

from tests.journey import Browser

_HTML = "{http://www.w3.org/1999/xhtml}"
_SVG = "{http://www.w3.org/2000/svg}"
_TAGS = frozenset(
    "a article aside b blockquote body br button caption code datalist dd del details dialog div dl dt em fieldset "
    "footer form h1 h2 h3 h4 head header html i img input ins kbd label legend li link main mark meta nav noscript ol "
    "option p q script section select span strong summary table tbody td textarea th thead time title tr ul".split()
)
_DRAWN = frozenset("circle path rect svg title".split())
_ATTRIBUTES = frozenset(
    "accept action alt autocapitalize autocomplete charset checked class colspan content cx cy d datetime defer dir "
    "disabled enctype fill for height hidden href id inputmode lang list max maxlength media method min minlength "
    "name nonce novalidate open pattern placeholder preserveAspectRatio r readonly rel required role rows rx scope "
    "selected spellcheck src step stroke stroke-width tabindex type value viewBox width x y".split()
)
_NAMED = re.compile(r"(aria|data)-[a-z]+\Z")
_OWN = re.compile(r"(/(?!/)|\?|#)")
_OUT = re.compile(r"(https?://[^/]|mailto:)")
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def foreign(page: bytes) -> list[str]:
    """Tell what is not ours in a page: broken syntax, control characters, elements, attributes, addresses."""
    text = page.decode("utf-8")
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"))
    root = parser.parse(text)
    odd = [f"U+{ord(found):04X}" for found in _ODD.findall(text)]
    broken = [f"{error} at {place}" for place, error, _ in parser.errors]
    return [*odd, *broken, *(wrong for element in root.iter() for wrong in _wrong(element))]


def opened(browser: Browser, *paths: str) -> str:
    """Open these pages; each is well and wholly ours. Give the text of all of them as a reader sees it."""
    shown = []
    for path in paths:
        answer = browser.get(path)
        assert answer.status_code == 200, path
        assert foreign(answer.data) == [], path
        shown.append("".join(html5lib.parse(answer.text).itertext()))
    return "\n".join(shown)


def _wrong(element: Element) -> Iterator[str]:
    if not isinstance(element.tag, str):
        yield "a comment"
        return
    tag = element.tag.removeprefix(_HTML)
    known = tag.removeprefix(_SVG) in _DRAWN if tag.startswith(_SVG) else tag in _TAGS
    if not known:
        yield f"<{tag}>"
    if tag == "script" and (element.text or not element.get("src") or not element.get("nonce")):
        yield "a script in the page"
    for name, value in element.items():
        if name not in _ATTRIBUTES and not _NAMED.match(name):
            yield f"<{tag} {name}>"
        if name in ("src", "action", "data-live") and not _OWN.match(value):
            yield f"<{tag} {name}={value!r}>"
        if name == "href" and not _OWN.match(value) and not (tag == "a" and _OUT.match(value)):
            yield f"<{tag} href={value!r}>"
