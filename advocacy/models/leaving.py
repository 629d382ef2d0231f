"""People who leave for a time: shut out, and let in again. Nothing is erased."""

from datetime import datetime

import sqlalchemy as sa

from advocacy.models import audit, connect, invitations, jobs, logins
from advocacy.models.accounts import Account
from advocacy.models.base import db
from advocacy.models.people import Person


def disable(person: Person, now: datetime, *, by: int | None = None) -> bool:
    """Shut somebody out at once: no login, no link, nothing read for them; nothing is erased. False: it was so."""
    if person.disabled_at:
        return False
    hold(person.id)
    person.disabled_at = now
    logins.end_all(person.id, now)
    invitations.withdraw(person.id, now)
    jobs.drop(person.id)
    audit.record("person.disabled", now, actor=by, about=person.id)
    return True


def enable(person: Person, now: datetime, *, by: int | None = None) -> bool:
    """Let somebody in again, by a login of today; what was published meanwhile is read. False: they were in."""
    if not person.disabled_at:
        return False
    person.disabled_at = None
    logins.end_all(person.id, now)
    for account in db.session.scalars(sa.select(Account).where(Account.person_id == person.id)):
        if account.refused_at is None and account.paused_at is None:
            connect.wake(account.subscription_id, now)
    audit.record("person.enabled", now, actor=by, about=person.id)
    return True


def hold(person_id: int) -> list[Account]:
    """The person's accounts, locked: a pull that is under way writes for them before us, or not any more."""
    return list(db.session.scalars(sa.select(Account).where(Account.person_id == person_id).with_for_update()))
