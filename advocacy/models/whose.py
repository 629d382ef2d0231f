"""People who are here, found by what a file says of somebody."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from advocacy.domain.activity import Platform
from advocacy.models.accounts import Account
from advocacy.models.base import db
from advocacy.models.people import Person


def by_mail(mails: Collection[str]) -> Sequence[Person]:
    """Who has one of these addresses."""
    return _here(Person.email.in_([one.lower() for one in mails])) if mails else ()


def by_handle(handles: Collection[tuple[Platform, str]]) -> Sequence[Person]:
    """Who has connected one of these handles on its platform, and agreed to it."""
    one = Account
    mine = [sa.and_(one.platform == on, sa.func.lower(one.handle) == handle.lower()) for on, handle in handles]
    agreed = one.refused_at.is_(None), one.accepted_at.is_not(None)
    return _here(Person.id.in_(sa.select(one.person_id).where(sa.or_(*mine), *agreed))) if mine else ()


def by_name(name: str) -> Sequence[Person]:
    """Who is called so, however it is spelled in capitals and blanks."""
    sought = " ".join(name.split()).casefold()
    found = [one for one in _here(sa.true()) if " ".join(one.name.split()).casefold() == sought]
    return found if sought else ()


def _here(where: sa.ColumnElement[bool]) -> Sequence[Person]:
    return db.session.scalars(sa.select(Person).where(where, Person.disabled_at.is_(None)).order_by(Person.id)).all()
