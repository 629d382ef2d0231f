"""`advocacy import`: take in an archive or a table that a person gave, or only look at it."""

from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from advocacy import running
from advocacy.cli.console import Exit, Stop, as_json, bar, examples, say, table
from advocacy.domain.archive_kinds import BY_KIND
from advocacy.domain.columns import BadColumns, pair
from advocacy.models import roster
from ingest import imports
from ingest.bundle import BadArchive
from ingest.import_order import Order

SHOWN = 10  #: rows with a fault that are told in words


@click.command(
    "import",
    epilog=examples(
        "import x-archive asha@example.org twitter-2026-11-01.zip --dry-run",
        'import csv asha@example.org talks.csv --map "Held on=date"',
        'import pretalx asha@example.org schedule.json --speaker "Asha Rao"',
    ),
)
@click.argument("kind", metavar="KIND", type=click.Choice(list(BY_KIND)))
@click.argument("email")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would become of each row; nothing is written.")
@click.option("--account", "handle", default="", metavar="HANDLE", help="Whose archive it is, if not the only one.")
@click.option("--map", "pairs", multiple=True, metavar="COLUMN=FIELD", help="What a column of a table is (repeatable).")
@click.option("--speaker", "speakers", multiple=True, metavar="NAME", help="The person's name in a schedule.")
@click.option("--event", default="", metavar="NAME", help="The event, where its schedule does not name it.")
@click.option("--agreed", is_flag=True, help="The person agreed to it, on paper or by mail.")
@as_json
@with_appcontext
def take_in(
    kind: str,
    email: str,
    path: Path,
    dry_run: bool,
    handle: str,
    pairs: tuple[str, ...],
    speakers: tuple[str, ...],
    event: str,
    agreed: bool,
    as_json: bool,
) -> None:
    """Take in the archive or table at PATH for the person; the same file twice changes nothing.

    KIND is one of x-archive, reddit-export, linkedin-export, csv, jsonl, ics, sessionize, pretalx. Exit code 5 says
    that some rows could not be understood; everything else was stored.
    """
    order = Order(
        kind=kind,
        path=path,
        name=path.resolve().name,
        person_id=roster.by_email(email).id,
        handle=handle,
        speakers=speakers,
        columns=tuple(map(_pair, pairs)),
        event=event,
        agreed=agreed,
    )
    told = _do(order, dry_run)
    say(told) if as_json else _show(told, dry_run)
    if told["counts"]["errors"]:
        raise Stop(
            f"rows that could not be understood: {told['counts']['errors']}; mend them, and give it again.", Exit.PARTLY
        )


def _do(order: Order, dry_run: bool) -> dict[str, Any]:
    rules, clock = running.in_force(), running.clock()
    try:
        with bar("rows", None) as report:
            if dry_run:
                return imports.preview(order, rules, clock(), report)
            return imports.take(order, rules, clock, report)
    except BadArchive as error:
        raise Stop(f"{error}.", Exit.INPUT) from error


def _pair(words: str) -> tuple[str, str]:
    try:
        return pair(words)
    except BadColumns as error:
        raise Stop(f"--map {error}", Exit.INPUT) from error


def _show(told: dict[str, Any], dry_run: bool) -> None:
    counts, account = told["counts"], told["account"]
    would = "would be " if dry_run else ""
    made = " (new)" if account["is_new"] else ""
    click.echo(
        f"{told['name']}, as {account['platform']} {account['handle']}{made}: {counts['read']} rows, "
        f"{counts['new']} {would}new, {counts['changed']} {would}changed, {counts['same']} the same, "
        f"{counts['skipped']} not kept, {counts['errors']} not understood."
    )
    if told["covered"]:
        click.echo(f"It holds everything from {told['covered']['since'][:10]} to {told['covered']['until'][:10]}.")
    if told["skipped"]:
        table(("not kept", "rows", "for example"), [_skipped(row) for row in told["skipped"]])
    for words in told["notes"]:
        click.echo(f"{words[0].upper()}{words[1:]}.")
    for error in told["errors"][:SHOWN]:
        click.echo(f"{error['where']}: {error['what']}; {error['mend']}.", err=True)
    if told["batch"]:
        click.echo(f"`advocacy imports undo {told['batch']}` takes it back.")


def _skipped(row: dict[str, Any]) -> tuple[object, ...]:
    return row["reason"], row["count"], row["examples"][0]
