"""Who leads whom, by the day: a lead of yesterday may not look today."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from advocacy.models import roster
from advocacy.models.base import db
from advocacy.models.people import Membership, Team


def leads(lead_id: int, person_id: int, day: date) -> bool:
    """Whether the one leads a team that the other belongs to that day; nobody leads themselves."""
    lead, member = aliased(Membership), aliased(Membership)
    query = (
        sa.select(member.id)
        .join(lead, lead.team_id == member.team_id)
        .where(lead.person_id == lead_id, lead.leads, member.person_id == person_id)
        .where(_on(lead, day), _on(member, day))
    )
    return lead_id != person_id and db.session.execute(query.limit(1)).first() is not None


def colleagues(person_id: int, day: date) -> list[int]:
    """Who is in a team with the person that day, whatever anybody's place in it; never the person."""
    mine, theirs = aliased(Membership), aliased(Membership)
    query = (
        sa.select(theirs.person_id)
        .join(mine, mine.team_id == theirs.team_id)
        .where(mine.person_id == person_id, theirs.person_id != person_id, _on(mine, day), _on(theirs, day))
        .distinct()
    )
    return sorted(db.session.scalars(query))


def led_by(lead_id: int, day: date, team_id: int | None = None) -> dict[int, str]:
    """The people whom somebody leads that day, by their numbers, in the order of their names; never the lead.

    With a team it is only its people, as far as the lead leads it.
    """
    return roster.names_of(db.session.scalars(led(lead_id, day, team_id)), here=True)


def led(lead_id: int, day: date, team_id: int | None = None) -> sa.Select[Any]:
    """The same as a question, for the `where` of another one."""
    lead, member = aliased(Membership), aliased(Membership)
    return (
        sa.select(member.person_id)
        .join(lead, lead.team_id == member.team_id)
        .where(lead.person_id == lead_id, lead.leads, member.person_id != lead_id)
        .where(lead.team_id == team_id if team_id else sa.true())
        .where(_on(lead, day), _on(member, day))
    )


def leads_of(person_id: int, day: date) -> list[str]:
    """The names of those who lead the person that day."""
    lead, member = aliased(Membership), aliased(Membership)
    query = (
        sa.select(lead.person_id)
        .join(member, member.team_id == lead.team_id)
        .where(lead.leads, member.person_id == person_id, lead.person_id != person_id)
        .where(_on(lead, day), _on(member, day))
    )
    return list(roster.names_of(db.session.scalars(query), here=True).values())


def _on(one: type[Membership], day: date) -> sa.ColumnElement[bool]:
    return sa.and_(one.since <= day, sa.or_(one.until.is_(None), one.until >= day))


def teams_led(lead_id: int, day: date) -> dict[int, str]:
    """The teams that somebody leads that day, by number, in the order of their names."""
    lead = aliased(Membership)
    query = sa.select(Team.id, Team.name).join(lead, lead.team_id == Team.id).where(lead.person_id == lead_id)
    rows = db.session.execute(query.where(lead.leads, _on(lead, day)).order_by(Team.name, Team.id))
    return {row[0]: row[1] for row in rows}


def teams_of(person_id: int, day: date) -> dict[int, str]:
    """The teams that somebody belongs to that day without leading them, by number."""
    one = aliased(Membership)
    query = sa.select(Team.id, Team.name).join(one, one.team_id == Team.id).where(one.person_id == person_id)
    rows = db.session.execute(query.where(~one.leads, _on(one, day)).order_by(Team.name, Team.id))
    return {row[0]: row[1] for row in rows}


def members(team_id: int, day: date) -> dict[int, str]:
    """Who belongs to a team that day without leading it, in the order of their names."""
    one = aliased(Membership)
    query = sa.select(one.person_id).where(one.team_id == team_id, ~one.leads, _on(one, day))
    return roster.names_of(db.session.scalars(query), here=True)
