"""As what a piece can count under a rule: the choices that a person has beside the rule's own opinion."""

from collections.abc import Callable, Sequence

from advocacy.domain.rulebook import Rule
from advocacy.domain.target import Counting, Measure

BY_TOPIC = {"learned", "taught"}  #: acts that are counted topic by topic


def choices(rule: Rule | None, reading: str, personas: Sequence[str]) -> tuple[str, ...]:
    """The facets that the reading's measures tell apart, in their order; none when it counts everything alike."""
    if rule is None:
        return ()
    wanted: list[str] = []
    for group in rule.reading(reading).target:
        for measure in group:
            wanted += _of(measure, personas)
    return tuple(dict.fromkeys(wanted))


def _of(measure: Measure, personas: Sequence[str]) -> Sequence[str]:
    if measure.counting is Counting.PAIRS:
        return ("learned", "taught")
    if measure.counting is Counting.EACH:
        return personas if measure.each == ("*",) else measure.each
    return [measure.facet] if measure.facet else []


def whole(facet: str, topic: str) -> str:
    """The facet as evidence carries it: an act that is counted by topic names it."""
    return f"{facet}/{topic}" if facet in BY_TOPIC and topic else facet


def said(facet: str, name: Callable[[str], str]) -> str:
    """The facet as a reader names it: `learned: etcd`, `SRE`, `proposal`."""
    act, _, topic = facet.partition("/")
    return f"{act}: {name(topic)}" if topic else name(act)
