"""`advocacy imports`: what was taken in, and taking it back."""

from dataclasses import asdict
from typing import Any

import click
from flask.cli import with_appcontext

from advocacy import running
from advocacy.cli.console import as_json, examples, say, table
from advocacy.models import import_batches, import_undoing, roster
from advocacy.models.base import db
from advocacy.models.import_batches import Batch


@click.group()
def imports() -> None:
    """Archives and tables that were taken in."""


@imports.command("list", epilog=examples("imports list asha@example.org --json"))
@click.argument("email")
@as_json
@with_appcontext
def list_(email: str, as_json: bool) -> None:
    """What was taken in for the person, the newest first."""
    found = [_told(one) for one in import_batches.of_person(roster.by_email(email).id)]
    db.session.rollback()
    if as_json:
        say({"imports": found})
        return
    columns = ("id", "at", "kind", "name", "handle", "state", "items", "brought")
    table(columns, [tuple(row[name] for name in columns) for row in found])


@imports.command(epilog=examples("imports undo 3"))
@click.argument("number", metavar="ID", type=click.IntRange(1, 2**31 - 1))
@as_json
@with_appcontext
def undo(number: int, as_json: bool) -> None:
    """Take back what only this import brought; what its person spoke of stays, and what came otherwise too."""
    done = import_undoing.undo(number, import_batches.whose(number), by=None, now=running.now())
    db.session.commit()
    if as_json:
        say({"import": number, **asdict(done)})
        return
    click.echo(
        f"{done.gone} items are gone. {done.held} stay, for they came otherwise too; "
        f"{done.spoken} stay, for their person said something of them."
    )


def _told(one: Batch) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "name": one.name,
        "platform": one.platform and one.platform.value,
        "handle": one.handle,
        "at": one.at.isoformat(timespec="seconds"),
        "ended_at": one.ended_at and one.ended_at.isoformat(timespec="seconds"),
        "undone_at": one.undone_at and one.undone_at.isoformat(timespec="seconds"),
        "state": one.state,
        "items": one.items,
        "brought": one.brought,
        "counts": dict(one.counts),
    }
