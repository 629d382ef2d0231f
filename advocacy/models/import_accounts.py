"""By which account of a person an archive comes: one they have, or one that the archive itself makes."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from advocacy.domain.activity import Platform
from advocacy.models import audit
from advocacy.models.accounts import Account
from advocacy.models.base import Missing, db
from advocacy.models.connect import BadHandle
from advocacy.models.people import Person


def find(person_id: int, platform: Platform, handle: str) -> Account | None:
    """The account of that handle, or without one the only one there is; None when it is still to be made.

    Raises BadHandle when there are several to choose from, or the person refused it.
    """
    there = _accounts(person_id, platform)
    named = [one for one in there if one.handle.casefold() == _bare(handle).casefold()] if handle else there
    if len(named) > 1:
        handles = ", ".join(one.handle for one in named)
        raise BadHandle(f"there are several accounts on {platform}: {handles}. Say which with --account")
    if named and named[0].refused_at:
        raise BadHandle(f"{named[0].handle} was refused by its person: nothing is taken in by it")
    return named[0] if named else None


def make(
    person_id: int, platform: Platform, handle: str, *, by: int | None, now: datetime, agreed: bool = False
) -> Account:
    """An account that nothing is polled for: what comes by it can be forgotten as a whole."""
    account = Account(
        person_id=person_id,
        platform=platform,
        handle=_bare(handle)[:200] or platform.value,
        author="",
        added_by_id=by,
        created_at=now,
        accepted_at=now if agreed or by == person_id else None,
    )
    db.session.add(account)
    db.session.flush()
    audit.record("account.added", now, actor=by, about=person_id, platform=platform, handle=account.handle)
    return account


def hold(account_id: int) -> Account:
    """The account, locked: nobody leaves or forgets between our reading and our writing. Raises Missing when gone."""
    query = (
        sa.select(Account)
        .join(Person, Person.id == Account.person_id)
        .where(Account.id == account_id, Account.refused_at.is_(None), Person.disabled_at.is_(None))
        .with_for_update(of=Account)
    )
    account = db.session.scalar(query)
    if account is None:
        raise Missing("the account was forgotten, refused or shut out meanwhile: nothing more is taken in")
    return account


def _accounts(person_id: int, platform: Platform) -> Sequence[Account]:
    mine = sa.select(Account).where(Account.person_id == person_id, Account.platform == platform)
    return db.session.scalars(mine.order_by(Account.id)).all()


def _bare(handle: str) -> str:
    handle = "".join(c for c in handle.strip() if c.isprintable())
    return handle.removeprefix("@").removeprefix("u/")
