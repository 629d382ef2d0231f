"""Teams that somebody does not lead, as wholes: how many of their people released something, never who."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from advocacy.domain.days import Span
from advocacy.domain.team import at_least_five
from advocacy.models import leadership
from advocacy.models.audience import Audience, seen_by
from advocacy.models.base import db
from advocacy.models.evidence import Evidence
from advocacy.models.generations import LIVE
from advocacy.models.people import Membership, Person, Team


@dataclass(frozen=True, slots=True)
class OtherTeam:
    """One team; `counts` by rule, None where fewer than five did; None as a whole for fewer than five people."""

    name: str
    people: int
    counts: dict[str, int | None] | None


def of(lead_id: int, days: Span, today: date) -> list[OtherTeam]:
    """All teams but those that the lead leads, by name."""
    mine = leadership.teams_led(lead_id, today)
    sizes = db.session.execute(_sizes(today).where(Team.id.not_in(mine))).all()
    counts: dict[int, dict[str, int]] = {}
    for team_id, rule, people in db.session.execute(_released(days, today).where(Membership.team_id.not_in(mine))):
        counts.setdefault(team_id, {})[rule] = people
    return [OtherTeam(name, people, at_least_five(counts.get(one, {}), people)) for one, name, people in sizes]


def _there(today: date) -> sa.ColumnElement[bool]:
    """Who belongs to a team that day; those who lead it are not counted with its people."""
    one = Membership
    return sa.and_(one.since <= today, sa.or_(one.until.is_(None), one.until >= today), ~one.leads)


def _sizes(today: date) -> sa.Select[Any]:
    one = Membership
    return (
        sa.select(Team.id, Team.name)
        .add_columns(sa.func.count(sa.distinct(one.person_id)))
        .join(one, one.team_id == Team.id)
        .join(Person, Person.id == one.person_id)
        .where(_there(today), Person.disabled_at.is_(None))
        .group_by(Team.id, Team.name)
        .order_by(Team.name, Team.id)
    )


def _released(days: Span, today: date) -> sa.Select[Any]:
    one, seen = Membership, Evidence
    return (
        sa.select(one.team_id, seen.rule)
        .add_columns(sa.func.count(sa.distinct(seen.person_id)))
        .join(one, one.person_id == seen.person_id)
        .where(_there(today), seen.generation_id == LIVE.scalar_subquery(), seen.day.between(*days))
        .where(seen_by(Audience.LEAD), seen.rule.is_not(None))
        .group_by(one.team_id, seen.rule)
    )
