"""What a run came to."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from advocacy.domain.health import Outcome
from advocacy.models import platforms
from advocacy.models.accounts import Account, Subscription
from advocacy.models.base import db
from advocacy.models.runs import Pull

FIGURES = ("requests", "bytes", "seen", "new", "changed", "same", "deleted", "skipped", "poison")
TROUBLE = (Outcome.FAILED, Outcome.REFUSED, Outcome.GONE, Outcome.MISCONFIGURED, Outcome.LATER, Outcome.LOST)


def summary(run_id: int) -> dict[str, Any]:
    """What a run came to, in the shape of docs/interfaces/ingest-run.schema.json."""
    return {
        "run": run_id,
        "platforms": dict(_platforms(run_id)),
        "unready": {one.platform.value: one.message for one in platforms.unready() if one.addresses},
        "errors": list(_errors(run_id)),
    }


def _platforms(run_id: int) -> Iterable[tuple[str, dict[str, Any]]]:
    sums = [
        sa.func.coalesce(sa.func.sum(getattr(Pull, name)), 0).label(name) for name in (*FIGURES, "cost_usd", "seconds")
    ]
    accounts = (
        sa.select(Account.subscription_id, sa.func.count().label("n")).group_by(Account.subscription_id).subquery()
    )
    query = (
        sa.select(Pull.platform, sa.func.coalesce(sa.func.sum(accounts.c.n), 0).label("accounts"), *sums)
        .add_columns(sa.func.min(Subscription.next_due).label("next_at"))
        .join(Subscription, Subscription.id == Pull.subscription_id)
        .outerjoin(accounts, accounts.c.subscription_id == Subscription.id)
        .where(Pull.run_id == run_id)
        .group_by(Pull.platform)
        .order_by(Pull.platform)
    )
    for row in db.session.execute(query):
        figures = {name: int(getattr(row, name)) for name in ("accounts", *FIGURES)}
        money = {"cost_usd": round(float(row.cost_usd), 6), "seconds": round(float(row.seconds), 3)}
        yield row.platform.value, {**figures, **money, "next_at": row.next_at and row.next_at.isoformat()}


def _errors(run_id: int) -> Iterable[dict[str, Any]]:
    query = (
        sa.select(Subscription.platform, Subscription.address, Pull.outcome, Pull.message, Subscription.next_due)
        .join(Subscription, Subscription.id == Pull.subscription_id)
        .where(Pull.run_id == run_id, Pull.outcome.in_(TROUBLE))
        .order_by(Subscription.address)
    )
    for row in db.session.execute(query):
        yield {
            "platform": row.platform.value,
            "address": row.address,
            "outcome": row.outcome.value,
            "message": row.message,
            "next_at": row.next_due and row.next_due.isoformat(),
        }
