"""Evidence derived from activities: a cache of what the rules say, with the verdicts copied beside it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import sqlalchemy as sa

from advocacy.domain.matching import Judgement
from advocacy.domain.medium import medium
from advocacy.domain.rulebook import Match, Strength
from advocacy.models import bulk, learned
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.base import db
from advocacy.models.evidence import Evidence, Verdict
from advocacy.models.fact import Holder
from advocacy.models.frozen import carry, frozen
from advocacy.models.judging import leaves, not_automatic
from advocacy.models.ladders import Expectation
from advocacy.models.roster import role_on, roles_of
from advocacy.models.words import Judging, Word

ByHand = "You attached this yourself."


class Judged(NamedTuple):
    """A stored activity and what the rules say of it."""

    activity_id: int
    judgement: Judgement


_COLUMNS = (
    *("generation_id", "person_id", "activity_id", "work_id", "day", "medium", "visibility"),
    *("expectation_id", "rule", "facet", "strength", "why", "verdict"),
)


def derive(judged: Sequence[Judged], generations: Sequence[int], fresh: Sequence[Holder] = ()) -> None:
    """Write the evidence of these activities anew, for all their people and into these generations.

    What had to be scrubbed keeps the evidence it has: there is nothing left to judge it by.

    `fresh` tells whose the activities are that this transaction brought: nothing was derived from those before, and
    nobody has spoken of them.
    """
    matches = {one.activity_id: one.judgement.matches for one in judged}
    if not matches or not generations:
        return
    known = matches.keys() - {holder.activity_id for holder in fresh}
    known -= carry(frozen(known), generations)
    if known:
        db.session.execute(
            sa.delete(Evidence).where(Evidence.activity_id.in_(known), Evidence.generation_id.in_(generations)),
            execution_options={"synchronize_session": False},
        )
    holders = [*_holders(known), *fresh]
    rows = list(_rows(matches, holders, _verdicts(known)))
    bulk.insert(Evidence, _COLUMNS, [(generation, *row) for generation in generations for row in rows])
    learned.apply(matches.keys(), {one.person_id for one in holders}, generations)


_Readings: TypeAlias = Mapping[tuple[str, str], Sequence[int]]


class Said(NamedTuple):
    """A person's word in force, and as what they say that it counts (None: as the rules say)."""

    word: Word | None = None
    facet: str | None = None

    def of(self, facet: str) -> Word | None:
        """What the word comes to for one facet: whoever says as what it counts, says that it counts as nothing else."""
        overruled = self.word is Word.CONFIRMED and self.facet not in (None, facet)
        return Word.REJECTED if overruled else self.word


_UNSAID = Said()
_Words: TypeAlias = Mapping[int, Said]


def _rows(
    matches: Mapping[int, tuple[Match, ...]],
    holders: Sequence[Holder],
    verdicts: Mapping[tuple[int, int], _Words],
) -> Iterable[tuple[Any, ...]]:
    """The evidence as tuples of all columns but the first."""
    people = {holder.person_id for holder in holders}
    held, asked = roles_of(people), not_automatic(people)
    readings = _readings()
    for holder in holders:
        role = role_on(held.get(holder.person_id, ()), holder.day)
        expectations = readings.get(role.page_id, {}) if role else {}
        words = verdicts.get((holder.activity_id, holder.person_id), {})
        judging = asked.get(holder.person_id, Judging.AUTOMATIC)
        yield from _of_holder(holder, matches[holder.activity_id], expectations, words, judging)


def _of_holder(
    one: Holder, matches: Sequence[Match], expectations: _Readings, words: _Words, judging: Judging
) -> Iterable[tuple[Any, ...]]:
    heard = medium(one.platform, one.kind, one.channel)
    mine = (one.person_id, one.activity_id, one.work_id, one.day, heard, one.visibility)
    confirmed = set()
    for match in matches:
        for expectation_id in expectations.get((match.rule, match.reading), ()):
            facet = match.facet[:80]
            word = words.get(expectation_id, _UNSAID).of(facet)
            strength = leaves(judging, match.strength, word)
            if strength is None:
                continue
            if word is Word.CONFIRMED:
                confirmed.add(expectation_id)
            yield (*mine, expectation_id, match.rule, facet, strength, match.why, word)
    for expectation_id, said in words.items():
        if said.word is Word.CONFIRMED and expectation_id not in confirmed:
            yield (*mine, expectation_id, None, said.facet or "", Strength.STRONG, ByHand, Word.CONFIRMED)


def _holders(activity_ids: Collection[int]) -> list[Holder]:
    if not activity_ids:
        return []
    mine = ActivityPerson
    query = (
        sa.select(mine.activity_id, mine.person_id, mine.day, mine.visibility)
        .add_columns(ActivityRow.platform, ActivityRow.kind, ActivityRow.channel)
        .add_columns(sa.func.coalesce(ActivityRow.work_id, ActivityRow.id))
        .join(ActivityRow, ActivityRow.id == mine.activity_id)
        .where(mine.activity_id.in_(activity_ids))
        .order_by(mine.activity_id, mine.person_id)
    )
    return [Holder(*row) for row in db.session.execute(query)]


def _readings() -> dict[int, dict[tuple[str, str], list[int]]]:
    """The expectations of each role page by rule and reading; a dropped sentence keeps its evidence."""
    query = sa.select(Expectation.id, Expectation.page_id, Expectation.rule, Expectation.reading)
    pages: dict[int, dict[tuple[str, str], list[int]]] = {}
    for row in db.session.execute(query.where(Expectation.rule.is_not(None)).order_by(Expectation.id)):
        pages.setdefault(row.page_id, {}).setdefault((row.rule, row.reading), []).append(row.id)
    return pages


def _verdicts(activity_ids: Collection[int]) -> dict[tuple[int, int], dict[int, Said]]:
    if not activity_ids:
        return {}
    one = Verdict
    query = sa.select(one.activity_id, one.person_id, one.expectation_id, one.word, one.facet)
    here = one.activity_id.in_(list(activity_ids)), one.superseded_at.is_(None)
    words: dict[tuple[int, int], dict[int, Said]] = {}
    for activity_id, person_id, expectation_id, word, facet in db.session.execute(query.where(*here)):
        words.setdefault((activity_id, person_id), {})[expectation_id] = Said(word, facet)
    return words
