"""How much a work is on a topic: whether its title names it, how often its text does, and whether up front."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence

from advocacy.domain.asked import Piece

IN_TITLE, UP_FRONT, WHOLLY = 3.0, 1.5, 7.0
"""What a name in the title and one up front add to log₂(1 + how often), and the sum of a work that is wholly on it."""

OPENING = 300  #: characters that are up front
LEAST = 0.1  #: of a work that was found to be on the topic, and names it where nobody looks
OTHERWISE = 0.75  #: of what names the topic by other words than was asked


class Named:
    """To find a topic by its spellings, as whole words; a hyphen equals a space, a plain plural is found."""

    def __init__(self, spellings: Iterable[str]) -> None:
        longest = sorted(set(filter(None, spellings)), key=lambda one: (-len(one), one))
        words = "|".join(r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", one))) for one in longest)
        self.pattern = re.compile(rf"(?<!\w)(?:{words or '(?!)'})s?(?!\w)", re.IGNORECASE)
        self._begins = {re.split(r"[\s-]+", one)[0].lower() for one in longest}

    def places(self, text: str) -> list[int]:
        """Where it is named, from the left; tried is only where a spelling begins, ten times as fast as everywhere."""
        low = text.lower()
        if len(low) != len(text):  # a few letters are two in lower case
            return [found.start() for found in self.pattern.finditer(text)]
        found, end = [], 0
        for place in sorted({place for begin in self._begins for place in _places(begin, low)}):
            if place >= end and (there := self.pattern.match(text, place)):
                found.append(place)
                end = there.end()
        return found


def fit(asked: Named, otherwise: Named, title: str, text: str) -> float:
    """How much a work is on it, from LEAST to 1: by the words that were asked, or by any others of the topic."""
    return round(max(LEAST, _fit(asked, title, text), OTHERWISE * _fit(otherwise, title, text)), 2)


def said_together(words: Sequence[Piece], title: str, text: str) -> float:
    """Which share of the words a text says: two words of one thing stand together."""
    whole = f"{title} {text}".casefold()
    return sum(one.text.casefold() in whole for one in words) / len(words) if words else 1.0


def _fit(name: Named, title: str, text: str) -> float:
    places, in_title = name.places(text), bool(name.places(title))
    points = IN_TITLE * in_title + math.log2(1 + len(places) + in_title)
    up_front = in_title or (bool(places) and places[0] < OPENING)
    return min((points + UP_FRONT * up_front) / WHOLLY, 1.0)


def _places(word: str, text: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)
