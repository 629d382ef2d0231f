"""Evidence derived from activities: a cache of what the rules say, with the verdicts copied beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from advocacy.domain.matching import Judgement
from advocacy.domain.medium import medium
from advocacy.domain.rulebook import Match, Strength
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


def derive(judged: Sequence[Judged], generations: Sequence[int]) -> None:
    """Write the evidence of these activities anew, for all their people and into these generations."""
    matches = {one.activity_id: one.judgement.matches for one in judged}
    if not matches or not generations:
        return
    db.session.execute(
        sa.delete(Evidence).where(Evidence.activity_id.in_(matches), Evidence.generation_id.in_(generations))
    )
    rows = list(_rows(matches))
    if rows:
        db.session.execute(
            sa.insert(Evidence.__table__),  # type: ignore[arg-type]
            [{**row, "generation_id": generation} for generation in generations for row in rows],
        )


def _rows(matches: Mapping[int, tuple[Match, ...]]) -> Iterable[dict[str, Any]]:
    owners = _owners(matches)
    held = roles_of({owner.person_id for owner in owners})
    readings = _readings()
    verdicts = _verdicts(matches)
    for owner in owners:
        role = role_on(held.get(owner.person_id, ()), owner.day)
        expectations = readings.get(role.page_id, {}) if role else {}
        words = verdicts.get((owner.activity_id, owner.person_id), {})
        yield from _of_owner(owner, matches[owner.activity_id], expectations, words)


def _of_owner(
    owner: Row,
    matches: Sequence[Match],
    expectations: Mapping[tuple[str, str], Sequence[int]],
    words: Mapping[int, Word | None],
) -> Iterable[dict[str, Any]]:
    common = {
        "person_id": owner.person_id,
        "activity_id": owner.activity_id,
        "work_id": owner.activity_id,
        "day": owner.day,
        "medium": medium(owner.platform, owner.kind, owner.channel),
        "visibility": owner.visibility,
    }
    derived = set()
    for match in matches:
        for expectation_id in expectations.get((match.rule, match.reading), ()):
            derived.add(expectation_id)
            yield common | _by_rule(match, expectation_id, words.get(expectation_id))
    for expectation_id, word in words.items():
        if word is Word.CONFIRMED and expectation_id not in derived:
            yield common | _by_hand(expectation_id)


def _by_rule(match: Match, expectation_id: int, word: Word | None) -> dict[str, Any]:
    return {
        "expectation_id": expectation_id,
        "rule": match.rule,
        "facet": match.facet[:80],
        "strength": match.strength,
        "why": match.why,
        "verdict": word,
    }


def _by_hand(expectation_id: int) -> dict[str, Any]:
    return {
        "expectation_id": expectation_id,
        "rule": None,
        "facet": "",
        "strength": Strength.STRONG,
        "why": ByHand,
        "verdict": Word.CONFIRMED,
    }


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


def _verdicts(activity_ids: Iterable[int]) -> dict[tuple[int, int], dict[int, Word | None]]:
    query = sa.select(Verdict.activity_id, Verdict.person_id, Verdict.expectation_id, Verdict.word).where(
        Verdict.activity_id.in_(list(activity_ids)), Verdict.superseded_at.is_(None)
    )
    words: dict[tuple[int, int], dict[int, Word | None]] = {}
    for activity_id, person_id, expectation_id, word in db.session.execute(query):
        words.setdefault((activity_id, person_id), {})[expectation_id] = word
    return words
