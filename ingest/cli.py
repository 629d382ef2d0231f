"""`advocacy ingest` and `advocacy worker`: pull now, tell how the sources are, or keep working."""

import logging
import os
import signal
import threading
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import click
import sqlalchemy as sa
from flask import Flask, current_app
from flask.cli import with_appcontext

from advocacy import running
from advocacy.cli.console import Exit, Stop, as_json, bar, examples, say, table
from advocacy.domain.activity import Platform
from advocacy.models.accounts import Account, Subscription
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.models.runs import Run
from advocacy.remap import remap_now
from ingest import claims, registry, worker
from ingest.selection import Selection
from ingest.summary import summary
from ingest.sweep import Hands, sweep


@click.group()
def ingest() -> None:
    """Pull what people published."""


@ingest.command(epilog=examples("ingest run --due", "ingest run --account asha@example.org --platform feed --json"))
@click.option(
    "--account", "handles", multiple=True, metavar="EMAIL|ID|HANDLE", help="Only these accounts (repeatable)."
)
@click.option("--platform", "platforms", multiple=True, metavar="PLATFORM", help="Only these platforms (repeatable).")
@click.option("--due", is_flag=True, help="Only what is due, not all that may be asked.")
@as_json
@with_appcontext
def run(handles: tuple[str, ...], platforms: tuple[str, ...], due: bool, as_json: bool) -> None:
    """Read the sources now, honouring leases and what platforms asked us to wait.

    Exit code 5 says that some source could not be read; everything else was stored.
    """
    hands = hands_of(current_app._get_current_object())  # type: ignore[attr-defined]
    wanted = Selection(accounts=_accounts(handles), platforms=_platforms(platforms), due_only=due)
    with bar("evidence", None) as report:
        remap_now(hands.rules, hands.clock, report)
    with bar("sources", claims.count(wanted, hands.clock())) as report:
        done = _Sum(report)
        run_id = sweep(hands, wanted, "ingest run", done.add)
    told = summary(run_id)
    say(told) if as_json else _show(told, hands.sources)
    if told["errors"]:
        raise Stop(f"addresses that could not be read: {len(told['errors'])}; the others were stored.", Exit.PARTLY)


@ingest.command()
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


@click.command("worker")
@click.option("--until-eof", is_flag=True, hidden=True, help="End when standard input does: `serve` holds it open.")
@with_appcontext
def run_worker(until_eof: bool) -> None:
    """Keep reading what is due and doing what pages ask for, until a signal; running work is finished first."""
    if until_eof:
        threading.Thread(target=_end_with_input, name="parent", daemon=True).start()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("huey").setLevel(logging.WARNING)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    settings = running.settings()
    hands = hands_of(app)
    worker.Worker(hands, worker.queue(hands, settings.data_dir, settings.secret_key)).run()


def _end_with_input() -> None:
    """Whoever started us is no more: end as if asked to."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def hands_of(app: Flask) -> Hands:
    """What a sweep of this app works with."""
    settings = running.settings()
    return Hands(
        app=app,
        sources=registry.build(settings),
        rules=running.in_force(),
        clock=running.clock(),
        threads=settings.worker.threads,
        lease=timedelta(seconds=settings.worker.lease_seconds),
    )


class _Sum:
    def __init__(self, report: Any) -> None:
        self._report, self._done = report, 0

    def add(self, more: int) -> None:
        self._done += more
        self._report(self._done, None)


def _accounts(words: tuple[str, ...]) -> frozenset[int] | None:
    """The accounts that the words name: a person's address, an account's number or handle."""
    if not words:
        return None
    found: set[int] = set()
    for word in words:
        query = sa.select(Account.id).join(Person, Person.id == Account.person_id)
        number = int(word) if word.isdigit() else 0
        named = sa.or_(Person.email == word.lower(), Account.handle == word, Account.id == number)
        ids = db.session.scalars(query.where(named)).all()
        if not ids:
            raise Stop(f"no account is called {word!r}: give a person's e-mail, a handle or a number", Exit.NOT_FOUND)
        found.update(ids)
    db.session.rollback()
    return frozenset(found)


def _platforms(words: tuple[str, ...]) -> frozenset[Platform] | None:
    try:
        return frozenset(Platform(word.lower()) for word in words) or None
    except ValueError as error:
        wrong = next(word for word in words if word.lower() not in set(Platform))
        raise Stop(f"{wrong!r} is no platform we know: {', '.join(Platform)}", Exit.INPUT) from error


def _last_run() -> str | None:
    last = db.session.scalar(sa.select(sa.func.max(Run.started_at)))
    return last.isoformat() if last else None


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


def _show(told: dict[str, Any], readable: Iterable[Platform]) -> None:
    if not told["platforms"]:
        click.echo(
            f"Nothing was to be read. This version reads {', '.join(readable)}; `advocacy ingest status` tells when."
        )
        return
    columns = ("accounts", "requests", "seen", "new", "changed", "same", "skipped", "poison", "seconds")
    rows = [(platform, *(figures[name] for name in columns)) for platform, figures in told["platforms"].items()]
    table(("platform", *columns), rows)
    for error in told["errors"]:
        click.echo(f"{error['address']}: {error['message']}", err=True)
