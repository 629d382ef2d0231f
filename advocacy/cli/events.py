"""`advocacy events`: the company's calendar of events, listed, and files read into it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from advocacy import event_reading, running
from advocacy.cli.console import Exit, Stop, as_json, examples, say, table
from advocacy.domain.event_files.told import NoEvents, Told, Wrong
from advocacy.domain.event_matching import Plan
from advocacy.models.base import Row, db
from advocacy.models.talks import event_imports, event_list
from advocacy.models.talks.event_list import Look

NOBODY = 0  #: who sees the company's events alone


@click.group()
def events() -> None:
    """Events and their calls for proposals."""


@events.command("import", epilog=examples("events import devops-2026.json python-2026.json"))
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--called", default="", help="What the event is called (Sessionize does not say).")
@click.option("--dry-run", is_flag=True, help="Only say what would become of it; nothing is kept.")
@as_json
@with_appcontext
def import_(files: Sequence[Path], called: str, dry_run: bool, as_json: bool) -> None:
    """Read FILES into the company's calendar: confs.tech, ICS, CSV, pretalx, Sessionize."""
    read = [(file, _read(file, called)) for file in files]
    done = [(file, *_take(file, rows)) for file, rows in read]
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    if as_json:
        say(_told(done, dry_run))
    else:
        _show(done, dry_run)
    if any(plan.wrong for _, plan, _ in done):
        raise click.exceptions.Exit(Exit.PARTLY)


@events.command("list", epilog=examples("events list --closing 14"))
@click.option(
    "--closing", type=click.IntRange(0, 3660), metavar="DAYS", help="Only calls that close within so many days."
)
@as_json
@with_appcontext
def list_(closing: int | None, as_json: bool) -> None:
    """The company's events to come, the next call to close first."""
    rows, _ = event_list.page(NOBODY, Look(closing=closing), running.now().date(), everything=True)
    if as_json:
        say({"events": [_event(row) for row in rows]})
    else:
        shown = [
            (r.cfp_closes if r.calls else None, r.starts, r.name, r.place or ("online" if r.online else ""))
            for r in rows
        ]
        table(("Call closes", "Begins", "Name", "Place"), shown)


def _read(file: Path, called: str) -> list[Told | Wrong]:
    try:
        return event_reading.read(file.read_text("utf-8-sig"), file.name, "UTC", called)
    except UnicodeDecodeError as error:
        raise Stop(f"{file.name} is not written in UTF-8: save it so", Exit.INPUT) from error
    except NoEvents as error:
        raise Stop(f"{file.name}: {error}", Exit.INPUT) from error


def _take(file: Path, rows: list[Told | Wrong]) -> tuple[Plan, int]:
    """Each file against the calendar as the ones before it leave it."""
    plan = event_reading.plan(rows, file.name, running.in_force())
    return plan, event_imports.take(plan, file.name, None, running.now()).id


def _told(done: Sequence[tuple[Path, Plan, int]], dry_run: bool) -> dict[str, Any]:
    files = [
        {
            **{"file": file.name, "import": None if dry_run else number},
            **{name: count for name, count in plan.counts.items() if name != "refused"},
            "refused": [{"where": one.where, "why": one.why} for one in plan.wrong],
        }
        for file, plan, number in done
    ]
    sums = {name: sum(plan.counts[name] for _, plan, _ in done) for name in ("new", "changed", "same", "refused")}
    return {"dry_run": dry_run, **sums, "files": files}


def _show(done: Sequence[tuple[Path, Plan, int]], dry_run: bool) -> None:
    for file, plan, _ in done:
        click.echo(f"{file.name}: {plan.words}{' (nothing is kept)' if dry_run else ''}")
        for one in plan.wrong:
            click.echo(f"  {one.where}: {one.why}.", err=True)
    if len(done) > 1:
        sums = _told(done, dry_run)
        click.echo(f"In all: {sums['new']} new, {sums['changed']} changed, {sums['same']} as they were.")


def _event(row: Row) -> dict[str, Any]:
    days = {name: day.isoformat() if (day := getattr(row, name)) else None for name in ("starts", "ends", "cfp_closes")}
    words = {name: getattr(row, name) for name in ("name", "place", "country", "online", "url", "cfp_url")}
    lists = {"languages": list(row.languages), "topics": list(row.topics)}
    return {"event": row.id, **words, **days, **lists, "called_off": row.off_at is not None}
