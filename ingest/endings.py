"""How the pull of one address ended, and what a page or an error more makes of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from advocacy.domain.health import LONGEST, Outcome
from ingest.pipeline import Counts
from ingest.purse import Spent
from ingest.source import AccountGone, Cost, Cursor, Misconfigured, Page, Refused, SourceError, TryLater

READ = (Outcome.OK, Outcome.UNCHANGED)

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
    title: str = ""
    poison: int = 0  #: items that could not be read or stored
    spoke: bool = False  #: its host answered, whatever it said
    unreachable: bool = False  #: its host did not speak with us
    limited: bool = False  #: its host asked us to come less often
    closed: bool = False  #: its whole platform refused us, until the wish at the latest

    @property
    def is_read(self) -> bool:
        """Whether all that the address has to say is known."""
        return self.outcome in READ


def failed(error: SourceError, now: datetime) -> Ending:
    """Each named error is one outcome; no platform can send us away for longer than a day."""
    spoke = bool(error.cost.requests)
    made = Ending(Outcome.FAILED, str(error), cost=error.cost, cursor=error.cursor, spoke=spoke)
    if isinstance(error, Spent):
        return replace(made, outcome=Outcome.LATER, wish=error.at, closed=True)
    if isinstance(error, TryLater):
        wish = min(error.at, now + LONGEST) if error.at else None
        if error.ours:
            return replace(made, outcome=Outcome.LATER, wish=wish or now + OUR_PAUSE, spoke=True, limited=True)
        return replace(made, wish=wish, unreachable=error.unreachable)
    if isinstance(error, AccountGone):
        return replace(made, outcome=Outcome.GONE)
    if isinstance(error, Refused):
        return replace(made, outcome=Outcome.REFUSED)
    if isinstance(error, Misconfigured):
        return replace(made, outcome=Outcome.MISCONFIGURED, closed=True)
    return made


def fault(error: Exception) -> Ending:
    """What is no named error is our own fault; what happened stands in the log."""
    return Ending(Outcome.FAILED, f"a fault of ours, it is in the log: {type(error).__name__}")


def of_many(cut: Ending) -> Ending:
    """The same for each address of a batch: nobody knows whose account is gone, nor whose cursor that is."""
    outcome = Outcome.FAILED if cut.outcome is Outcome.GONE else cut.outcome
    return replace(cut, outcome=outcome, cursor=None)


def quiet(page: Page, before: Ending | None, known: Cursor) -> Ending:
    """After a page that has nothing to be stored; `known` is the cursor that the visit began with."""
    if before is None:
        cursor = None if page.cursor == known else page.cursor
        return Ending(Outcome.UNCHANGED, wish=page.next_at, cost=page.cost, cursor=cursor, title=page.title)
    told = replace(before, cost=before.cost + page.cost, wish=page.next_at or before.wish)
    if before.is_read and page.cursor is not None:
        return replace(told, cursor=page.cursor)
    return told


def stored(page: Page, counts: Counts, before: Ending | None) -> Ending:
    """After a page that was stored, its cost told; what the pages before cost and remember is still to be."""
    poison = counts.poison + (before.poison if before else 0)
    if counts.all_poison or (before is not None and before.outcome is Outcome.FAILED):
        return before or Ending(Outcome.FAILED, f"none of its {counts.seen} items could be stored", wish=page.next_at)
    changed = bool(page.activities or page.unreadable or page.gone)
    if before is None:
        return Ending(Outcome.OK if changed else Outcome.UNCHANGED, wish=page.next_at, poison=poison)
    changed = changed or before.outcome is Outcome.OK
    cursor = before.cursor if page.cursor is None else None
    outcome = Outcome.OK if changed else Outcome.UNCHANGED
    return Ending(outcome, "", page.next_at, before.cost, cursor, before.title, poison)


def cut_short(read: Ending | None, cut: Ending) -> Ending:
    """A walk that was cut short has failed, pages or no pages; only what was read can be neither gone nor refused."""
    if read is None:
        return cut
    cost = read.cost + cut.cost
    if cut.outcome in (Outcome.GONE, Outcome.REFUSED):
        return replace(read, cost=cost)
    return replace(cut, cost=cost, cursor=read.cursor if cut.cursor is None else cut.cursor)
