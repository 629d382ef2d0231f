"""Which items are looked at again now: taken before the request, given their next time with its result."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Platform
from advocacy.domain.second_looks import PAID, PATIENCE, next_look
from advocacy.models import sqlite
from advocacy.models.activities import ActivityRow
from advocacy.models.base import Row, db
from advocacy.models.look_again import wanted_on

AGAIN = timedelta(hours=1)  #: when an item is asked for again whose asker died
UNTOLD = timedelta(days=1)  #: when one is asked for again that the platform said nothing of
_UNSEEN = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Held:
    """Items that are ours to look at, by ref, as long as their next look is still the moment that we put."""

    platform: Platform
    ids: Mapping[str, int]
    put: datetime


def claim(platform: Platform, size: int, now: datetime, *, patient: bool) -> Held | None:
    """Take up to `size` due items and commit; their next look moves first, so that a crash cannot hot-loop.

    Who is `patient` takes less than a whole request only when something cannot wait for more.
    """
    one = ActivityRow
    due = sa.select(one.id, one.ref).where(one.platform == platform, one.look_at <= now)
    due = due.order_by(one.look_at, one.id).limit(size)
    if not _is_worth_it(due.add_columns(one.look_at), size, now - PATIENCE[platform] if patient else now):
        return None
    taken = db.session.execute(due.with_for_update(skip_locked=True)).all()
    held = Held(platform, {row.ref: row.id for row in taken}, now + AGAIN) if taken else None
    if held is not None:
        postpone(held, held.put)
    db.session.commit()
    return held


def _is_worth_it(due: sa.Select[Any], size: int, long_ago: datetime) -> bool:
    """A look that takes no lock: whether a request would be full, or something is due for long enough."""
    with sqlite.reading():
        found = db.session.execute(due).all()
        db.session.rollback()
    return bool(found) and (len(found) == size or found[0].look_at <= long_ago)


def postpone(held: Held, until: datetime) -> None:
    """Let the items be looked at then, in the transaction under way."""
    here = sa.and_(ActivityRow.id.in_(held.ids.values()), ActivityRow.look_at.is_not(None))
    db.session.execute(sa.update(ActivityRow).where(here).values(look_at=until), execution_options=_UNSEEN)


def fence(held: Held) -> Sequence[Row]:
    """Those of the items that are still ours, locked in the order in which everybody writes activities."""
    one = ActivityRow
    query = sa.select(one.id, one.ref, one.at).where(one.id.in_(held.ids.values()), one.look_at == held.put)
    return db.session.execute(query.order_by(one.ref_hash).with_for_update()).all()


def settle(held: Held, rows: Sequence[Row], shown: Collection[str], hidden: Collection[str], now: datetime) -> None:
    """Put the next look of each item: of what was shown, of what is hidden for now, of what nothing was said of."""
    kept = wanted_on([row.id for row in rows]) if held.platform in PAID else {row.id for row in rows}
    seen, rest = [], []
    for row in rows:
        keeps = row.id in kept or row.ref in hidden
        then = next_look(held.platform, row.at, now, keeps=keeps)
        if row.ref in shown:
            seen.append({"row": row.id, "to_look_at": then, "to_looked_at": now})
        else:
            rest.append({"row": row.id, "to_look_at": then if row.ref in hidden else now + UNTOLD})
    _put(seen)
    _put(rest)


def _put(rows: Sequence[Mapping[str, Any]]) -> None:
    """One statement for all of them."""
    if rows:
        table = ActivityRow.metadata.tables["activity"]
        names = [name.removeprefix("to_") for name in rows[0] if name != "row"]
        values = {name: sa.bindparam(f"to_{name}", type_=table.c[name].type) for name in names}
        update = sa.update(table).where(table.c.id == sa.bindparam("row"), table.c.deleted_at.is_(None))
        db.session.connection().execute(update.values(values), list(rows))
