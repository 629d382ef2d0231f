"""The words of a text by which a rule found it, and the text cut where they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from advocacy.domain.patterns import Hit
from advocacy.domain.rulebook import Condition, Rule
from advocacy.domain.vocabulary import Vocabulary

AT_MOST = 8  #: words that are named for one rule


@dataclass(frozen=True, slots=True)
class Found:
    """Every word of the vocabulary that stands in a text."""

    text: str
    hits: Sequence[Hit]

    @classmethod
    def in_text(cls, text: str, vocabulary: Vocabulary) -> "Found":
        """Look once; ask for each rule."""
        return cls(text, [hit for hit in vocabulary.patterns.find(text) if hit.id])

    def words(self, rule: Rule) -> tuple[str, ...]:
        """The words that this rule asks for, as written, each once, in the order of the text."""
        told = {hit.surface.casefold(): hit.surface for hit in reversed(self._of([rule]))}
        return tuple(reversed(told.values()))[:AT_MOST]

    def cut(self, rules: Iterable[Rule], since: int = 0) -> list[tuple[str, bool]]:
        """The text from that place on in parts, each with whether one of the rules asks for it; joined they are it."""
        parts: list[tuple[str, bool]] = []
        last = since
        for hit in sorted(self._of(rules), key=lambda hit: (hit.start, -hit.end)):
            if hit.start >= last:
                parts += [(self.text[last : hit.start], False), (self.text[hit.start : hit.end], True)]
                last = hit.end
        return [(part, marked) for part, marked in (*parts, (self.text[last:], False)) if part]

    def _of(self, rules: Iterable[Rule]) -> list[Hit]:
        wanted = {mark for rule in rules for reading in rule.readings for one in reading.conditions for mark in _asks(one)}
        return [hit for hit in self.hits if hit.group in wanted]


def _asks(one: Condition) -> set[str]:
    """The groups of the vocabulary that a condition looks for."""
    asked = {f"words/{name}" for name in one.words}
    asked |= {"components"} if one.component else set()
    asked |= {"company"} if one.company else set()
    asked |= {"topics"} if one.topic or "{topic}" in one.facet else set()
    return asked | ({"personas"} if one.persona or "{persona}" in one.facet else set())
