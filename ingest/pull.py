"""One claimed batch read: fetched outside any transaction, page by page, and at the end how it went."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from advocacy.domain.health import Outcome
from advocacy.models import platforms
from advocacy.models.base import db
from advocacy.rules import Rules
from ingest.claims import Claim, Lost, begun
from ingest.endings import Ending, failed, fault
from ingest.settle import Visit, figures, settle, tell
from ingest.settle_all import settle_all
from ingest.source import Page, Polled, Source, SourceError
from ingest.walk import Walk

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)

PROBE_SOON = timedelta(minutes=15)
"""When a platform that refused us is asked again after a try that found out nothing."""


def pull(
    batch: Sequence[Claim], source: Source, rules: Rules, clock: Callable[[], datetime], lease: timedelta = LEASE
) -> None:
    """Read a batch and record how it went; one failure touches nothing but its own batch."""
    watch = time.monotonic()
    try:
        walk = Walk(batch, rules, clock, lease)
        cut = _walk(walk, source, rules)
        seconds = (time.monotonic() - watch) / len(batch)
        _end(walk, cut, Visit(rules=rules.fingerprint, started=walk.started, now=clock(), seconds=seconds))
    except sa.exc.OperationalError as error:
        _leave(batch, error)


def _walk(walk: Walk, source: Source, rules: Rules) -> Ending | None:
    """Take all pages; how the walk was cut short, if it was."""
    try:
        if walk.holds():
            for page in _pages(source, list(walk.open.values()), rules, walk.started):
                walk.take(page)
                if not walk.open:
                    break
    except SourceError as error:
        return failed(error, walk.started)
    except sa.exc.OperationalError:
        raise
    except Exception as error:
        db.session.rollback()
        log.exception("a fault of ours while reading %s", [held.address for held in walk.batch])
        return fault(error)
    return None


def _pages(source: Source, batch: Sequence[Claim], rules: Rules, now: datetime) -> Iterator[Page]:
    """Ask the source; addresses last asked with other words are read whole again."""
    same = rules.fingerprint, begun(rules.fingerprint)
    polled = [
        Polled(
            address=held.address,
            cursor=held.cursor if held.vocabulary in same else {**held.cursor, "again": True},
            since=held.since,
        )
        for held in batch
    ]
    return source.fetch(polled, now)


def _end(walk: Walk, cut: Ending | None, visit: Visit) -> None:
    """Write how it went in a transaction of its own."""
    ends = walk.ends(cut)
    if len(ends) > 1:
        settle_all(ends, visit)
    elif ends:
        _settle_one(*ends[0], visit)
    _tell_of_platform(walk.batch[0], [end for _, end in ends], visit.now)
    db.session.commit()


def _settle_one(held: Claim, end: Ending, visit: Visit) -> None:
    try:
        settle(held, end, visit)
    except Lost as lost:
        db.session.rollback()
        log.warning("%s", lost)
        tell(held, figures(end.cost))


def _tell_of_platform(lead: Claim, ends: Sequence[Ending], now: datetime) -> None:
    """A refusal of the whole platform is told once; whether it still holds is found out by one batch at a time."""
    closed = next((end for end in ends if end.closed), None)
    if closed is not None:
        if platforms.refuse(lead.platform, closed.message, now, closed.wish):
            log.error("%s is not read any more: %s", lead.platform, closed.message)
    elif lead.is_probe and any(end.is_read or end.outcome in (Outcome.GONE, Outcome.REFUSED) for end in ends):
        if platforms.works(lead.platform, now):
            log.warning("%s is read again", lead.platform)
    elif lead.is_probe:
        platforms.probe_at(now + PROBE_SOON, lead.platform)


def _leave(batch: Sequence[Claim], error: sa.exc.OperationalError) -> None:
    """Our database is locked, full or away, which no source is blamed for: read again when the lease ends."""
    db.session.rollback()
    words = "our database does not take what was read at %s (%s); it is read again when its lease ends"
    log.error(words, ", ".join(held.address for held in batch), str(error.orig).strip().partition("\n")[0])
