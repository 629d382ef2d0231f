"""How much is enough: an expectation's target as data."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Unit(StrEnum):
    """The stretch a rate is spoken of."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class Counting(StrEnum):
    """What a measure counts among the evidence of one expectation."""

    ITEMS = "items"  #: activities (works), each once
    PLATFORMS = "platforms"  #: different mediums
    EACH = "each"  #: how many of the named facets were each reached `at_least` times
    PAIRS = "pairs"  #: topics learned first and taught after
    ASKED = "asked"  #: all that was asked of the person (survey campaigns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """`at_least` so many, `per` stretch.

    `facet` narrows to evidence whose facet is this or starts with it and a slash; `each` names the facets
    that an EACH measure wants, one by one ("*" alone: every persona of the company's own).
    """

    counting: Counting = Counting.ITEMS
    at_least: int = 1
    per: Unit = Unit.QUARTER
    facet: str = ""
    each: tuple[str, ...] = ()
    noun: str = "items"
    one: str = ""  #: the noun for a single one

    def named(self, count: int) -> str:
        """The noun for so many: `1 session`, `2 sessions`."""
        return self.one if self.one and count == 1 else self.noun


Target: TypeAlias = tuple[tuple[Measure, ...], ...]
"""Every group must be reached; within a group one reached measure is enough."""
