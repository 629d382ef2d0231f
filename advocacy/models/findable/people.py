"""Who can be found: people who let marketing find them, and what they tell it of themselves."""

from collections.abc import Collection

import sqlalchemy as sa

from advocacy.domain.finding.wish import Candidate
from advocacy.domain.profile import BLOCKS, Told
from advocacy.models.audience import SEES, Audience
from advocacy.models.base import Row, db
from advocacy.models.findable.tables import FindableStale
from advocacy.models.people import Person
from advocacy.models.profile import Profile
from advocacy.models.words import Visibility

VISIBLE = [one.value for one in SEES[Audience.MARKETING]]


def can_be_found(person: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Who lets marketing find them and was not shut out; whose rows are stale cannot be, until they are made anew."""
    listed = sa.exists().where(Profile.person_id == person, Profile.listed)
    gone = sa.select(Person.id).where(Person.disabled_at.is_not(None))
    return sa.and_(listed, person.not_in(gone), person.not_in(sa.select(FindableStale.person_id)))


def candidates(person_ids: Collection[int]) -> dict[int, Candidate]:
    """What these people tell marketing."""
    one = Profile
    query = sa.select(one.person_id, one.told, one.seen_by, Person.zone).join(Person, Person.id == one.person_id)
    rows = db.session.execute(query.where(one.person_id.in_(person_ids))) if person_ids else ()
    return {row.person_id: _candidate(row) for row in rows}


def residences() -> list[str]:
    """Where people who can be found say that they live, each once, by the alphabet."""
    seen = Profile.seen_by["place"].as_string()
    place = Profile.told["residence"].as_string()
    query = sa.select(place).join(Person, Person.id == Profile.person_id)
    here = Profile.listed, Person.disabled_at.is_(None), seen.in_(VISIBLE), place != ""
    return sorted(db.session.scalars(query.where(*here).distinct()))


def _candidate(row: Row) -> Candidate:
    blocks = [block for block in BLOCKS if row.seen_by.get(block, Visibility.PRIVATE) in VISIBLE]
    return Candidate(Told.of(row.told).only(blocks), row.zone if "place" in blocks else "")
