"""A team's people on their role pages, by what they confirmed and released: one question of each table for all."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from advocacy.domain.days import Span
from advocacy.domain.measure import Tally
from advocacy.domain.period import Period
from advocacy.domain.progress import Standing, of_released
from advocacy.domain.team import Cell, Member
from advocacy.models import roster, tallies
from advocacy.models.activities import ActivityRow
from advocacy.models.audience import Audience, seen_by
from advocacy.models.base import Row, db
from advocacy.models.board import active_days, line, sentences_of
from advocacy.models.evidence import Evidence
from advocacy.models.generations import LIVE
from advocacy.models.ladders import RolePageRow
from advocacy.models.roster import Held
from advocacy.models.tallies import Tallies
from advocacy.rules import Rules


def members(
    names: Mapping[int, str], period: Period, today: date, rules: Rules, audience: Audience = Audience.LEAD
) -> list[Member]:
    """These people in the order given; who holds no role has no cells."""
    held, away = roster.roles_of(names), roster.away_of(names)
    roles = {one: role for one in names if (role := _role(held.get(one, ()), period, today))}
    pages = {role.page_id for role in roles.values()}
    sentences, titles = _by_page(pages), _titles(pages)
    found = tallies.of(list(names), (period.window_widest(), period.end), audience)
    named = _topics(list(names), (period.start, period.end), audience)
    made = []
    for one, name in names.items():
        cells: dict[str, Cell] = {}
        if one in roles:
            page = roles[one].page_id
            me = Standing(today=today, active=active_days(held[one], roles[one], away.get(one, ())), coverage={})
            cells = _cells(sentences[page], found.get(one, {}), period, me, rules)
        made.append(Member(one, name, titles[roles[one].page_id] if one in roles else "", cells, named.get(one, {})))
    return made


def _role(held: Sequence[Held], period: Period, today: date) -> Held | None:
    return roster.role_on(held, min(period.end, max(today, period.start))) or (held[-1] if held else None)


def _cells(sentences: Iterable[Row], theirs: Tallies, period: Period, me: Standing, rules: Rules) -> dict[str, Cell]:
    """One cell a rule: of several sentences of one rule the first speaks for it."""
    cells: dict[str, Cell] = {}
    for sentence in sentences:
        if sentence.rule in rules.rulebook.rules and sentence.rule not in cells:
            said: Sequence[Tally] = theirs.get(sentence.id, ())
            one = of_released(line(sentence, said, period, me, rules).progress)
            cells[sentence.rule] = Cell(sentence.id, one.counted, one.state)
    return cells


def _by_page(page_ids: Iterable[int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {page_id: [] for page_id in page_ids}
    for row in sentences_of(found):
        found[row.page_id].append(row)
    return found


def _titles(page_ids: Iterable[int]) -> dict[int, str]:
    query = sa.select(RolePageRow.id, RolePageRow.title).where(RolePageRow.id.in_(list(page_ids)))
    return {row[0]: row[1] for row in db.session.execute(query)}


def _topics(person_ids: Sequence[int], days: Span, audience: Audience) -> dict[int, dict[str, int]]:
    """How many works each person has on a topic; the topics of a work are those of its items."""
    seen = Evidence
    query = (
        sa.select(seen.person_id, seen.work_id, seen.activity_id)
        .where(seen.person_id.in_(person_ids), seen.generation_id == LIVE.scalar_subquery())
        .where(seen.day.between(*days), seen_by(audience))
        .distinct()
        .subquery()
    )
    rows = db.session.execute(
        sa.select(query.c.person_id, query.c.work_id, ActivityRow.tags).join(
            query, query.c.activity_id == ActivityRow.id
        )
    )
    works: dict[int, dict[str, set[int]]] = {}
    for person_id, work_id, tags in rows:
        for topic in tags.get("topics", ()):
            works.setdefault(person_id, {}).setdefault(topic, set()).add(work_id)
    return {one: {topic: len(some) for topic, some in by_topic.items()} for one, by_topic in works.items()}
