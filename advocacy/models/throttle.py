"""Failed sign-ins slow the next ones down: by account, by address and for all together, in the database.

A try is noted before its password is looked at, one after the other, and struck out when it was right: guesses that
come at the same moment are counted like those that come one by one.
"""

from datetime import datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa

from advocacy.models.base import db
from advocacy.models.logins import Attempt

WINDOW = timedelta(minutes=15)
BY_ACCOUNT, BY_ADDRESS, BY_ALL = 5, 20, 500  #: failures within the window
_TURN = 7_269_114  #: the number of our lock; any will do that nobody else takes


def admits(email: str, address: str, now: datetime) -> bool:
    """Note a try, for known and unknown accounts alike, unless it has to wait; the caller commits before it looks.

    Who has to wait is not noted: to try on does not make the waiting longer.
    """
    email, address = _kept(email), address[:100]
    _take_turns()
    db.session.execute(sa.delete(Attempt).where(Attempt.at < now - WINDOW))
    if _is_shut(email, address):
        return False
    db.session.add(Attempt(email=email, address=address, at=now))
    return True


def forgive(email: str) -> None:
    """A right password wipes the account's failures out."""
    db.session.execute(sa.delete(Attempt).where(Attempt.email == _kept(email)))


def _kept(email: str) -> str:
    """What is kept of an address that was typed in: people type their password there, too."""
    return sha256(email.encode()).hexdigest()


def _take_turns() -> None:
    """Until the commit nobody else counts; SQLite's transactions take turns by themselves."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(_TURN)))


def _is_shut(email: str, address: str) -> bool:
    counts = sa.select(
        sa.func.count().filter(Attempt.email == email),
        sa.func.count().filter(Attempt.address == address),
        sa.func.count(),
    ).select_from(Attempt)
    by_account, by_address, by_all = db.session.execute(counts).one()
    return bool(by_account >= BY_ACCOUNT or by_address >= BY_ADDRESS or by_all >= BY_ALL)
