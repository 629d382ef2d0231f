"""Failed sign-ins slow the next ones down: by account, by address and for all together, in the database."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from advocacy.models.base import db
from advocacy.models.logins import Attempt

WINDOW = timedelta(minutes=15)
BY_ACCOUNT, BY_ADDRESS, BY_ALL = 5, 20, 500  #: failures within the window


def failed(email: str, address: str, now: datetime) -> None:
    """Note a failure, for known and unknown accounts alike, and drop what is too old to matter."""
    db.session.add(Attempt(email=email[:300], address=address[:100], at=now))
    db.session.execute(sa.delete(Attempt).where(Attempt.at < now - WINDOW))


def is_shut(email: str, address: str, now: datetime) -> bool:
    """Whether another try has to wait."""
    recent = Attempt.at > now - WINDOW
    counts = sa.select(
        sa.func.count().filter(Attempt.email == email[:300]),
        sa.func.count().filter(Attempt.address == address[:100]),
        sa.func.count(),
    ).where(recent)
    by_account, by_address, by_all = db.session.execute(counts).one()
    return bool(by_account >= BY_ACCOUNT or by_address >= BY_ADDRESS or by_all >= BY_ALL)


def forgive(email: str) -> None:
    """A right password wipes the account's failures out."""
    db.session.execute(sa.delete(Attempt).where(Attempt.email == email[:300]))
