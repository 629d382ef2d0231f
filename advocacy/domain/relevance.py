"""How well a text fits what was asked: the same arithmetic whatever database found it."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from advocacy.domain.asked import Piece

IN_TITLE = 3.0
IN_TEXT = 1.0
WHOLE = 1.0  #: more, where the word is not only the beginning of one
OPENING = 300  #: characters in which a text says what it is about
UPFRONT = 0.5


def relevance(wanted: Iterable[Piece], title: str, text: str) -> float:
    """The sum over the pieces, to one place: in the title, how often in the text, as a whole word, up front."""
    heading, body = title.casefold(), text.casefold()
    return round(sum(_of_piece(piece.text.casefold(), heading, body) for piece in wanted), 1)


def _of_piece(piece: str, title: str, text: str) -> float:
    often = text.count(piece)
    return (
        (IN_TITLE if piece in title else 0)
        + IN_TEXT * math.log2(1 + often)
        + (WHOLE if (often or piece in title) and _is_whole(piece, title, text) else 0)
        + (UPFRONT if often and text.find(piece) < OPENING else 0)
    )


def _is_whole(piece: str, *texts: str) -> bool:
    return any(map(_whole(piece).search, texts))


@lru_cache(maxsize=256)  # one piece is looked for in a thousand texts
def _whole(piece: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(piece)}(?!\w)")


def marked(text: str, wanted: Sequence[Piece]) -> Iterator[tuple[str, bool]]:
    """The text in parts, each with whether it is what was asked for."""
    if not wanted:
        yield text, False
        return
    found = "|".join(re.escape(piece.text) for piece in sorted(wanted, key=lambda one: -len(one.text)))
    for number, part in enumerate(re.split(f"((?<!\\w)(?:{found}))", text, flags=re.IGNORECASE)):
        if part:
            yield part, number % 2 == 1


def around(text: str, wanted: Iterable[Piece], longest: int = 280) -> str:
    """The stretch of a text where the first of what was asked stands, cut between words."""
    folded = text.casefold()
    places = [place for piece in wanted if (place := folded.find(piece.text.casefold())) >= 0]
    start = max(min(places, default=0) - longest // 4, 0) if len(folded) == len(text) else 0
    if start:
        start = text.find(" ", start) + 1 or start
    cut = text[start : start + longest]
    return ("… " if start else "") + cut
