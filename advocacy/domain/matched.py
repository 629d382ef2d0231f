"""The words of a text by which a rule found it, and the text cut where they stand."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from advocacy.domain.patterns import Hit
from advocacy.domain.rulebook import Condition, Rule
from advocacy.domain.vocabulary import Vocabulary

AT_MOST = 8  #: words that are named for one rule


@dataclass(frozen=True, slots=True)
class Found:
    """Every word of the vocabulary that stands in a text."""

    hits: Sequence[Hit]

    @classmethod
    def in_text(cls, text: str, vocabulary: Vocabulary) -> "Found":
        """Look once; ask for each rule."""
        return cls([hit for hit in vocabulary.hits(text) if hit.id])

    def words(self, rule: Rule) -> tuple[str, ...]:
        """The words that this rule asks for, as first written, each once, in the order of the text."""
        wanted = {mark for reading in rule.readings for one in reading.conditions for mark in _asks(one)}
        told: dict[str, str] = {}
        for hit in sorted(self.hits, key=lambda hit: hit.start):
            if hit.group in wanted:
                told.setdefault(hit.surface.casefold(), hit.surface)
        return tuple(told.values())[:AT_MOST]


def cut(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """The text in parts, each with whether it is one of these words; joined they are the text."""
    spelled = sorted({r"\s+".join(map(re.escape, word.split())) for word in words if word.strip()}, key=len)
    if not spelled:
        return [(text, False)] if text else []
    parts = re.split(rf"(?<!\w)({'|'.join(reversed(spelled))})(?!\w)", text, flags=re.IGNORECASE)
    return [(part, place % 2 == 1) for place, part in enumerate(parts) if part]


def _asks(one: Condition) -> set[str]:
    """The groups of the vocabulary that a condition looks for."""
    asked = {f"words/{name}" for name in one.words}
    asked |= {"components"} if one.component else set()
    asked |= {"company"} if one.company else set()
    asked |= {"topics"} if one.topic or "{topic}" in one.facet else set()
    return asked | ({"personas"} if one.persona or "{persona}" in one.facet else set())
