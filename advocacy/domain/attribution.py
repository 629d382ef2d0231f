"""Whose entry it is on a shared blog: the account's author filter against the names an entry carries."""

import re
import unicodedata

_WORD = re.compile(r"[\w.@+-]+")


def is_by(wanted: str, authors: tuple[str, ...]) -> bool:
    """Whether one of the names is the wanted one: the same words in any order, or the same e-mail address.

    An empty filter takes everything; an entry without a name is nobody's when a name is wanted.
    """
    if not wanted.strip():
        return True
    sought = _words(wanted)
    return any(_is_same(sought, _words(author)) for author in authors)


def _is_same(sought: frozenset[str], found: frozenset[str]) -> bool:
    mails = {word for word in sought if "@" in word[1:]}
    return bool(mails & found) or (bool(sought) and sought <= found)


def _words(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKC", name).casefold()
    return frozenset(word.strip(".") for word in _WORD.findall(plain))
