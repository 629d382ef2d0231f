"""The source of a role page as text: what cannot be one is refused before it is parsed."""

import re
from pathlib import PurePosixPath

from advocacy.domain.mojibake import NotText, decode, repair
from advocacy.domain.role_page import LadderError

LARGEST = 1_000_000  #: bytes
MOST_LINES = 10_000
LONGEST_LINE = 20_000  #: characters; the parser's time grows with the square of a hostile line
SHAPE = "Write it in Markdown: a title (# Lead engineer), headings (### Social media) and bullets (- Complete surveys)"
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_FRONT_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.M)
_HTML = re.compile(r"\A\s*(?:<!doctype html|<html|<\?xml|<head|<body|<rss)", re.I)


def page_text(source: bytes | str, name: str) -> str:
    """The text of a source; LadderError where it cannot be a role page."""
    size = len(source)
    if size > LARGEST:
        raise LadderError(
            name, f"the file has {size:,} bytes, a role page at most {LARGEST:,}", "Give the page of one role alone"
        )
    try:
        text = repair(decode(source) if isinstance(source, bytes) else source)
    except NotText as error:
        raise LadderError(name, str(error), f"Save the page as text. {SHAPE}") from error
    if not text.strip():
        raise LadderError(name, "the file is empty", SHAPE)
    _refuse_shape(text, name)
    return text


def _refuse_shape(text: str, name: str) -> None:
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        raise LadderError(
            name,
            f"the file has {len(lines):,} lines, a role page at most {MOST_LINES:,}",
            "Give the page of one role alone",
        )
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise LadderError(
                name, f"line {number} has {len(line):,} characters, at most {LONGEST_LINE:,} are read", SHAPE
            )
    if _HTML.match(text):
        raise LadderError(
            name, "line 1 begins an HTML or XML document", f"Save the page's source, not the web page. {SHAPE}"
        )


def without_front(text: str) -> tuple[str, str]:
    """The text with its front matter blanked, and the title that stood there."""
    front = _FRONT.match(text)
    if not front or not re.search(r"^\w[\w -]*:", front[1], re.M):
        return text, ""
    titled = _FRONT_TITLE.search(front[1])
    return "\n" * front[0].count("\n") + text[front.end() :], titled[1] if titled else ""


def stem_of(name: str) -> str:
    """The name of a file without folders and ending."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.stem if path.suffix.lower() in {".md", ".markdown", ".mdown", ".txt", ".html"} else path.name
