"""Evidence derived from activities: a cache of what the rules say, with the verdicts copied beside it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import sqlalchemy as sa

from advocacy.domain.matching import Judgement
from advocacy.domain.medium import medium
from advocacy.domain.rulebook import Match, Strength
from advocacy.models import bulk
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.base import Row, db
from advocacy.models.evidence import Evidence, Verdict
from advocacy.models.ladders import Expectation
from advocacy.models.roster import role_on, roles_of
from advocacy.models.words import Word

ByHand = "You attached this yourself."


@dataclass(frozen=True, slots=True)
class Judged:
    """A stored activity and what the rules say of it."""

    activity_id: int
    judgement: Judgement


_COLUMNS = (
    *("generation_id", "person_id", "activity_id", "work_id", "day", "medium", "visibility"),
    *("expectation_id", "rule", "facet", "strength", "why", "verdict"),
)


def derive(judged: Sequence[Judged], generations: Sequence[int], fresh: Collection[int] = ()) -> None:
    """Write the evidence of these activities anew, for all their people and into these generations.

    `fresh` are activities that this transaction brought: nothing was derived from them, and nobody spoke of them yet.
    """
    matches = {one.activity_id: one.judgement.matches for one in judged}
    if not matches or not generations:
        return
    known = [activity_id for activity_id in matches if activity_id not in fresh]
    if known:
        db.session.execute(
            sa.delete(Evidence).where(Evidence.activity_id.in_(known), Evidence.generation_id.in_(generations)),
            execution_options={"synchronize_session": False},
        )
    rows = list(_rows(matches, _verdicts(known)))
    bulk.insert(Evidence, _COLUMNS, [(generation, *row) for generation in generations for row in rows])


_Readings: TypeAlias = Mapping[tuple[str, str], Sequence[int]]
_Words: TypeAlias = Mapping[int, Word | None]


def _rows(
    matches: Mapping[int, tuple[Match, ...]], verdicts: Mapping[tuple[int, int], _Words]
) -> Iterable[tuple[Any, ...]]:
    """The evidence as tuples of all columns but the first."""
    owners = _owners(matches)
    held = roles_of({owner.person_id for owner in owners})
    readings = _readings()
    for owner in owners:
        role = role_on(held.get(owner.person_id, ()), owner.day)
        expectations = readings.get(role.page_id, {}) if role else {}
        words = verdicts.get((owner.activity_id, owner.person_id), {})
        yield from _of_owner(owner, matches[owner.activity_id], expectations, words)


def _of_owner(
    owner: Row, matches: Sequence[Match], expectations: _Readings, words: _Words
) -> Iterable[tuple[Any, ...]]:
    heard = medium(owner.platform, owner.kind, owner.channel)
    mine = (owner.person_id, owner.activity_id, owner.activity_id, owner.day, heard, owner.visibility)
    derived = set()
    for match in matches:
        for expectation_id in expectations.get((match.rule, match.reading), ()):
            derived.add(expectation_id)
            said = (match.rule, match.facet[:80], match.strength, match.why, words.get(expectation_id))
            yield (*mine, expectation_id, *said)
    for expectation_id, word in words.items():
        if word is Word.CONFIRMED and expectation_id not in derived:
            yield (*mine, expectation_id, None, "", Strength.STRONG, ByHand, Word.CONFIRMED)


def _owners(activity_ids: Iterable[int]) -> Sequence[Row]:
    mine = ActivityPerson
    query = (
        sa.select(mine.activity_id, mine.person_id, mine.day, mine.visibility)
        .add_columns(ActivityRow.platform, ActivityRow.kind, ActivityRow.channel)
        .join(ActivityRow, ActivityRow.id == mine.activity_id)
        .where(mine.activity_id.in_(list(activity_ids)))
        .order_by(mine.activity_id, mine.person_id)
    )
    return db.session.execute(query).all()


def _readings() -> dict[int, dict[tuple[str, str], list[int]]]:
    """The expectations of each role page by rule and reading; a dropped sentence keeps its evidence."""
    query = sa.select(Expectation.id, Expectation.page_id, Expectation.rule, Expectation.reading)
    pages: dict[int, dict[tuple[str, str], list[int]]] = {}
    for row in db.session.execute(query.where(Expectation.rule.is_not(None)).order_by(Expectation.id)):
        pages.setdefault(row.page_id, {}).setdefault((row.rule, row.reading), []).append(row.id)
    return pages


def _verdicts(activity_ids: Collection[int]) -> dict[tuple[int, int], dict[int, Word | None]]:
    if not activity_ids:
        return {}
    query = sa.select(Verdict.activity_id, Verdict.person_id, Verdict.expectation_id, Verdict.word).where(
        Verdict.activity_id.in_(list(activity_ids)), Verdict.superseded_at.is_(None)
    )
    words: dict[tuple[int, int], dict[int, Word | None]] = {}
    for activity_id, person_id, expectation_id, word in db.session.execute(query):
        words.setdefault((activity_id, person_id), {})[expectation_id] = word
    return words
