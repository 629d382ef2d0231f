"""The panels that tell what a sentence's figures are made of, one for each way of counting that its target has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from advocacy.domain import makeup
from advocacy.domain.makeup import Link, Share
from advocacy.domain.measure import Reached, Tally
from advocacy.domain.target import Counting


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What is behind the figures: `mediums` and `categories` with what is missing, `chain` of topics, `months`."""

    mediums: tuple[Share, ...] = ()
    mediums_needed: int = 0
    categories: tuple[Share, ...] = ()
    chain: tuple[Link, ...] = ()
    months: tuple[tuple[date, int], ...] = ()

    @property
    def regular(self) -> bool:
        """Whether each of the last months has at least one (PRODUCT.md, "regular")."""
        return bool(self.months) and all(count for _, count in self.months)


def parts(groups: Sequence[Sequence[Reached]], tallies: Sequence[Tally], today: date) -> Parts:
    """Take the figures of a sentence apart."""
    by = {reached.measure.counting: reached for group in groups for reached in group}
    wide, each, pairs = by.get(Counting.PLATFORMS), by.get(Counting.EACH), by.get(Counting.PAIRS)
    return Parts(
        mediums=makeup.mediums(tallies, wide.window) if wide else (),
        mediums_needed=wide.need if wide else 0,
        categories=makeup.categories(tallies, each.window, _wanted(each, tallies)) if each else (),
        chain=makeup.chain(tallies, pairs.window) if pairs else (),
        months=makeup.months_with(tallies, today) if groups and Counting.ASKED not in by else (),
    )


def _wanted(each: Reached, tallies: Sequence[Tally]) -> tuple[str, ...]:
    """What is asked for in its order, and after it what else there is."""
    named = each.measure.each if each.measure.each != ("*",) else ()
    there = sorted({t.facet.partition("/")[0] for t in tallies if t.counted and t.facet} - {*named, *each.lacking})
    return tuple(dict.fromkeys([*named, *there, *each.lacking]))
