"""What is done once in a while is done by one worker a slot, however many there are."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.base import Base, db
from advocacy.models.upsert import dialect_insert

SET_BACK = timedelta(hours=1)  #: nobody lags so far
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


class Tick(Base):
    """The last slot in which something was done; a slot is the start of its stretch of time."""

    __tablename__ = "tick"

    what: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    slot: Mapped[datetime]


def slot_of(now: datetime, every: timedelta) -> datetime:
    """The start of the slot that a moment falls into; the same for everybody."""
    return EPOCH + (now - EPOCH) // every * every


def take(what: str, every: timedelta, now: datetime) -> bool:
    """Whether we are the first in this slot; what is done then belongs into the transaction under way.

    Slots only go on, so that a worker that lags takes none again; but when the last one lies far ahead, the clock
    was set back, and they begin anew from here.
    """
    slot = slot_of(now, every)
    free = sa.or_(Tick.slot < slot, Tick.slot > slot + max(every, SET_BACK))
    unseen = {"synchronize_session": False}
    moved = sa.update(Tick).where(Tick.what == what, free).values(slot=slot).returning(Tick.what)
    if db.session.execute(moved, execution_options=unseen).all():
        return True
    first = dialect_insert(db.engine.dialect.name)(Tick.__table__).values(what=what, slot=slot).on_conflict_do_nothing()
    return bool(db.session.execute(first.returning(Tick.what)).all())
