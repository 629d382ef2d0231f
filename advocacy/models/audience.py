"""For whom a page is made: its owner, or somebody who sees of it what the owner confirmed and released."""

from datetime import date
from enum import StrEnum

import sqlalchemy as sa

from advocacy.models import roster
from advocacy.models.base import db
from advocacy.models.evidence import Evidence
from advocacy.models.people import Membership, Person
from advocacy.models.words import Capability, Visibility, Word


class Audience(StrEnum):
    """Who looks."""

    OWNER = "owner"
    LEAD = "lead"
    MARKETING = "marketing"
    EVERYBODY = "everybody"


SEES: dict[Audience, tuple[Visibility, ...]] = {
    Audience.OWNER: tuple(Visibility),
    Audience.LEAD: (Visibility.LEAD, Visibility.MARKETING, Visibility.PUBLIC),
    Audience.MARKETING: (Visibility.MARKETING, Visibility.PUBLIC),
    Audience.EVERYBODY: (Visibility.PUBLIC,),
}
"""What each may see: who releases to marketing releases to the own lead, too."""


def seen_by(audience: Audience) -> sa.ColumnElement[bool]:
    """The evidence that the audience may see: all for its owner, for others what is confirmed and released."""
    if audience is Audience.OWNER:
        return sa.true()
    return sa.and_(Evidence.verdict == Word.CONFIRMED, Evidence.visibility.in_(SEES[audience]))


def of(viewer: Person, person_id: int, day: date) -> Audience:
    """As whom somebody looks at a person's things that day."""
    if viewer.id == person_id:
        return Audience.OWNER
    if leads(viewer.id, person_id, day):
        return Audience.LEAD
    return Audience.MARKETING if viewer.can(Capability.MARKETING) else Audience.EVERYBODY


def leads(viewer_id: int, person_id: int, day: date) -> bool:
    """Whether somebody leads a team that the person belongs to that day."""
    lead, member = sa.orm.aliased(Membership), sa.orm.aliased(Membership)
    query = (
        sa.select(member.id)
        .join(lead, lead.team_id == member.team_id)
        .where(lead.person_id == viewer_id, lead.leads, _open(lead, day))
        .where(member.person_id == person_id, _open(member, day))
        .limit(1)
    )
    return viewer_id != person_id and db.session.scalar(query) is not None


def led_by(viewer_id: int, day: date) -> dict[int, str]:
    """The people whom somebody leads that day, by their numbers, in the order of their names."""
    lead, member = sa.orm.aliased(Membership), sa.orm.aliased(Membership)
    query = (
        sa.select(member.person_id)
        .join(lead, lead.team_id == member.team_id)
        .where(lead.person_id == viewer_id, lead.leads, _open(lead, day))
        .where(member.person_id != viewer_id, _open(member, day))
    )
    return roster.names_of(db.session.scalars(query), here=True)


def leads_of(person_id: int, day: date) -> list[str]:
    """The names of those who lead the person that day."""
    lead, member = sa.orm.aliased(Membership), sa.orm.aliased(Membership)
    query = (
        sa.select(lead.person_id)
        .join(member, member.team_id == lead.team_id)
        .where(lead.leads, _open(lead, day), member.person_id == person_id, _open(member, day))
        .where(lead.person_id != person_id)
    )
    return list(roster.names_of(db.session.scalars(query), here=True).values())


def _open(one: type[Membership], day: date) -> sa.ColumnElement[bool]:
    return sa.and_(one.since <= day, sa.or_(one.until.is_(None), one.until >= day))
