"""Finding many words at once: one pass over a text, whole words only, the longest at each place."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,63}")
_QUERY = re.compile(r"(https?://[^\s?#<>)\]]{1,500})([?#][^\s<>)\]]{0,1000})")
_SPACED = str.maketrans(dict.fromkeys("-_\u2010\u2011\u2012\u2013\u2014", " ") | {"\u2019": "'", "\u2018": "'"})
_EAST_ASIAN = "\u2e80"  #: scripts from here on write no spaces between words


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One spelling of a term; `exact` keeps its case, `not_before` lists words that must not follow it."""

    group: str
    id: str
    text: str
    exact: bool = False
    not_before: frozenset[str] = frozenset()


class Hit(NamedTuple):
    """A term found, with the words of the text that named it."""

    group: str
    id: str
    surface: str
    start: int
    end: int


class Patterns:
    """All spellings in one automaton; build once, search often, from any thread."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        found: dict[str, list[tuple[Pattern, str]]] = {}
        for pattern in patterns:
            for spelling in _spellings(pattern.text):
                found.setdefault(_fold(spelling), []).append((pattern, spelling))
        self._automaton = ahocorasick.Automaton()
        for folded, entries in found.items():
            self._automaton.add_word(folded, (len(folded), entries))
        self._empty = not found
        if found:
            self._automaton.make_automaton()

    def find(self, text: str) -> list[Hit]:
        """Every term in order of appearance; in a group the leftmost, then the longest, wins."""
        shown, kept = self.places(text)
        return [Hit(pattern.group, pattern.id, shown[start:end], start, end) for start, end, pattern in kept]

    def places(self, text: str) -> tuple[str, list[tuple[int, int, Pattern]]]:
        """The text as it was searched, and from where to where in it which pattern stands; as `find`, and cheaper."""
        shown = _clean(text)
        kept: list[tuple[int, int, Pattern]] = []
        ends: dict[str, tuple[int, int]] = {}
        for start, minus_end, _, pattern in sorted(self._whole_words(shown.translate(_SPACED))):
            place = ends.get(pattern.group)
            if place is None or start >= place[1] or (start, -minus_end) == place:
                kept.append((start, -minus_end, pattern))
                ends[pattern.group] = (start, -minus_end)
        return shown, kept

    def _whole_words(self, spaced: str) -> list[tuple[int, int, int, Pattern]]:
        """Place and pattern of every hit that stands between the edges of words, with a number that keeps the order."""
        found: list[tuple[int, int, int, Pattern]] = []
        if self._empty:
            return found
        for last, (length, entries) in self._automaton.iter(_fold(spaced)):
            start, end = last - length + 1, last + 1
            if start and spaced[start - 1] != " " and not _opens(spaced, start):
                continue
            if spaced[end : end + 1] != " " and not _closes(spaced, end):
                continue
            for pattern, spelling in entries:
                if pattern.exact and spaced[start:end] != spelling:
                    continue
                if pattern.not_before and _next_word(spaced, end) in pattern.not_before:
                    continue
                found.append((start, -end, len(found), pattern))
        return found


def _spellings(text: str) -> list[str]:
    """The text itself and its plain plural."""
    text = _clean(text).translate(_SPACED)
    if not text or not text[-1].isalpha():
        return [text] if text else []
    plurals = [text + "s"]
    if len(text) > 2 and text[-1] in "yY" and text[-2].lower() not in "aeiou":
        plurals.append(text[:-1] + "ies")
    return [text, *plurals]


def _clean(text: str) -> str:
    """Blank out what is no prose (e-mail addresses, query strings) and collapse white space."""
    text = unicodedata.normalize("NFC", text)
    if "@" in text:
        text = _MAIL.sub(" ", text)
    if "://" in text:
        text = _QUERY.sub(r"\1 ", text)
    return " ".join(text.split())


def _fold(text: str) -> str:
    folded = text.lower()
    if len(folded) == len(text):
        return folded
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)  # "İ" grows and would shift places


def _opens(text: str, start: int) -> bool:
    if start == 0 or not (before := text[start - 1]).isalnum():
        return True
    # ".NET" may not begin inside "ASP.NET" or "example.net".
    return text[start] != "." and not _joins(before, text[start])


def _closes(text: str, end: int) -> bool:
    if end == len(text):
        return True
    after = text[end]
    if after.isalnum():
        return not _joins(after, text[end - 1])
    return not (after == "#" or (after == "+" and text.startswith("++", end)))


def _joins(neighbour: str, edge: str) -> bool:
    """Whether two characters belong to one word; the neighbour is a letter or digit."""
    if not (edge.isalnum() or edge in "+#"):
        return False
    return neighbour < _EAST_ASIAN or edge >= _EAST_ASIAN


def _next_word(text: str, end: int) -> str:
    rest = text[end : end + 24].split(maxsplit=1)
    return rest[0].strip(".,;:!?)\"'").lower() if rest and text[end : end + 1] == " " else ""
