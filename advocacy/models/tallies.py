"""The evidence that counts for a target, of one person or of a whole team, from the covering index alone."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa

from advocacy.domain.days import Span
from advocacy.domain.measure import Tally
from advocacy.domain.rulebook import Strength
from advocacy.models.audience import Audience, seen_by
from advocacy.models.base import db
from advocacy.models.evidence import Evidence
from advocacy.models.generations import LIVE
from advocacy.models.words import Word

Tallies = Mapping[int, Sequence[Tally]]
"""By expectation."""


def of(person_ids: Collection[int], days: Span, audience: Audience, only: int | None = None) -> dict[int, Tallies]:
    """What is not rejected, by person and expectation; the columns after the first two are a tally's."""
    seen = Evidence
    confirmed = sa.func.coalesce(seen.verdict == Word.CONFIRMED, sa.false())
    query = sa.select(
        *(seen.person_id, seen.expectation_id, seen.day, seen.work_id, seen.facet, seen.medium),
        *(sa.or_(confirmed, seen.strength == Strength.STRONG), confirmed),
    ).where(
        seen.person_id.in_(person_ids),
        seen.generation_id == LIVE.scalar_subquery(),
        seen.day.between(*days),
        seen_by(audience),
        sa.or_(seen.verdict.is_(None), seen.verdict != Word.REJECTED),
        seen.expectation_id == only if only else sa.true(),
    )
    found: dict[int, dict[int, list[Tally]]] = defaultdict(lambda: defaultdict(list))
    for row in db.session.execute(query):
        found[row.person_id][row.expectation_id].append(Tally(*row[2:]))
    return {person_id: dict(by_sentence) for person_id, by_sentence in found.items()}
