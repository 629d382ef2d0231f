"""For whom a page is made: its owner, or somebody who sees of it what the owner confirmed and released."""

from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from advocacy.models import leadership
from advocacy.models.activities import ActivityPerson
from advocacy.models.evidence import Evidence
from advocacy.models.generations import LIVE
from advocacy.models.people import Person
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


def seen_by(audience: Audience, seen: Any = Evidence) -> sa.ColumnElement[bool]:
    """The evidence that the audience may see: all for its owner, for others what is confirmed and released."""
    if audience is Audience.OWNER:
        return sa.true()
    return sa.and_(seen.verdict == Word.CONFIRMED, seen.visibility.in_(SEES[audience]))


def shown_to(audience: Audience, theirs: Any = ActivityPerson) -> sa.Exists:
    """Whether an item of a person may be seen: some evidence of it may. For the `where` of a query on `theirs`."""
    seen = aliased(Evidence)
    return sa.exists().where(
        seen.activity_id == theirs.activity_id,
        seen.person_id == theirs.person_id,
        seen.generation_id == LIVE.scalar_subquery(),
        seen_by(audience, seen),
    )


def of(viewer: Person, person_id: int, day: date) -> Audience:
    """As whom somebody looks at a person's things that day."""
    if viewer.id == person_id:
        return Audience.OWNER
    if leadership.leads(viewer.id, person_id, day):
        return Audience.LEAD
    return Audience.MARKETING if viewer.can(Capability.MARKETING) else Audience.EVERYBODY
