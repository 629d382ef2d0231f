"""What a visit leaves at its end: the leases given back with how it went, and when to come again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, TypeAlias

import sqlalchemy as sa

from advocacy.domain.health import FIRST_RETRY, Condition, Outcome, after, next_visit, spread
from advocacy.domain.normal import TITLE_LIMIT, storable
from advocacy.domain.outage import APIS
from advocacy.models import hosts
from advocacy.models.accounts import Subscription
from advocacy.models.base import db
from advocacy.models.runs import Pull
from ingest.claims import EVERY, Claim, Lost
from ingest.endings import Ending
from ingest.source import Cost

UNLESS_WOKEN = {"next_due", "vocabulary"}
Ended: TypeAlias = tuple[Claim, Ending]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What all endings of one batch have in common: by which rules it was read, when, and how long each took."""

    rules: str
    started: datetime
    now: datetime
    seconds: float


def fence(held: Claim) -> Subscription:
    """The row, locked, while the lease is still ours; raise Lost when it is not."""
    query = sa.select(Subscription).where(
        Subscription.id == held.subscription_id, Subscription.lease_token == held.token
    )
    subscription = db.session.scalar(query.with_for_update())
    if subscription is None:
        raise Lost(f"somebody else works on {held.address} now")
    return subscription


def tell(held: Claim, figures: Mapping[str, float], **more: Any) -> None:
    """Add figures to the pull's record, in the transaction under way, and set what else is known of it."""
    more |= {f"more_{name}": number for name, number in figures.items() if number}
    if more:
        db.session.execute(telling(tuple(more)), {**more, "key": held.pull_id})


@cache
def telling(columns: tuple[str, ...], many: bool = False) -> sa.Update:
    """The statement that sets these columns of a pull's record, or of many, or adds to them, made once."""
    table = Pull.metadata.tables["pull"]
    values: dict[str, Any] = {}
    for given in columns:
        name = given.removeprefix("more_")
        number = sa.bindparam(given, type_=table.c[name].type)
        values[name] = number if given == name else table.c[name] + number
    return sa.update(table).where(_named(table.c.id, many)).values(values)


def _named(column: sa.Column[int], many: bool) -> sa.ColumnElement[bool]:
    return column.in_(sa.bindparam("keys", expanding=True)) if many else column == sa.bindparam("key")


def settle(held: Claim, end: Ending, visit: Visit) -> None:
    """Give the lease back; raise Lost when it is no longer ours.

    Two statements and a look at the host, for this is what every visit costs that finds nothing new.
    """
    [(_, end)] = blamed([(held, end)], visit.now)
    values = condition_of(held, end, visit)
    known = {"key": held.subscription_id, "token": held.token, "due": held.due}
    given = {f"to_{name}": value for name, value in values.items()}
    done = db.session.execute(settling(tuple(values)), known | given)
    if not done.rowcount:  # type: ignore[attr-defined]
        raise Lost(f"somebody else works on {held.address} now")
    tell(held, figures(end.cost), **record_of(end, visit))


@cache
def settling(columns: tuple[str, ...], many: bool = False) -> sa.Update:
    """The statement for these columns, made once; whoever woke the address meanwhile has the last word on its due."""
    table = Subscription.metadata.tables["subscription"]
    values: dict[str, Any] = {name: sa.bindparam(f"to_{name}", type_=table.c[name].type) for name in columns}
    is_as_claimed = table.c.next_due == sa.bindparam("due", type_=table.c.next_due.type)
    for name in UNLESS_WOKEN & values.keys():
        values[name] = sa.case((is_as_claimed, values[name]), else_=table.c[name])
    mine = sa.and_(_named(table.c.id, many), table.c.lease_token == sa.bindparam("token"))
    return sa.update(table).where(mine).values(values)


def figures(cost: Cost) -> dict[str, float]:
    """What it cost, as the pull's record names it."""
    return {"requests": cost.requests, "bytes": cost.bytes, "cost_usd": cost.usd}


def record_of(end: Ending, visit: Visit) -> dict[str, Any]:
    """How it went, as the pull's record names it."""
    return {"outcome": end.outcome, "message": end.message, "seconds": visit.seconds}


def blamed(ends: Sequence[Ended], now: datetime) -> Sequence[Ended]:
    """Tell what became known of the host they share; no address is blamed for a silence that may be our own."""
    silent = [held.subscription_id for held, end in ends if end.unreachable]
    if silent:
        lead = next(held for held, end in ends if end.unreachable)
        if hosts.note_silence(lead.host, min(silent), now):
            return ends
        return [(held, _excused(end) if end.unreachable else end) for held, end in ends]
    spoke = [end for _, end in ends if end.is_read or end.spoke]
    if spoke:
        lead = ends[0][0]
        later = max((end.wish for end in spoke if end.limited and end.wish), default=None)
        for host in sorted({lead.host, APIS.get(lead.platform, lead.host)}) if later else [lead.host]:
            hosts.note_answer(host, now, later)
    return ends


def _excused(end: Ending) -> Ending:
    words = f"{end.message}; nobody else answered since, so it is tried again before it counts"
    return replace(end, outcome=Outcome.LATER, message=words, wish=None)


def condition_of(held: Claim, end: Ending, visit: Visit) -> dict[str, Any]:
    """What the subscription is to hold from now on; its columns."""
    now, new = visit.now, after(held.condition, end.outcome, visit.now, end.poison)
    values: dict[str, Any] = {"lease_until": None, "lease_token": None}
    if new != held.condition:
        values |= {"state": new.state, "state_since": new.since, "failures": new.failures}
    if end.is_read:
        values |= {"last_ok_at": now, "complete_to": visit.started, "vocabulary": visit.rules}
    if not end.unreachable or end.outcome is not Outcome.LATER:
        values["last_error"] = end.message
    values["held_until"] = None if end.is_read or end.closed else end.wish
    if end.cursor is not None:
        values["cursor"] = dict(end.cursor)
    if end.title:
        values["title"] = storable(end.title, TITLE_LIMIT)
    values["next_due"] = now if end.closed else _next_due(held, end, new, visit)
    return values


def _next_due(held: Claim, end: Ending, new: Condition, visit: Visit) -> datetime:
    """What is asked for together must stay together: it is spread by no chance, and waits no longer than it was told.

    A platform that refused us holds its addresses back itself: they stay due.
    """
    is_late = end.outcome is Outcome.LATER and (end.unreachable or held.is_shared)
    jitter = 0.0 if held.is_shared else spread(f"{held.subscription_id} {visit.now.timestamp()}")
    return next_visit(new, visit.now, FIRST_RETRY if is_late else EVERY, jitter, end.wish)
