"""How much a work is on a topic: whether its title names it, how often its text does, and whether up front."""

import math
import re
from collections.abc import Iterable, Sequence

from advocacy.domain.asked import Piece

IN_TITLE, UP_FRONT, WHOLLY = 3.0, 1.5, 7.0
"""What a name in the title and one up front add to log₂(1 + how often), and the sum of a work that is wholly on it."""

OPENING = 300  #: characters that are up front
LEAST = 0.1  #: of a work that was found to be on the topic, and names it where nobody looks
OTHERWISE = 0.75  #: of what names the topic by other words than was asked


def named(spellings: Iterable[str]) -> re.Pattern[str]:
    """To find a topic by its spellings, as whole words; a hyphen equals a space, a plain plural is found."""
    longest = sorted(set(filter(None, spellings)), key=lambda one: (-len(one), one))
    words = "|".join(r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", one))) for one in longest)
    return re.compile(rf"(?<!\w)(?:{words or '(?!)'})s?(?!\w)", re.IGNORECASE)


def fit(asked: re.Pattern[str], otherwise: re.Pattern[str], title: str, text: str) -> float:
    """How much a work is on it, from LEAST to 1: by the words that were asked, or by any others of the topic."""
    return round(max(LEAST, _fit(asked, title, text), OTHERWISE * _fit(otherwise, title, text)), 2)


def said_together(words: Sequence[Piece], title: str, text: str) -> float:
    """Which share of the words a text says: two words of one thing stand together."""
    whole = f"{title} {text}".casefold()
    return sum(one.text.casefold() in whole for one in words) / len(words) if words else 1.0


def _fit(name: re.Pattern[str], title: str, text: str) -> float:
    places = [found.start() for found in name.finditer(text)]
    in_title = name.search(title) is not None
    points = IN_TITLE * in_title + math.log2(1 + len(places) + in_title)
    up_front = in_title or (bool(places) and places[0] < OPENING)
    return min((points + UP_FRONT * up_front) / WHOLLY, 1.0)
