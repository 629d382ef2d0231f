"""One claimed batch read: fetched outside any transaction, each page committed with its cursor."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from advocacy.domain.health import Outcome
from advocacy.models.base import db
from advocacy.models.runs import Pull
from advocacy.rules import Rules
from ingest import claims
from ingest.claims import Claim, Lost
from ingest.pipeline import store
from ingest.prepare import prepare
from ingest.source import (
    AccountGone,
    Cost,
    Cursor,
    Misconfigured,
    Page,
    Polled,
    Refused,
    Source,
    SourceError,
    TryLater,
)

log = logging.getLogger(__name__)

OUR_PAUSE = timedelta(minutes=15)
"""How long a platform is left alone that refused without saying for how long."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How one subscription's pull ended."""

    outcome: Outcome
    message: str = ""
    wish: datetime | None = None
    cost: Cost = Cost()
    cursor: Cursor | None = None


def pull(batch: Sequence[Claim], source: Source, rules: Rules, clock: Callable[[], datetime]) -> None:
    """Read a batch and record how it went; one failure touches nothing but its own batch."""
    started, watch = clock(), time.monotonic()
    open_claims = {held.address: held for held in batch}
    endings: dict[str, Ending] = {}
    try:
        for page in _pages(source, batch, rules, started):
            if _commit(open_claims[page.address], page, rules, started):
                endings[page.address] = _ending(page, endings.get(page.address))
    except SourceError as error:
        rest = _failed(error, started)
    except Exception as error:
        db.session.rollback()
        log.exception("a fault of ours while reading %s", [held.address for held in batch])
        rest = Ending(Outcome.FAILED, f"a fault of ours, it is in the log: {type(error).__name__}")
    else:
        rest = Ending(Outcome.UNCHANGED)
    seconds = (time.monotonic() - watch) / len(batch)
    for held in batch:
        _settle(held, endings.get(held.address, rest), rules, started, clock(), seconds)


def _pages(source: Source, batch: Sequence[Claim], rules: Rules, now: datetime) -> Iterator[Page]:
    """Ask the source; addresses last asked with other words are read whole again."""
    polled = [
        Polled(
            address=held.address,
            cursor=held.cursor if held.vocabulary == rules.fingerprint else {**held.cursor, "again": True},
        )
        for held in batch
    ]
    return source.fetch(polled, now)


def _commit(held: Claim, page: Page, rules: Rules, now: datetime) -> bool:
    """Store a page with its cursor in one transaction; False when the lease was lost and nothing was written."""
    audience = claims.readers(held.subscription_id)
    db.session.rollback()
    ready = prepare(page.activities, audience, rules)
    try:
        claims.advance(held, page)
        counts = store(ready, page.unreadable, held.subscription_id, now)
        claims.tell(held, [*asdict(counts).items(), *_figures(page.cost)])
        db.session.commit()
    except Lost as lost:
        db.session.rollback()
        log.warning("%s", lost)
        return False
    return True


def _ending(page: Page, before: Ending | None) -> Ending:
    changed = bool(page.activities or page.unreadable) or (before is not None and before.outcome is Outcome.OK)
    return Ending(Outcome.OK if changed else Outcome.UNCHANGED, wish=page.next_at)


def _failed(error: SourceError, now: datetime) -> Ending:
    """Each named error is one outcome."""
    outcome, wish = Outcome.FAILED, None
    if isinstance(error, TryLater):
        outcome = Outcome.LATER if error.ours else Outcome.FAILED
        wish = error.at or (now + OUR_PAUSE if error.ours else None)
    elif isinstance(error, AccountGone):
        outcome = Outcome.GONE
    elif isinstance(error, Refused):
        outcome = Outcome.REFUSED
    elif isinstance(error, Misconfigured):
        outcome = Outcome.MISCONFIGURED
    return Ending(outcome, str(error), wish, error.cost, error.cursor)


def _settle(held: Claim, end: Ending, rules: Rules, started: datetime, now: datetime, seconds: float) -> None:
    """Write the ending in a transaction of its own; nothing when the lease was lost meanwhile."""
    try:
        if end.cursor is not None:
            claims.advance(held, Page(address=held.address, activities=(), cursor=end.cursor))
        claims.tell(held, _figures(end.cost))
        claims.settle(held, end.outcome, end.message, started, now, end.wish, rules.fingerprint)
        db.session.execute(
            sa.update(Pull)
            .where(Pull.id == held.pull_id)
            .values(outcome=end.outcome, message=end.message, seconds=seconds)
        )
        db.session.commit()
    except Lost as lost:
        db.session.rollback()
        log.warning("%s", lost)


def _figures(cost: Cost) -> list[tuple[str, float]]:
    return [("requests", cost.requests), ("bytes", cost.bytes), ("cost_usd", cost.usd)]
