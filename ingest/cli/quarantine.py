"""`advocacy ingest quarantine`: what could not be read or stored, and trying it again."""

from dataclasses import asdict
from typing import Any

import click
from flask.cli import with_appcontext

from advocacy import running
from advocacy.cli.console import as_json, examples, say, table
from advocacy.models.base import Row, db
from ingest.quarantine import waiting
from ingest.retry import Retried, retry

BEGINNING = 60  #: characters of a raw form that a table shows


@click.command(epilog=examples("ingest quarantine", "ingest quarantine --retry --json"))
@click.option("--retry", "again", is_flag=True, help="Try all of it again, after a fix.")
@as_json
@with_appcontext
def quarantine(again: bool, as_json: bool) -> None:
    """What could not be read or stored, in its raw form; with --retry it is tried again."""
    done = retry(running.in_force(), running.now()) if again else None
    rows = waiting()
    db.session.rollback()
    if as_json:
        say({"retried": done and asdict(done), "items": [_told(row) for row in rows]})
        return
    if done:
        click.echo(_words(done))
    if rows:
        table(("id", "address", "seen", "why", "raw form"), [_row(row) for row in rows])
    else:
        click.echo("Nothing is in quarantine.")


def _words(done: Retried) -> str:
    return (
        f"{done.mended} mended, {done.refused} refused again, {done.asked_again} to be read again with their address: "
        "`advocacy ingest run --due` does it now."
    )


def _told(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "address": row.address,
        "seen_at": row.seen_at.isoformat(timespec="seconds"),
        "reason": row.reason,
        "raw": row.raw.decode("utf-8", "replace"),
    }


def _row(row: Row) -> tuple[object, ...]:
    raw = row.raw.decode("utf-8", "replace")
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in raw[:BEGINNING])
    return row.id, row.address, f"{row.seen_at:%Y-%m-%d}", row.reason, f"{shown} … ({len(row.raw)} bytes)"
