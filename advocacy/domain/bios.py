"""What a person tells of themselves as texts for organisers to copy: in two lengths, with Markdown and without."""

from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from advocacy.domain.profile import Told

_NO_GAP = ("list_item_close", "blockquote_close")
_MARKDOWN = MarkdownIt("commonmark", {"maxNesting": 40, "html": False})


@dataclass(frozen=True, slots=True)
class Text:
    """One text to copy: its name in addresses, what it is called, and what it says."""

    key: str
    called: str
    text: str

    @property
    def words(self) -> int:
        """How long it is."""
        return len(self.text.split())


def texts(told: Told) -> list[Text]:
    """The texts there are, the short one first; the Markdown only where it says more than the plain text."""
    found = []
    for key, called, text in (("short", "Short text", told.short_bio), ("long", "Long text", told.bio)):
        if not text.strip():
            continue
        bare = plain(text)
        found.append(Text(key, called, bare))
        if bare != text.strip():
            found.append(Text(f"{key}-markdown", f"{called} as Markdown", text.strip()))
    return found


def plain(text: str) -> str:
    """A Markdown text as it reads without its marks; an address stands behind its link."""
    return "\n".join(_blocks(_MARKDOWN.parse(text))).strip()


def _blocks(tokens: list[Token]) -> Iterator[str]:
    mark = ""
    for token in tokens:
        if token.type == "list_item_open":
            mark = f"{token.info}{token.markup} "
        elif token.type == "inline":
            yield mark + "".join(_inline(token.children or []))
            mark = ""
        elif token.type in ("fence", "code_block"):
            yield token.content.rstrip("\n")
        elif token.type.endswith("_close") and not token.hidden and token.type not in _NO_GAP:
            yield ""


def _inline(tokens: list[Token]) -> Iterator[str]:
    to: list[str] = []
    for number, token in enumerate(tokens):
        if token.type == "link_open":
            to.append(str(token.attrs.get("href", "")))
        elif token.type == "link_close":
            href = to.pop()
            yield "" if tokens[number - 1].content == href else f" ({href})"
        elif token.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif token.type == "image":
            yield token.content
        else:
            yield token.content
