"""`advocacy ingest status`: how every polled address is doing."""

from collections.abc import Mapping
from typing import Any

import click
import sqlalchemy as sa
from flask.cli import with_appcontext

from advocacy import running
from advocacy.cli.console import as_json, say, table
from advocacy.models import platforms
from advocacy.models.accounts import Gap, Subscription
from advocacy.models.base import db
from advocacy.models.runs import Run
from ingest import registry


@click.command()
@as_json
@with_appcontext
def status(as_json: bool) -> None:
    """How every polled address is doing."""
    gaps = _gaps()
    rows = [_told(row, gaps.get(row.id, [])) for row in _subscriptions()]
    found: dict[str, Any] = {"last_run": _last_run(), "platforms": _platforms(), "subscriptions": rows}
    if as_json:
        say(found)
        return
    click.echo(f"Last run: {found['last_run'] or 'never'}")
    for one in found["platforms"]:
        click.echo(_in_words(one))
    columns = ("state", "platform", "address", "last_ok", "next", "complete_from", "error")
    table((*columns, "gaps"), [(*(row[name] for name in columns), len(row["gaps"]) or "") for row in rows])


def _platforms() -> list[dict[str, Any]]:
    """Those that are read or wait for something to be mended, with the month's money where they cost any."""
    settings, now = running.settings(), running.now()
    unready, spent = {one.platform: one for one in platforms.unready()}, platforms.spent(now.date())
    built, budgets = registry.build(settings), registry.budgets(settings)
    refused = {platform: one.message for platform, one in unready.items() if platform in built.ready}
    why = {**built.unready, **refused}
    return [
        {
            "platform": platform.value,
            "ready": platform not in why,
            "message": why.get(platform, ""),
            "spent_usd": spent.get(platform, 0.0) if platform in budgets else None,
            "budget_usd": budgets.get(platform),
        }
        for platform in sorted({*built.ready, *built.unready})
    ]


def _in_words(one: Mapping[str, Any]) -> str:
    money = ""
    if one["budget_usd"] is not None:
        money = f"; {one['spent_usd']:.2f} of {one['budget_usd']:.2f} USD spent this month"
    return f"{one['platform']}: {'ready' if one['ready'] else one['message']}{money}"


def _last_run() -> str | None:
    last = db.session.scalar(sa.select(sa.func.max(Run.started_at)))
    return last.isoformat(timespec="seconds") if last else None


def _subscriptions() -> list[Subscription]:
    return list(db.session.scalars(sa.select(Subscription).order_by(Subscription.platform, Subscription.address)))


def _gaps() -> dict[int, list[dict[str, str]]]:
    """The stretches that could not be seen, by subscription."""
    found: dict[int, list[dict[str, str]]] = {}
    for gap in db.session.scalars(sa.select(Gap).order_by(Gap.since, Gap.id)):
        moments = {"since": gap.since.isoformat(timespec="seconds"), "until": gap.until.isoformat(timespec="seconds")}
        found.setdefault(gap.subscription_id, []).append({**moments, "why": gap.why})
    return found


def _told(row: Subscription, gaps: list[dict[str, str]]) -> dict[str, Any]:
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
        "complete_why": row.complete_why,
        "gaps": gaps,
    }
