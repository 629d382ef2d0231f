"""The rules as values: what each expectation is recognised by, what proves it, how much is enough."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from advocacy.domain.activity import Kind, Platform, ThreadRole
from advocacy.domain.target import Target


class Strength(StrEnum):
    """How sure a match is: `strong` counts on one's own page until the person says otherwise."""

    STRONG = "strong"
    LIKELY = "likely"
    WEAK = "weak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One way an activity can be evidence; every named part must hold, an empty part holds always.

    `words` and `not_words` name word lists of the vocabulary: one of each named list must (not) occur.
    `facet` says what is counted apart; `{persona}` and `{topic}` in it are filled from the tags, one each.
    `why` is a sentence to the engineer; it may use {persona}, {topic}, {component}, {company}, {word}, {replies},
    {participants}, {others}, {rank}, {own_messages}, {channel}, {platform}, {example}.
    """

    why: str
    strength: Strength = Strength.STRONG
    kinds: frozenset[Kind] = frozenset()
    platforms: frozenset[Platform] = frozenset()
    not_platforms: frozenset[Platform] = frozenset()
    roles: frozenset[ThreadRole] = frozenset()
    min_others: int = 0  #: participants besides the author where known, else replies
    min_own_messages: int = 0
    accepted: bool = False
    max_rank: int = 0
    min_rivals: int = 0  #: other answers; holds where the platform does not tell how many
    min_words: int = 0  #: own words, neither quoted nor a link; of what starts something its title speaks too
    component: bool = False
    company: bool = False  #: names the company itself
    relevant: bool = False  #: it, or its place, names a term or a technical word
    topic: bool = False
    persona: bool = False
    example: bool = False
    compares: bool = False  #: the title sets things side by side by its shape
    measured: int = 0  #: so many figures with a unit
    rate: bool = False  #: tells how many of how many
    ticket: bool = False  #: points at a place in a backlog
    outside: bool = False  #: not in a channel of the company's own
    own: bool = False  #: not a repost of somebody else
    words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    upfront: bool = False  #: the first of `words`, or the persona, stands in the title or the opening
    facet: str = ""

    def may_hold(self, kind: Kind, platform: Platform) -> bool:
        """Whether an activity of that kind on that platform can meet it at all."""
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.platforms or platform in self.platforms)
            and platform not in self.not_platforms
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One level's wording of a rule: `lead` or `join` a discussion; the first is the strictest."""

    id: str
    recognised_by: tuple[str, ...]
    conditions: tuple[Condition, ...]
    target: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A recognisable expectation. `sources` could each hold evidence; `alone` is the one that must."""

    id: str
    title: str
    section: str
    readings: tuple[Reading, ...]
    sources: tuple[Platform, ...] = ()
    alone: Platform | None = None
    by_hand: str = ""  #: what a person can log for it, in words

    def reading(self, reading_id: str) -> Reading:
        """The reading of that id, the strictest one when there is none such."""
        return next((r for r in self.readings if r.id == reading_id), self.readings[0])


SAID = frozenset({Kind.POST, Kind.REPLY, Kind.QUESTION, Kind.ANSWER, Kind.ARTICLE})
"""Kinds that are said to the world; all others are what a person did, mostly logged by hand."""

Asked: TypeAlias = tuple[tuple[str, str, tuple[Condition, ...]], ...]
"""Rule, reading, and those of its conditions that come into question."""


@dataclass(frozen=True, kw_only=True)
class Rulebook:
    """All rules by id; `fingerprint` changes whenever a rule does."""

    rules: Mapping[str, Rule]
    fingerprint: str
    _asked: dict[tuple[Kind, Platform], Asked] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def lists_of_said(self) -> frozenset[str]:
        """The word lists that some condition asks of what is said to the world; most of all items are that."""
        conditions = (c for rule in self.rules.values() for reading in rule.readings for c in reading.conditions)
        asked = (c for c in conditions if not c.kinds or c.kinds & SAID)
        return frozenset(name for c in asked for name in (*c.words, *c.not_words))

    def asked_of(self, kind: Kind, platform: Platform) -> Asked:
        """The conditions that such an activity can meet, by rule and reading; sorted out once."""
        found = self._asked.get((kind, platform))
        if found is None:
            found = self._asked[kind, platform] = tuple(
                (rule.id, reading.id, held)
                for rule in self.rules.values()
                for reading in rule.readings
                if (held := tuple(one for one in reading.conditions if one.may_hold(kind, platform)))
            )
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """That an activity is evidence for a rule's reading, and why."""

    rule: str
    reading: str
    facet: str
    strength: Strength
    why: str
