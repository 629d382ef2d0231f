"""Who may be named beside oneself: colleagues by name or address."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from advocacy.models.base import Missing, db
from advocacy.models.people import Membership, Person

MOST = 50


def near(person_id: int, today: date) -> Sequence[str]:
    """The names of those in one's teams today, at most fifty: to be offered while one types."""
    one, other = Membership, sa.orm.aliased(Membership)
    teams = sa.select(one.team_id).where(one.person_id == person_id, _on(one, today))
    mates = sa.select(other.person_id).where(other.team_id.in_(teams), other.person_id != person_id, _on(other, today))
    here = Person.id.in_(mates), Person.disabled_at.is_(None)
    return db.session.scalars(sa.select(Person.name).where(*here).order_by(Person.name).limit(MOST)).all()


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


def _on(one: type[Membership], today: date) -> sa.ColumnElement[bool]:
    return sa.and_(one.since <= today, sa.or_(one.until.is_(None), one.until >= today))
