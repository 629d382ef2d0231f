"""What somebody asks a search for: words, "a phrase", and -words that must not be there."""

import re
from dataclasses import dataclass

MOST = 12  #: words and phrases that are looked for
LONGEST = 200  #: characters that are read
_PIECE = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')


@dataclass(frozen=True, slots=True)
class Piece:
    """A word by its beginning, or a phrase of whole words in their order."""

    text: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Each of `wanted` must be in it, none of `unwanted` may be."""

    wanted: tuple[Piece, ...] = ()
    unwanted: tuple[Piece, ...] = ()


def parse(words: str) -> Asked:
    """Read what was typed; every input means something, if only nothing."""
    wanted: list[Piece] = []
    unwanted: list[Piece] = []
    for minus, phrase, word in _PIECE.findall(words[:LONGEST])[:MOST]:
        text = " ".join((phrase or word).split())
        if any(sign.isalnum() for sign in text):
            (unwanted if minus else wanted).append(Piece(text, whole=bool(phrase)))
    return Asked(tuple(wanted), tuple(unwanted))
