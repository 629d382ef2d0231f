"""Who may be named beside oneself: colleagues by name or address."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from advocacy.models import leadership, roster
from advocacy.models.base import Missing, db
from advocacy.models.people import Person

MOST = 50


def near(person_id: int, today: date) -> list[str]:
    """The names of those in one's teams today, at most fifty: to be offered while one types."""
    return [one.name for one in people_near(person_id, today)]


def people_near(person_id: int, today: date) -> Sequence[Person]:
    """Those in one's teams today, by name, at most fifty."""
    return roster.people(leadership.colleagues(person_id, today))[:MOST]


def named(words: str, person_id: int) -> Person:
    """The one colleague of that address or name; raise Missing in words that say how to name them."""
    said = words.strip().lower()
    match = sa.or_(Person.email == said, sa.func.lower(Person.name) == said)
    here = match, Person.disabled_at.is_(None), Person.id != person_id
    found = db.session.scalars(sa.select(Person).where(*here).limit(2)).all()
    if len(found) > 1:
        raise Missing("Several people have this name: give the e-mail address.")
    if not found:
        raise Missing("Nobody here has this name: give it in full, or the e-mail address.")
    return found[0]
