"""Texts that a platform lets nobody keep without looking again: dropped in time, whatever kept us from looking."""

from datetime import datetime

import sqlalchemy as sa

from advocacy.domain.activity import Platform
from advocacy.domain.second_looks import RETENTION
from advocacy.models import stood
from advocacy.models.accounts import Subscription
from advocacy.models.activities import ActivityRow, Provenance, Quarantined
from advocacy.models.base import db
from advocacy.models.burial import dropped
from advocacy.models.words import Road

AT_ONCE = 500  #: rows of one transaction
_IN_BULK = {"synchronize_session": False}


def drop_stale(now: datetime) -> int:
    """Drop what was not seen where it was posted for longer than its platform allows; how many texts that were.

    Link, id, numbers and evidence stay, and the next look that shows an item restores its text. What its person gave
    us in an archive is theirs to give, and is no platform's to have dropped. Commits between chunks.
    """
    total = 0
    for platform, keep in RETENTION.items():
        while found := _drop(platform, now - keep, now):
            total += found
            db.session.commit()
        _forget_raw(platform, now - keep)
    return total


def _drop(platform: Platform, before: datetime, now: datetime) -> int:
    one, way = ActivityRow, Provenance
    given = sa.exists().where(way.activity_id == one.id, way.road != Road.SOURCE)
    kept = sa.and_(one.looked_at.is_not(None), one.dropped_at.is_(None), one.deleted_at.is_(None))
    stale = sa.select(one.id).where(one.platform == platform, one.looked_at < before, kept, ~given)
    # What somebody writes at this moment was seen at this moment, and waiting for it could be waiting in a circle.
    free = stale.order_by(one.looked_at).limit(AT_ONCE).with_for_update(skip_locked=True)
    ids = db.session.scalars(free).all()
    if ids:
        db.session.execute(sa.update(one).where(one.id.in_(ids)).values(dropped(now)), execution_options=_IN_BULK)
        stood.forget(ids)
    return len(ids)


def _forget_raw(platform: Platform, before: datetime) -> None:
    """Raw forms hold texts too; what could not be read until now is asked of its source again."""
    polled = sa.select(Subscription.id).where(Subscription.platform == platform)
    old = sa.and_(Quarantined.subscription_id.in_(polled), Quarantined.seen_at < before)
    db.session.execute(sa.delete(Quarantined).where(old), execution_options=_IN_BULK)
