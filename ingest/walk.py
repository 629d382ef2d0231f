"""A batch under way: whose leases are still ours, which pages came, and how each address has fared so far."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from advocacy.domain.health import Outcome
from advocacy.models import facts, sqlite
from advocacy.models.base import db
from advocacy.models.fact import NOTHING_SETTLED, Item, Settled
from advocacy.rules import Rules
from ingest import audience, claims, reach
from ingest.claims import Claim, Lost, begun
from ingest.endings import Ending, cut_short, failed, fault, of_many, quiet, stored
from ingest.pipeline import Counts, store
from ingest.prepare import prepare
from ingest.settle import Ended, fence, figures, tell
from ingest.source import Cost, Page, TryLater

log = logging.getLogger(__name__)

REPEATS = 5
"""The same page so often is a walk in a circle; fewer are several lists of a platform that have nothing new."""


class Walk:
    """One call of a source, page by page; what a page cost is told once, whatever becomes of its address."""

    def __init__(self, batch: Sequence[Claim], rules: Rules, clock: Callable[[], datetime], lease: timedelta) -> None:
        self.batch, self.started = batch, clock()
        self.open = {held.address: held for held in batch}
        self._rules, self._clock, self._lease = rules, clock, lease
        self._until = min(held.until for held in batch)
        self._endings, self._done = dict[str, Ending](), set[str]()
        self._seen: dict[str, list[object]] = {}
        self._stray = Cost()

    def holds(self) -> bool:
        """Whether anything is still ours; leases that end soon are renewed, for many pages take long."""
        now = self._clock()
        if self._until - now < self._lease / 2:
            self._until = now + self._lease
            kept = claims.renew(self.open.values(), self._until)
            for held in [one for one in self.open.values() if one.subscription_id not in kept]:
                self._drop(held)
        return bool(self.open)

    def take(self, page: Page) -> None:
        """Store a page, or note what it says of its address; raise TryLater when the source walks in a circle."""
        self._see(page)
        self.holds()
        held, before = self.open.get(page.address), self._endings.get(page.address)
        if held is None or page.address in self._done:
            self._stray += page.cost + (page.error.cost if page.error else Cost())
        elif page.error is not None:
            self._done.add(page.address)
            end = failed(page.error, self.started)
            self._endings[page.address] = cut_short(before, replace(end, cost=end.cost + page.cost))
        elif _says_nothing(page, held):
            self._endings[page.address] = quiet(page, before, held.cursor)
        else:
            self._store(held, page, before)

    def ends(self, cut: Ending | None) -> list[Ended]:
        """How each ended that is still ours; one that was cut short has not been read, pages or no pages."""
        cost = self._stray
        if cut is not None:
            cost, cut = cost + cut.cost, replace(cut, cost=Cost())
            cut = of_many(cut) if len(self.batch) > 1 else cut
        ends = [(held, self._how(held, cut)) for held in self.open.values()]
        if ends:
            ends[0] = ends[0][0], replace(ends[0][1], cost=ends[0][1].cost + cost)
        else:
            tell(self.batch[0], figures(cost))
        return ends

    def _how(self, held: Claim, cut: Ending | None) -> Ending:
        read = self._endings.get(held.address)
        if cut is None or held.address in self._done:
            return read or Ending(Outcome.UNCHANGED)
        return cut_short(read, cut)

    def _see(self, page: Page) -> None:
        """By what it carries; of pages that carry nothing only those are the same that remember the same."""
        refs = (*(one.ref for one in page.activities), *(one.ref for one in page.unreadable), *page.gone)
        seen, face = self._seen.setdefault(page.address, []), hash(refs) if refs else page.cursor
        seen.append(face)
        if seen.count(face) >= REPEATS:
            words = f"the same page came {REPEATS} times: it is left there, and the next visit goes on from the cursor"
            raise TryLater(words, cost=page.cost)

    def _store(self, held: Claim, page: Page, before: Ending | None) -> None:
        try:
            self._endings[held.address] = stored(page, self._commit(held, page), before)
        except Lost as lost:
            db.session.rollback()
            log.warning("%s", lost)
            self._drop(held)
            self._stray += page.cost
        except sa.exc.OperationalError:
            raise
        except Exception as error:
            db.session.rollback()
            if len(self.batch) == 1:
                raise
            log.exception("a fault of ours while storing what was read at %s", held.address)
            self._done.add(held.address)
            self._endings[held.address] = cut_short(before, replace(fault(error), cost=page.cost))

    def _drop(self, held: Claim) -> None:
        """Somebody else has it now; what it cost us is told all the same."""
        del self.open[held.address]
        if ending := self._endings.pop(held.address, None):
            self._stray += ending.cost

    def _commit(self, held: Claim, page: Page) -> Counts:
        """Store a page with its cursor in one transaction; raise Lost, and write nothing, when the lease was lost.

        Of a page that is all poison the cursor is not adopted: rather our fault than the page's, so it is read again.
        """
        with sqlite.reading():
            expected = audience.readers(held.subscription_id)
            db.session.rollback()
        is_known = held.vocabulary == self._rules.fingerprint
        ready = prepare(page.activities, expected, self._rules, _settled if is_known else _nothing)
        if (wanted := audience.readers(held.subscription_id, lock=True)) != expected:
            ready = prepare(page.activities, wanted, self._rules)  # somebody came or left meanwhile
        subscription = fence(held)
        counts = store(ready, page.unreadable, held.subscription_id, self.started, gone=page.gone)
        if not counts.all_poison:
            reach.adopt(subscription, page, self.started)
            if page.cursor is not None and not is_known and subscription.next_due == held.due:
                subscription.vocabulary = begun(self._rules.fingerprint)
        tell(held, {**asdict(counts), **figures(page.cost)})
        db.session.commit()
        return counts


def _says_nothing(page: Page, held: Claim) -> bool:
    """Whether there is nothing to be stored: no item, and no stretch of time that was not covered before."""
    if page.activities or page.unreadable or page.gone or page.gap:
        return False
    return page.covers_from is None or (held.complete_from is not None and page.covers_from >= held.complete_from)


def _settled(items: Mapping[bytes, Item]) -> Settled:
    """What needs no judging again; the reading transaction ends before the judging begins."""
    with sqlite.reading():
        found = facts.settled(items)
        db.session.rollback()
    return found


def _nothing(items: Mapping[bytes, Item]) -> Settled:
    """Asked with other words or for new people, everything is judged again."""
    return NOTHING_SETTLED
