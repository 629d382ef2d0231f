"""What one work is known by in all its places: its address, its title, the pages it points at – as short hashes."""

import re
from hashlib import blake2b
from unicodedata import normalize

from advocacy.domain.activity import Activity, Kind
from advocacy.domain.links import link_key

COPIES = frozenset({Kind.POST, Kind.ARTICLE, Kind.TALK})
"""What can be a copy of a work; a reply, an answer or a question is always a work of its own."""

TITLE_LETTERS, TITLE_WORDS = 15, 3  #: shorter titles are shared by works that have nothing in common
_LINK, _TITLE = 16, 12  #: bytes of a hash, so that a title is never taken for an address

_WORD = re.compile(r"\w+")
_PLACE = re.compile(
    r"(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)/[^/]+(?:/[^/]+)?"
    r"|(?:x|twitter)\.com/[^/]+|(?:old\.)?reddit\.com/(?:r|u|user)/[^/]+|[^/]+/@[^/]+"
)
"""Repositories, people and communities: many works point at one of these."""

_HOSTS = frozenset(
    "github.com gitlab.com bitbucket.org codeberg.org x.com twitter.com reddit.com old.reddit.com".split()
)


_PLAIN = re.compile(
    r"https?://(?!(?:www\.|m\.)?(?:youtu|github|gitlab|bitbucket|codeberg|x\.com|twitter|(?:old\.)?reddit))(?:www\.)?"
    r"((?:[a-z0-9-]+\.)+[a-z]{2,}/[A-Za-z0-9_.~-][A-Za-z0-9/_.~-]*+)"
)
"""An address that is as it should be, of a page: most are, and what follows costs three times this."""


def link_mark(url: str) -> bytes:
    """The mark of a page; nothing for what is no page of one work: a home page, a repository, a profile."""
    if len(url) < 2000 and (plain := _PLAIN.fullmatch(url)):
        return blake2b(plain[1].rstrip("/").encode(), digest_size=_LINK).digest()
    key = link_key(url)
    host, _, path = key.partition("/")
    if not path or (host in _HOSTS or path[0] == "@") and _PLACE.fullmatch(key):
        return b""
    return blake2b(key.encode(), digest_size=_LINK).digest()


def title_mark(title: str) -> bytes:
    """The mark of a title whatever its case and punctuation; nothing for one that could be anybody's."""
    if len(title) < TITLE_LETTERS:
        return b""
    words = _WORD.findall(normalize("NFKC", title).casefold())
    if len(words) < TITLE_WORDS or len(said := " ".join(words)) < TITLE_LETTERS:
        return b""
    return blake2b(said.encode(), digest_size=_TITLE).digest()


def is_title(mark: bytes) -> bool:
    """Whether a mark is one of a title."""
    return len(mark) == _TITLE


def marks_of(one: Activity) -> tuple[list[bytes], frozenset[bytes]]:
    """What the activity is known by itself, and the other pages that it points at."""
    if one.kind not in COPIES:
        return [], frozenset()
    page, title = link_mark(one.url), title_mark(one.title)
    own = [page, title] if page and title else [page or title] if page or title else []
    return own, frozenset(map(link_mark, one.shares)) - {b"", page} if one.shares else frozenset()
