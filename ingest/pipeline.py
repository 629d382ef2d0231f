"""A sorted page becomes rows inside one transaction: nothing lost, nothing doubled, a person's word untouched."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from advocacy.models import burial, facts
from advocacy.models.base import db
from advocacy.models.fact import Fact
from advocacy.models.facts import Kept
from ingest import quarantine
from ingest.prepare import Sorted
from ingest.raw import raw_form
from ingest.source import Unreadable

OFF_TOPIC = "no word of the vocabulary and no rule meets it"
IGNORED = "it says a word that its person ignores"
PROGRAM_LIMIT = "54"  #: PostgreSQL's class of errors for what is too large for it


@dataclass(slots=True)
class Counts:
    """What became of the items of one or more pages."""

    seen: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    deleted: int = 0
    skipped: int = 0
    poison: int = 0

    @property
    def all_poison(self) -> bool:
        """Whether there was something, and nothing of it could be stored."""
        return 0 < self.seen == self.poison


def store(
    page: Sorted,
    unreadable: Sequence[Unreadable],
    subscription_id: int | None,
    now: datetime,
    gone: Sequence[str] = (),
) -> Counts:
    """Write a page; an item that lost its topic by an edit stays, for a person may have confirmed it.

    What the page says is `gone` is buried, as far as it came by this very address. What comes by no address, but by
    its refs, is stored already and needs no quarantine.
    """
    kept_before = facts.pass_over(page.passed, OFF_TOPIC)
    facts.pass_over(page.ignored, IGNORED)
    over = page.settled.over
    facts.take_up([fact for fact in page.kept if over is None or fact.ref_hash in over])
    kept, refused = write([*page.kept, *kept_before], now)
    poison = [*unreadable, *page.poison, *refused]
    if subscription_id is not None:
        quarantine.keep(subscription_id, poison, now)
    return Counts(
        seen=page.seen + len(unreadable),
        new=kept.new,
        changed=kept.changed,
        same=kept.same + len(page.settled.kept),
        deleted=burial.bury_from(subscription_id, gone, now) if subscription_id is not None else 0,
        skipped=len(page.passed) - len(kept_before) + len(page.ignored) + len(page.settled.passed) + page.strangers,
        poison=len(poison),
    )


def write(items: Sequence[Fact], now: datetime) -> tuple[Kept, list[Unreadable]]:
    """One savepoint for the batch; only when the database refuses it, one for each item.

    A savepoint for every item always would cost nine tenths of the speed (measured, TRUST.md).
    """
    together = _in_savepoint(lambda: facts.keep(items, now))
    if together is not None:
        return together, []
    refused, kept = [], []
    for item in items:
        alone = _in_savepoint(lambda item=item: facts.keep([item], now))  # type: ignore[misc]
        if alone is None:
            refused.append(
                Unreadable(ref=item.activity.ref, reason="the database refused it", raw=raw_form(item.activity))
            )
        else:
            kept.append(alone)
    total = Kept(sum(k.new for k in kept), sum(k.changed for k in kept), sum(k.same for k in kept))
    return total, refused


def _in_savepoint(write: Callable[[], Kept]) -> Kept | None:
    """What was written, or None when the database refused the data and nothing was."""
    try:
        with db.session.begin_nested():
            return write()
    except (sa.exc.DBAPIError, OverflowError, UnicodeEncodeError) as error:
        if isinstance(error, sa.exc.OperationalError) and not _too_large(error):
            raise
        return None


def _too_large(error: sa.exc.OperationalError) -> bool:
    return str(getattr(error.orig, "sqlstate", None) or "").startswith(PROGRAM_LIMIT)
