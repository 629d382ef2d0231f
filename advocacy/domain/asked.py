"""What somebody asks a search for: words, "a phrase", and -words that must not be there."""

import re
from dataclasses import dataclass

MOST = 12  #: words and phrases that are looked for
LONGEST = 200  #: characters that are read
_PIECE = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')


@dataclass(frozen=True, slots=True)
class Asked:
    """Each of `wanted` must be in it, none of `unwanted` may be."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


def parse(words: str) -> Asked:
    """Read what was typed; every input means something, if only nothing."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in _PIECE.findall(words[:LONGEST])[:MOST]:
        piece = " ".join((phrase or word).split())
        if any(sign.isalnum() for sign in piece):
            (unwanted if minus else wanted).append(piece)
    return Asked(tuple(wanted), tuple(unwanted))
