"""What an account brought, erased again."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from advocacy.domain.ignoring import holds
from advocacy.models import works
from advocacy.models.accounts import Account
from advocacy.models.activities import ActivityPerson, ActivityRow, PassedOver, Provenance, Quarantined
from advocacy.models.base import db
from advocacy.models.evidence import Evidence, Verdict
from advocacy.models.snoozes import Snooze
from advocacy.models.stood import ConfirmedText
from advocacy.models.words import Word

AT_ONCE = 500  #: activities in one statement
_IN_BULK = {"synchronize_session": False}


def erase(account: Account) -> None:
    """Drop what the account brought and no other account of the person did; whole activities when nobody's are left."""
    _take_away(account, sa.select(Provenance.activity_id).where(Provenance.account_id == account.id))
    db.session.execute(sa.delete(PassedOver).where(PassedOver.account_id == account.id))
    if account.subscription and all(a is account or a.refused_at for a in account.subscription.accounts):
        mine = Quarantined.subscription_id == account.subscription_id
        db.session.execute(sa.delete(Quarantined).where(mine))


def erase_what_says(account: Account, words: Sequence[str]) -> int:
    """Drop what the account brought and says one of these words, unless its person confirmed it; how many."""
    said = Verdict.person_id == account.person_id, Verdict.word == Word.CONFIRMED, Verdict.superseded_at.is_(None)
    confirmed = sa.select(Verdict.activity_id).where(*said)
    brought = sa.select(Provenance.activity_id).where(Provenance.account_id == account.id)
    one = ActivityRow
    query = sa.select(one.id, one.title, one.text, one.channel).where(one.id.in_(brought), one.id.not_in(confirmed))
    rows = db.session.execute(query.execution_options(yield_per=AT_ONCE))
    found = [key for key, *texts in rows if holds("\n".join(texts), words)]
    for first in range(0, len(found), AT_ONCE):
        some = found[first : first + AT_ONCE]
        _take_away(account, sa.select(one.id).where(one.id.in_(some)))
    return len(found)


def _take_away(account: Account, brought: sa.Select[Any]) -> None:
    """Take these activities away from the account, and from its person where no other account of theirs has them."""
    also = sa.orm.aliased(Provenance)
    other = sa.orm.aliased(Account)
    again = (
        sa.select(also.activity_id)
        .join(other, other.id == also.account_id)
        .where(other.person_id == account.person_id, also.account_id != account.id)
    )
    said = sa.select(ActivityPerson.activity_id).where(
        ActivityPerson.person_id == account.person_id, ActivityPerson.by_hand
    )
    with works.without(brought, account.person_id):
        for table in (Evidence, Verdict, ConfirmedText, Snooze, ActivityPerson):
            mine = sa.and_(table.person_id == account.person_id, table.activity_id.in_(brought))
            gone = sa.delete(table).where(mine, table.activity_id.not_in(again), table.activity_id.not_in(said))
            db.session.execute(gone, execution_options=_IN_BULK)
        owned = sa.select(ActivityPerson.activity_id).where(ActivityPerson.activity_id == ActivityRow.id)
        orphans = sa.delete(ActivityRow).where(ActivityRow.id.in_(brought), ~owned.exists())
        db.session.execute(orphans, execution_options=_IN_BULK)
    mine = sa.and_(Provenance.account_id == account.id, Provenance.activity_id.in_(brought))
    db.session.execute(sa.delete(Provenance).where(mine), execution_options=_IN_BULK)
