"""A page as its words alone."""

import re
from html import unescape

_SPACE = re.compile(r"\s+([,.:;])")


def text(page: str) -> str:
    """What stands in a page, without its tags, with single blanks."""
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
    return _SPACE.sub(r"\1", words)
