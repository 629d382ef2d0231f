"""`advocacy ingest status`: how every polled address is doing."""

from typing import Any

import click
import sqlalchemy as sa
from flask.cli import with_appcontext

from advocacy.cli.console import as_json, say, table
from advocacy.models.accounts import Subscription
from advocacy.models.base import db
from advocacy.models.runs import Run


@click.command()
@as_json
@with_appcontext
def status(as_json: bool) -> None:
    """How every polled address is doing."""
    found: dict[str, Any] = {"last_run": _last_run(), "subscriptions": [_told(row) for row in _subscriptions()]}
    if as_json:
        say(found)
        return
    click.echo(f"Last run: {found['last_run'] or 'never'}")
    columns = ("state", "platform", "address", "last_ok", "next", "complete_from", "error")
    table(columns, [tuple(row[name] for name in columns) for row in found["subscriptions"]])


def _last_run() -> str | None:
    last = db.session.scalar(sa.select(sa.func.max(Run.started_at)))
    return last.isoformat(timespec="seconds") if last else None


def _subscriptions() -> list[Subscription]:
    return list(db.session.scalars(sa.select(Subscription).order_by(Subscription.platform, Subscription.address)))


def _told(row: Subscription) -> dict[str, Any]:
    moments = {
        "last_try": row.last_try_at,
        "last_ok": row.last_ok_at,
        "next": row.next_due,
        "complete_from": row.complete_from,
        "complete_to": row.complete_to,
    }
    return {
        "platform": row.platform.value,
        "address": row.address,
        "title": row.title,
        "state": row.state.value,
        "failures": row.failures,
        "error": row.last_error,
        **{name: at and at.isoformat(timespec="seconds") for name, at in moments.items()},
    }
