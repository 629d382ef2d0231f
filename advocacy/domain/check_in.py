"""The word that is shown in the room of a class: short, easy to read aloud, and hard to guess while it holds."""

from collections.abc import Callable
from datetime import timedelta

LASTS = timedelta(hours=4)
LETTERS = "abcdefghjkmnpqrstuvwxyz"  #: without those that look like a number or each other
LENGTH = 6


def word(choose: Callable[[str], str]) -> str:
    """A new one; `choose` takes one letter of many by chance."""
    return "".join(choose(LETTERS) for _ in range(LENGTH))


def plain(said: str) -> str:
    """What somebody typed, without case, blanks and strokes."""
    return "".join(sign for sign in said.lower() if sign.isalnum())
