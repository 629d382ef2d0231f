"""Quarantined items tried again, when a fault of ours was mended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import sqlalchemy as sa

from advocacy.domain.activity import Activity
from advocacy.models import connect
from advocacy.models.activities import Quarantined
from advocacy.models.base import Row, db
from advocacy.rules import Rules
from ingest import audience, quarantine
from ingest.pipeline import store
from ingest.prepare import prepare
from ingest.raw import NotAnActivity, activity_of


@dataclass(slots=True)
class Retried:
    """What became of the items: stored (or seen to be off topic), refused again, or asked of their source again."""

    mended: int = 0
    refused: int = 0
    asked_again: int = 0


def retry(rules: Rules, now: datetime) -> Retried:
    """Try all again, with a commit for each address.

    A whole activity is judged and stored as if it had just been read. The form that only its source can read stays,
    and its address is read whole again at the next visit, which is now.
    """
    quarantine.sweep_out()
    db.session.commit()
    rows, done = quarantine.waiting(), Retried()
    db.session.rollback()
    for subscription_id, group in groupby(rows, key=lambda row: row.subscription_id):
        _of_address(subscription_id, list(group), rules, now, done)
        db.session.commit()
    return done


def _of_address(subscription_id: int, rows: Sequence[Row], rules: Rules, now: datetime, done: Retried) -> None:
    whole = {row.id: activity for row in rows if (activity := _activity(row.raw)) is not None}
    if whole:
        db.session.execute(sa.delete(Quarantined).where(Quarantined.id.in_(whole)))
        readers = audience.readers(subscription_id, lock=True)
        refused = store(prepare(whole.values(), readers, rules), (), subscription_id, now).poison
        done.refused += refused
        done.mended += len(whole) - refused
    if len(whole) < len(rows):
        connect.wake(subscription_id, now)
        done.asked_again += len(rows) - len(whole)


def _activity(raw: bytes) -> Activity | None:
    try:
        return activity_of(raw.decode("utf-8", "replace"))
    except NotAnActivity:
        return None
