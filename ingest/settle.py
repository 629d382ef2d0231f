"""What a pull leaves on its subscription: cursor and coverage page by page, and at its end how it went."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from advocacy.domain.health import FIRST_RETRY, Outcome, after, next_visit, spread
from advocacy.domain.normal import TITLE_LIMIT, storable
from advocacy.models import hosts
from advocacy.models.accounts import Subscription
from advocacy.models.base import db
from advocacy.models.runs import Pull
from ingest.claims import EVERY, Claim, Lost
from ingest.source import Cost, Cursor, Page

READ = (Outcome.OK, Outcome.UNCHANGED)
UNLESS_WOKEN = {"next_due", "vocabulary"}


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
    unreachable: bool = False  #: its host did not speak with us
    limited: bool = False  #: its host asked us to come less often


def fence(held: Claim) -> Subscription:
    """The row, locked, while the lease is still ours; raise Lost when it is not."""
    query = sa.select(Subscription).where(
        Subscription.id == held.subscription_id, Subscription.lease_token == held.token
    )
    subscription = db.session.scalar(query.with_for_update())
    if subscription is None:
        raise Lost(f"somebody else works on {held.address} now")
    return subscription


def advance(held: Claim, page: Page) -> None:
    """Adopt a page's cursor and coverage in the transaction under way; raise Lost when the lease is no longer ours."""
    subscription = fence(held)
    if page.cursor is not None:
        subscription.cursor = dict(page.cursor)
    if page.title:
        subscription.title = storable(page.title, TITLE_LIMIT)
    if page.covers_from and (page.gap or subscription.complete_from is None):
        subscription.complete_from = page.covers_from
    elif page.covers_from and subscription.complete_from:
        subscription.complete_from = min(subscription.complete_from, page.covers_from)


def tell(held: Claim, figures: Mapping[str, float], **more: Any) -> None:
    """Add figures to the pull's record, in the transaction under way, and set what else is known of it."""
    more |= {f"more_{name}": number for name, number in figures.items() if number}
    if more:
        db.session.execute(_told(tuple(more)), {**more, "key": held.pull_id})


@cache
def _told(columns: tuple[str, ...]) -> sa.Update:
    """The statement that sets these columns of a pull's record, or adds to them, made once."""
    table = Pull.metadata.tables["pull"]
    values: dict[str, Any] = {}
    for given in columns:
        name = given.removeprefix("more_")
        number = sa.bindparam(given, type_=table.c[name].type)
        values[name] = number if given == name else table.c[name] + number
    return sa.update(table).where(table.c.id == sa.bindparam("key")).values(values)


def settle(held: Claim, end: Ending, rules: str, started: datetime, now: datetime, seconds: float) -> None:
    """Give the lease back with how it went and when to come again; raise Lost when it is no longer ours.

    Two statements and a look at the host, for this is what every visit costs that finds nothing new.
    """
    end = _blamed(held, end, now)
    read = end.outcome in READ
    values = _condition(held, end, now, read)
    if read:
        values |= {"last_ok_at": now, "complete_to": started, "vocabulary": rules}
    known = {"key": held.subscription_id, "token": held.token, "due": held.due}
    given = {f"to_{name}": value for name, value in values.items()}
    done = db.session.execute(_settled(tuple(values)), known | given)
    if not done.rowcount:  # type: ignore[attr-defined]
        raise Lost(f"somebody else works on {held.address} now")
    tell(held, figures(end.cost), outcome=end.outcome, message=end.message, seconds=seconds)


@cache
def _settled(columns: tuple[str, ...]) -> sa.Update:
    """The statement for these columns, made once; whoever woke the address meanwhile has the last word on its due."""
    table = Subscription.metadata.tables["subscription"]
    values: dict[str, Any] = {name: sa.bindparam(f"to_{name}", type_=table.c[name].type) for name in columns}
    is_as_claimed = table.c.next_due == sa.bindparam("due", type_=table.c.next_due.type)
    for name in UNLESS_WOKEN & values.keys():
        values[name] = sa.case((is_as_claimed, values[name]), else_=table.c[name])
    mine = sa.and_(table.c.id == sa.bindparam("key"), table.c.lease_token == sa.bindparam("token"))
    return sa.update(table).where(mine).values(values)


def figures(cost: Cost) -> dict[str, float]:
    """What it cost, as the pull's record names it."""
    return {"requests": cost.requests, "bytes": cost.bytes, "cost_usd": cost.usd}


def _blamed(held: Claim, end: Ending, now: datetime) -> Ending:
    """Tell what became known of the host; an address is not blamed for a silence that may be our own."""
    if not end.unreachable:
        if end.outcome in READ or end.cost.requests or end.limited:
            hosts.note_answer(held.host, now, end.wish if end.limited else None)
        return end
    if hosts.note_silence(held.host, held.subscription_id, now):
        return end
    words = f"{end.message}; nobody else answered since, so it is tried again before it counts"
    return Ending(Outcome.LATER, words, None, end.cost, end.cursor, unreachable=True)


def _condition(held: Claim, end: Ending, now: datetime, read: bool) -> dict[str, Any]:
    new = after(held.condition, end.outcome, now, end.poison)
    values: dict[str, Any] = {"state": new.state, "state_since": new.since, "failures": new.failures}
    values |= {"lease_until": None, "lease_token": None}
    if not end.unreachable or end.outcome is not Outcome.LATER:
        values["last_error"] = end.message
    values["held_until"] = None if read else end.wish
    if end.cursor is not None:
        values["cursor"] = dict(end.cursor)
    if end.title:
        values["title"] = storable(end.title, TITLE_LIMIT)
    soon = FIRST_RETRY if end.unreachable and end.outcome is Outcome.LATER else EVERY
    values["next_due"] = next_visit(new, now, soon, spread(f"{held.subscription_id} {now.timestamp()}"), end.wish)
    return values
