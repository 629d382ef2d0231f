"""Activities that are gone where they came from: a tombstone for ever, or only without their text for now."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from advocacy.domain.normal import ref_hash
from advocacy.models import stood
from advocacy.models.accounts import Account
from advocacy.models.activities import ActivityLink, ActivityRow, PassedOver, Provenance, Quarantined
from advocacy.models.base import db

_IN_BULK = {"synchronize_session": False}
_NO_TAGS: dict[str, Any] = {"topics": [], "personas": [], "components": []}
AT_ONCE = 500  #: refs in one statement


def bury(refs: Collection[str], now: datetime, *, for_good: bool = True) -> int:
    """Follow a deletion in all that is stored of these refs; of how many a text went that was there.

    For good, a tombstone is left: ref, link, platform, kind, time, channel and numbers, and what people said of it; no
    later page or archive brings the rest back. Not for good (hidden, withheld, suspended), text and title are dropped,
    and whatever shows the item again restores them. Raw forms in quarantine go either way.
    """
    hashes = sorted(map(ref_hash, set(refs)))
    return sum(_bury(hashes[i : i + AT_ONCE], now, for_good) for i in range(0, len(hashes), AT_ONCE))


def bury_from(subscription_id: int, refs: Collection[str], now: datetime) -> int:
    """Follow deletions that a polled address tells of, as far as its own accounts brought those items; how many.

    What was passed over or could not be read there is forgotten, too.
    """
    by_hash = {ref_hash(ref): ref for ref in refs}
    if not by_hash:
        return 0
    mine = sa.select(Account.id).where(Account.subscription_id == subscription_id)
    one, over, raw = ActivityRow, PassedOver, Quarantined
    brought = sa.select(one.ref_hash).join(Provenance, Provenance.activity_id == one.id)
    theirs = db.session.scalars(brought.where(Provenance.account_id.in_(mine), one.ref_hash.in_(by_hash))).all()
    passed = sa.delete(over).where(over.account_id.in_(mine), over.ref_hash.in_(by_hash))
    db.session.execute(passed, execution_options=_IN_BULK)
    unread = sa.delete(raw).where(raw.subscription_id == subscription_id, raw.ref_hash.in_(by_hash))
    db.session.execute(unread, execution_options=_IN_BULK)
    return bury([by_hash[key] for key in theirs], now)


def _bury(hashes: list[bytes], now: datetime, for_good: bool) -> int:
    """In the order of the hashes, as everybody writes activities, so that nobody waits in a circle."""
    one = ActivityRow
    there = sa.and_(one.ref_hash.in_(hashes), one.deleted_at.is_(None))
    if not for_good:
        there = sa.and_(there, one.dropped_at.is_(None))
    query = sa.select(one.id).where(there).order_by(one.ref_hash).with_for_update()
    ids = db.session.scalars(query).all()
    if ids:
        values = _tombstone(now) if for_good else dropped(now)
        db.session.execute(sa.update(one).where(one.id.in_(ids)).values(values), execution_options=_IN_BULK)
        stood.forget(ids)
    raw = sa.delete(Quarantined).where(Quarantined.ref_hash.in_(hashes))
    db.session.execute(raw, execution_options=_IN_BULK)
    if for_good:
        over = sa.delete(PassedOver).where(PassedOver.ref_hash.in_(hashes))
        db.session.execute(over, execution_options=_IN_BULK)
        shares = sa.delete(ActivityLink).where(ActivityLink.activity_id.in_(ids), ActivityLink.own.is_(False))
        db.session.execute(shares, execution_options=_IN_BULK)
    return len(ids)


def _tombstone(now: datetime) -> dict[str, Any]:
    scrubbed = {"text": "", "title": "", "lang": "", "authors": [], "tags": _NO_TAGS}
    return {**scrubbed, "deleted_at": now, "dropped_at": None, "look_at": None}


def dropped(now: datetime) -> dict[str, Any]:
    """What becomes of a row whose text may not be kept for now."""
    return {"text": "", "title": "", "dropped_at": now}
