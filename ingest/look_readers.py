"""Through whom items are ours that are looked at again: the accounts that brought them, as far as they are read."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from advocacy.domain.activity import Activity
from advocacy.models.accounts import Account
from advocacy.models.activities import Provenance
from advocacy.models.base import db
from advocacy.models.fact import Owner
from advocacy.models.people import Person
from ingest.look_claims import Held
from ingest.prepare import Reader
from ingest.selection import wanted


@dataclass(frozen=True, slots=True)
class Again(Reader):
    """An account, as the reader of what it brought before and of nothing else."""

    refs: frozenset[str] = frozenset()

    def _is_its(self, activity: Activity) -> bool:
        return activity.ref in self.refs and Reader._is_its(self, activity)


def readers(held: Held, *, lock: bool = False) -> list[Again]:
    """For whom these items are read: accounts that are `wanted` today, each for what it brought.

    Of an account that is paused nothing is read; that its items were deleted is followed all the same. `lock` keeps it
    so until the transaction ends.
    """
    ways = sa.select(Provenance.account_id).where(Provenance.activity_id.in_(held.ids.values()))
    query = (
        sa.select(Account.id, Account.person_id, Person.zone, Account.author, Account.start_on, Account.ignore_words)
        .join(Person, Person.id == Account.person_id)
        .where(Account.id.in_(ways), wanted())
        .order_by(Account.id)
    )
    if lock:
        query = query.with_for_update(read=True, of=Account)
    accounts = db.session.execute(query).all()
    refs = _refs(held, [row.id for row in accounts])
    return [
        Again(Owner(key, person_id, zone), author, start_on, tuple(ignore), frozenset(refs[key]))
        for key, person_id, zone, author, start_on, ignore in accounts
    ]


def _refs(held: Held, account_ids: Collection[int]) -> dict[int, set[str]]:
    way, names = Provenance, {number: ref for ref, number in held.ids.items()}
    here = way.account_id.in_(account_ids), way.activity_id.in_(names)
    found: dict[int, set[str]] = {account_id: set() for account_id in account_ids}
    for account_id, activity_id in db.session.execute(sa.select(way.account_id, way.activity_id).where(*here)):
        found[account_id].add(names[activity_id])
    return found
