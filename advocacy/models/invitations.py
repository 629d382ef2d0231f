"""Set-up links: an invited person sets a password with one, once, within half an hour."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

import sqlalchemy as sa

from advocacy.models import logins
from advocacy.models.audit import record
from advocacy.models.base import Missing, db
from advocacy.models.logins import Invitation
from advocacy.models.people import Person

VALID = timedelta(minutes=30)


def invite(person_id: int, now: datetime, *, by: int | None = None) -> str:
    """The token of a new link, which is stored nowhere; earlier links of the person stop working."""
    withdraw(person_id, now)
    token = token_urlsafe(32)
    db.session.add(Invitation(token_hash=logins.hashed(token), person_id=person_id, expires_at=now + VALID))
    record("person.invited", now, actor=by, about=person_id)
    return token


def withdraw(person_id: int, now: datetime) -> None:
    """Let the person's links open nothing any more."""
    open_ones = sa.update(Invitation).where(Invitation.person_id == person_id, Invitation.used_at.is_(None))
    db.session.execute(open_ones.values(used_at=now))


def invited(token: str, now: datetime) -> Person:
    """Whom a link is for; raise Missing when it was used, ran out or never was."""
    query = (
        sa.select(Person)
        .join(Invitation, Invitation.person_id == Person.id)
        .where(_usable(token, now), Person.disabled_at.is_(None))
    )
    person = db.session.scalar(query)
    if person is None:
        raise Missing("this set-up link was used already, or is older than half an hour; ask for a new one")
    return person


def accept(token: str, password_hash: str, now: datetime) -> Person:
    """Set the password, use the link up and sign every browser out; raise Missing as `invited` does."""
    person = invited(token, now)
    used = sa.update(Invitation).where(_usable(token, now)).values(used_at=now).returning(Invitation.person_id)
    if db.session.scalar(used) is None:
        raise Missing("this set-up link was used a moment ago")
    person.password_hash = password_hash
    logins.end_all(person.id, now)
    record("person.password_set", now, actor=person.id, about=person.id)
    return person


def _usable(token: str, now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(
        Invitation.token_hash == logins.hashed(token), Invitation.used_at.is_(None), Invitation.expires_at > now
    )
