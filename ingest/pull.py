"""One claimed batch read: fetched outside any transaction, each page committed with its cursor."""

import logging
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from advocacy.domain.health import Outcome
from advocacy.models import facts, sqlite, threads
from advocacy.models.base import db
from advocacy.models.fact import NOTHING_SETTLED, Item, Settled
from advocacy.rules import Rules
from ingest import claims
from ingest.claims import Claim, Lost
from ingest.pipeline import Counts, store
from ingest.prepare import Said, prepare
from ingest.settle import Ending, advance, fence, figures, settle, tell
from ingest.source import AccountGone, Misconfigured, Page, Polled, Refused, Source, SourceError, TryLater

log = logging.getLogger(__name__)

OUR_PAUSE = timedelta(minutes=15)
"""How long a platform is left alone that refused without saying for how long."""


def pull(batch: Sequence[Claim], source: Source, rules: Rules, clock: Callable[[], datetime]) -> None:
    """Read a batch and record how it went; one failure touches nothing but its own batch."""
    started, watch = clock(), time.monotonic()
    open_claims = {held.address: held for held in batch}
    endings: dict[str, Ending] = {}
    cut = None
    try:
        for page in _pages(source, batch, rules, started):
            _read(page, open_claims, endings, rules, started)
            if not open_claims:
                break
    except SourceError as error:
        cut = _failed(error, started)
    except sa.exc.OperationalError as error:
        _leave(batch, error)
        return
    except Exception as error:
        db.session.rollback()
        log.exception("a fault of ours while reading %s", [held.address for held in batch])
        cut = Ending(Outcome.FAILED, f"a fault of ours, it is in the log: {type(error).__name__}")
    seconds = (time.monotonic() - watch) / len(batch)
    for held in open_claims.values():
        _settle(held, _how(endings.get(held.address), cut), rules, started, clock(), seconds)


def _read(
    page: Page, open_claims: dict[str, Claim], endings: dict[str, Ending], rules: Rules, started: datetime
) -> None:
    """Store one page; a subscription whose lease was lost is out of our hands."""
    held, before = open_claims.get(page.address), endings.get(page.address)
    if held is None:
        return
    if before is None and _says_nothing(page):
        endings[page.address] = Ending(
            Outcome.UNCHANGED, wish=page.next_at, cost=page.cost, cursor=page.cursor, title=page.title
        )
        return  # no page to store: one transaction ends the whole visit
    try:
        endings[page.address] = _ending(page, _commit(held, page, rules, started), before)
    except Lost as lost:
        db.session.rollback()
        log.warning("%s", lost)
        del open_claims[page.address]


def _says_nothing(page: Page) -> bool:
    return not (page.activities or page.unreadable or page.covers_from or page.gap)


def _how(read: Ending | None, cut: Ending | None) -> Ending:
    """A walk that was cut short has failed, pages or no pages; only what was read can be neither gone nor refused."""
    if cut is None:
        return read or Ending(Outcome.UNCHANGED)
    if read is None:
        return cut
    if cut.outcome in (Outcome.GONE, Outcome.REFUSED):
        return read
    cursor = read.cursor if cut.cursor is None else cut.cursor
    return replace(cut, cost=cut.cost + read.cost, cursor=cursor)


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


def _commit(held: Claim, page: Page, rules: Rules, now: datetime) -> Counts:
    """Store a page with its cursor in one transaction; raise Lost, and write nothing, when the lease was lost.

    Of a page that is all poison the cursor is not adopted: rather our fault than the page's, so it is read again.
    """
    with sqlite.reading():
        audience = claims.readers(held.subscription_id)
        db.session.rollback()
    settle = _settled if held.vocabulary == rules.fingerprint else _nothing
    ready = prepare(page.activities, audience, rules, settle, _in_threads)
    if (wanted := claims.readers(held.subscription_id, lock=True)) != audience:
        ready = prepare(
            page.activities, wanted, rules, in_threads=threads.kept
        )  # somebody came or took their consent back meanwhile
    fence(held)
    counts = store(ready, page.unreadable, held.subscription_id, now)
    if not counts.all_poison:
        advance(held, page)
    tell(held, {**asdict(counts), **figures(page.cost)})
    db.session.commit()
    return counts


def _settled(items: Mapping[bytes, Item]) -> Settled:
    """What needs no judging again; the reading transaction ends before the judging begins."""
    with sqlite.reading():
        found = facts.settled(items)
        db.session.rollback()
    return found


def _in_threads(keys: Collection[str], people: Collection[int]) -> frozenset[Said]:
    """In which threads something is kept, asked in a reading transaction of its own."""
    with sqlite.reading():
        found = threads.kept(keys, people)
        db.session.rollback()
    return found


def _nothing(items: Mapping[bytes, Item]) -> Settled:
    """Asked with other words or for new people, everything is judged again."""
    return NOTHING_SETTLED


def _ending(page: Page, counts: Counts, before: Ending | None) -> Ending:
    """What the pages so far come to; an ending that only said nothing new is still to be told with its cost."""
    poison = counts.poison + (before.poison if before else 0)
    if counts.all_poison or (before is not None and before.outcome is Outcome.FAILED):
        return before or Ending(Outcome.FAILED, f"none of its {counts.seen} items could be stored", wish=page.next_at)
    changed = bool(page.activities or page.unreadable) or (before is not None and before.outcome is Outcome.OK)
    made = Ending(Outcome.OK if changed else Outcome.UNCHANGED, wish=page.next_at, poison=poison)
    return replace(made, cost=before.cost) if before else made


def _failed(error: SourceError, now: datetime) -> Ending:
    """Each named error is one outcome."""
    outcome, wish, limited = Outcome.FAILED, None, False
    if isinstance(error, TryLater):
        limited = error.ours
        outcome = Outcome.LATER if limited else Outcome.FAILED
        wish = error.at or (now + OUR_PAUSE if limited else None)
    elif isinstance(error, AccountGone):
        outcome = Outcome.GONE
    elif isinstance(error, Refused):
        outcome = Outcome.REFUSED
    elif isinstance(error, Misconfigured):
        outcome = Outcome.MISCONFIGURED
    unreachable = isinstance(error, TryLater) and error.unreachable
    made = Ending(outcome, str(error), wish, error.cost, error.cursor)
    return replace(made, unreachable=unreachable, limited=limited)


def _settle(held: Claim, end: Ending, rules: Rules, started: datetime, now: datetime, seconds: float) -> None:
    """Write the ending in a transaction of its own; nothing when the lease was lost meanwhile."""
    try:
        settle(held, end, rules.fingerprint, started, now, seconds)
        db.session.commit()
    except Lost as lost:
        db.session.rollback()
        log.warning("%s", lost)
    except sa.exc.OperationalError as error:
        _leave([held], error)


def _leave(batch: Sequence[Claim], error: sa.exc.OperationalError) -> None:
    """Our database is locked, full or away, which no source is blamed for: read again when the lease ends."""
    db.session.rollback()
    words = "our database does not take what was read at %s (%s); it is read again when its lease ends"
    log.error(words, ", ".join(held.address for held in batch), str(error.orig).strip().partition("\n")[0])
