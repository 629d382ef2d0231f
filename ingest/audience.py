"""For whom an address is read: accounts that want it, and from which day on."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from advocacy.models.accounts import Account
from advocacy.models.base import db
from advocacy.models.fact import Owner
from advocacy.models.people import Person
from ingest.prepare import Reader
from ingest.selection import wanted


def readers(subscription_id: int, *, lock: bool = False) -> list[Reader]:
    """For whom an address is read: accounts that are `wanted` (one that an operator added may be refused).

    `lock` keeps it so until the transaction ends: nobody can leave between our reading and our writing.
    """
    query = (
        sa.select(Account.id, Account.person_id, Person.zone, Account.author, Account.start_on, Account.ignore_words)
        .join(Person, Person.id == Account.person_id)
        .where(Account.subscription_id == subscription_id, wanted())
        .order_by(Account.id)
    )
    if lock:
        query = query.with_for_update(read=True, of=Account)
    return [
        Reader(Owner(account_id, person_id, zone), author, start_on, tuple(ignore))
        for account_id, person_id, zone, author, start_on, ignore in db.session.execute(query)
    ]


def since(subscription_ids: Collection[int]) -> dict[int, date]:
    """From which day of UTC on anybody wants something of these addresses; not of those somebody wants all of."""
    query = (
        sa.select(Account.subscription_id, Account.start_on, Person.zone)
        .join(Person, Person.id == Account.person_id)
        .where(Account.subscription_id.in_(subscription_ids), wanted())
    )
    days: dict[int | None, list[date]] = {}
    for key, start_on, zone in db.session.execute(query):
        days.setdefault(key, []).append(_first_of(start_on, zone) if start_on else date.min)
    return {key: min(wished) for key, wished in days.items() if key and min(wished) > date.min}


def _first_of(day: date, zone: str) -> date:
    """The day of UTC in which a person's day begins: east of Greenwich it is the one before."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC).date()
