"""Right, wrong and missed: what the rules give an item beside what it is labelled with.

The unit is one label on one item. What the rules give and the labels do not support is wrong, whether or not anybody
thought of it as a near miss; what the labels support and the rules do not give is missed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advocacy.domain.rulebook import Match, Rulebook, Strength
from advocacy.rules import Rules
from benchmarks.quality.items import Item

FACETS = frozenset({"talks", "tweets", "learn-train", "guide", "identify", "personas"})
"""Where the page tells facets apart, each is a label of its own."""

STRONG = (Strength.STRONG,)
FOUND = (Strength.STRONG, Strength.LIKELY)
ANY = tuple(Strength)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One label on one item: `given` with which strength, None for not at all; `right` as the labels say."""

    item: Item
    label: str
    given: Strength | None
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How many are right, wrong and missed among what is given with some strengths."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Of what is given, how much is right; 1 where nothing is given."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of what is right, how much is given; 1 where nothing is right."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def verdicts(items: Iterable[Item], rules: Rules) -> list[Verdict]:
    """Every label that the rules give or the item has."""
    return [one for item in items for one in _of_item(item, rules)]


def score(found: Iterable[Verdict], strengths: tuple[Strength, ...]) -> Score:
    """Count what is given with one of the strengths as given."""
    right = wrong = missed = 0
    for one in found:
        given = one.given in strengths
        right += given and one.right
        wrong += given and not one.right
        missed += one.right and not given
    return Score(right=right, wrong=wrong, missed=missed)


def _of_item(item: Item, rules: Rules) -> Iterator[Verdict]:
    given = _given(item, rules)
    wanted = set(item.supports)
    if "discussion" in wanted:  # who leads takes part; labelled once, read at both levels
        wanted.add("discussion-join")
    for rule in FACETS & wanted:  # labelled without a facet: whichever is given is right
        facets = {label for label in given if label.startswith(f"{rule}/")}
        if facets:
            wanted = (wanted - {rule}) | facets
        elif any(label.startswith(f"{rule}/") for label in wanted):
            wanted.discard(rule)
    for label in sorted(given.keys() | wanted):
        yield Verdict(item=item, label=label, given=given.get(label), right=label in wanted)


def _given(item: Item, rules: Rules) -> dict[str, Strength]:
    """Each label that the lead's wording is given, with its strongest match, and joining at the senior's."""
    found: dict[str, Strength] = {}
    for match in rules.judge(item.activity).matches:
        label = _label(match, rules.rulebook)
        if label and (label not in found or ANY.index(match.strength) < ANY.index(found[label])):
            found[label] = match.strength
    return found


def _label(match: Match, rulebook: Rulebook) -> str:
    if match.rule == "discussion" and match.reading == "join":
        return "discussion-join"
    if match.reading != rulebook.rules[match.rule].readings[0].id:
        return ""
    facet = match.facet.partition("/")[0]
    return f"{match.rule}/{facet}" if facet and match.rule in FACETS else match.rule
