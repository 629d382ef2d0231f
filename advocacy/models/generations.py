"""Which derivation of the evidence is live, and which is being filled."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b

import sqlalchemy as sa

from advocacy.models.base import db
from advocacy.models.evidence import Generation
from advocacy.models.ladders import Expectation

LIVE = sa.select(sa.func.max(Generation.id)).where(Generation.live_at.is_not(None), Generation.retired_at.is_(None))
"""The live generation's id, to be used as a scalar subquery."""


def fingerprint(rules: str) -> str:
    """What all evidence depends on: the rules and what every expectation was recognised as."""
    query = sa.select(Expectation.id, Expectation.rule, Expectation.reading).order_by(Expectation.id)
    meaning = repr([tuple(row) for row in db.session.execute(query)])
    return blake2b(f"{rules} {meaning}".encode(), digest_size=12).hexdigest()


def live() -> Generation | None:
    """The generation that pages read."""
    return db.session.scalar(sa.select(Generation).where(Generation.id == LIVE.scalar_subquery()))


def begin(rules: str, now: datetime, *, at_once: bool = False) -> Generation:
    """Open a generation to be filled; `at_once` makes it live while there is nothing to derive yet."""
    generation = Generation(fingerprint=fingerprint(rules), started_at=now, live_at=now if at_once else None)
    db.session.add(generation)
    db.session.flush()
    return generation


def written() -> Sequence[int]:
    """The generations that new facts must go to: the live one, and one being filled."""
    query = sa.select(Generation.id).where(Generation.retired_at.is_(None)).order_by(Generation.id)
    return db.session.scalars(query.with_for_update(read=True, key_share=True)).all()


def await_writers() -> None:
    """Wait for those who asked what is `written` and did not commit; who asks later waits for us."""
    db.session.execute(sa.select(Generation.id).where(Generation.retired_at.is_(None)).with_for_update()).all()


def drop_filling(now: datetime) -> None:
    """Let nothing be filled any more: what is live is what is wanted."""
    filling = sa.and_(Generation.live_at.is_(None), Generation.retired_at.is_(None))
    db.session.execute(sa.update(Generation).where(filling).values(retired_at=now))


def ensure(rules: str, now: datetime) -> None:
    """See to it that there is a live generation, before the first activity comes."""
    if live() is None:
        begin(rules, now, at_once=True)


def is_stale(rules: str) -> bool:
    """Whether the live evidence was derived by other rules than these."""
    generation = live()
    return generation is not None and generation.fingerprint != fingerprint(rules)
