"""What could not be read or stored: kept raw until it came well."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from advocacy.domain.normal import ref_hash
from advocacy.models import bulk
from advocacy.models.accounts import Subscription
from advocacy.models.activities import ActivityRow, PassedOver, Quarantined
from advocacy.models.base import Row, db
from ingest.raw import LIMIT
from ingest.source import Unreadable, told

MOST = 200
"""Items kept of one address, the newest: a feed that makes up bad ones at every visit must not fill the disk."""

_ITEM, _FORM = ("subscription_id", "ref_hash"), ("reason", "raw", "seen_at")


def keep(subscription_id: int, items: Sequence[Unreadable], now: datetime) -> None:
    """Keep what could not be read or stored, once for each item; one that is the same as before is not touched."""
    if not items:
        return
    raws = {_hash(item): (item, item.raw.encode("utf-8", "replace")[:LIMIT]) for item in items}
    mine = Quarantined.subscription_id == subscription_id
    query = sa.select(Quarantined.ref_hash, Quarantined.raw).where(mine, Quarantined.ref_hash.in_(raws))
    there = {row.ref_hash: row.raw for row in db.session.execute(query)}
    rows = [
        (subscription_id, key, told(item.reason), raw, now)
        for key, (item, raw) in raws.items()
        if there.get(key) != raw
    ]
    if rows:
        bulk.upsert(Quarantined, (*_ITEM, *_FORM), rows, _ITEM, _FORM)
        newest = sa.select(Quarantined.id).where(mine).order_by(Quarantined.seen_at.desc(), Quarantined.id.desc())
        db.session.execute(sa.delete(Quarantined).where(mine, Quarantined.id.not_in(newest.limit(MOST))))


def waiting() -> list[Row]:
    """What waits: (id, subscription_id, address, reason, raw, seen_at), by address; what came well since does not."""
    one = Quarantined
    query = (
        sa.select(one.id, one.subscription_id, Subscription.address, one.reason, one.raw, one.seen_at)
        .join(Subscription, Subscription.id == one.subscription_id)
        .where(~_came_well())
        .order_by(Subscription.address, one.subscription_id, one.id)
    )
    return list(db.session.execute(query))


def sweep_out() -> None:
    """Drop what came well since."""
    db.session.execute(sa.delete(Quarantined).where(_came_well()), execution_options={"synchronize_session": False})


def _hash(item: Unreadable) -> bytes:
    """By its ref; what has none is told apart by its raw form."""
    return ref_hash((item.ref.strip("\x00 ") or item.raw).encode("utf-8", "replace").decode())


def _came_well() -> sa.ColumnElement[bool]:
    """Whether the item was stored, or passed over, at a later visit."""
    one, over = ActivityRow, PassedOver
    stored = sa.select(one.id).where(one.ref_hash == Quarantined.ref_hash, one.changed_at >= Quarantined.seen_at)
    passed = sa.select(over.ref_hash).where(over.ref_hash == Quarantined.ref_hash)
    return sa.or_(stored.exists(), passed.exists())
