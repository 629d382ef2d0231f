"""What an account brought, erased again."""

import sqlalchemy as sa

from advocacy.models import works
from advocacy.models.accounts import Account
from advocacy.models.activities import ActivityPerson, ActivityRow, PassedOver, Provenance, Quarantined
from advocacy.models.base import db
from advocacy.models.evidence import Evidence, Verdict

_IN_BULK = {"synchronize_session": False}


def erase(account: Account) -> None:
    """Drop what the account brought and no other account of the person did; whole activities when nobody's are left."""
    brought = sa.select(Provenance.activity_id).where(Provenance.account_id == account.id)
    also = sa.orm.aliased(Provenance)
    other = sa.orm.aliased(Account)
    again = (
        sa.select(also.activity_id)
        .join(other, other.id == also.account_id)
        .where(other.person_id == account.person_id, also.account_id != account.id)
    )
    with works.without(brought, account.person_id):
        for table in (Evidence, Verdict, ActivityPerson):
            mine = sa.and_(table.person_id == account.person_id, table.activity_id.in_(brought))
            gone = sa.delete(table).where(mine, table.activity_id.not_in(again))
            db.session.execute(gone, execution_options=_IN_BULK)
        owned = sa.select(ActivityPerson.activity_id).where(ActivityPerson.activity_id == ActivityRow.id)
        orphans = sa.delete(ActivityRow).where(ActivityRow.id.in_(brought), ~owned.exists())
        db.session.execute(orphans, execution_options=_IN_BULK)
    db.session.execute(sa.delete(Provenance).where(Provenance.account_id == account.id))
    db.session.execute(sa.delete(PassedOver).where(PassedOver.account_id == account.id))
    if account.subscription and all(a is account or a.refused_at for a in account.subscription.accounts):
        mine = Quarantined.subscription_id == account.subscription_id
        db.session.execute(sa.delete(Quarantined).where(mine))
