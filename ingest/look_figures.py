"""What the second looks of a run came to, a row for each platform that was looked at."""

from dataclasses import dataclass

import sqlalchemy as sa

from advocacy.models.base import db
from advocacy.models.look_again import FIGURES, LookRecord

COLUMNS = ("requests", "asked", "seen", "changed", "deleted", "dropped", "cost_usd")
"""What a table shows of them."""


@dataclass(frozen=True, slots=True)
class Looked:
    """The looks at one platform: what they cost and found, and why they were broken off (empty: they were not)."""

    platform: str
    requests: int
    bytes: int
    cost_usd: float
    asked: int
    seen: int
    changed: int
    deleted: int
    dropped: int
    message: str


def looked(run_id: int) -> list[Looked]:
    """All that a run looked at again, by platform; nothing when nothing was due."""
    one = LookRecord
    query = sa.select(one.platform, *(getattr(one, name) for name in FIGURES), one.message)
    rows = db.session.execute(query.where(one.run_id == run_id).order_by(one.platform)).all()
    db.session.rollback()
    return [Looked(platform.value, *figures) for platform, *figures in rows]
