"""`advocacy progress`: where a person stands on every sentence of the role page."""

from typing import Any

import click
from flask.cli import with_appcontext

from advocacy import running
from advocacy.cli.console import as_json, examples, say, table
from advocacy.domain import period as periods
from advocacy.models import board as boards
from advocacy.models import roster
from advocacy.models.base import Missing
from advocacy.models.board import Board, Line
from advocacy.models.sqlite import reading

SHAPES = {"covered": "●", "getting_there": "◐", "no_evidence_yet": "○", "cant_tell": "?", "not_measured": "–"}


@click.command(epilog=examples("progress asha@example.org", "progress asha@example.org --period 2026-Q4 --json"))
@click.argument("email")
@click.option("--period", "words", metavar="PERIOD", help="2026, 2026-H2, 2026-Q4 or 2026-10 (default: this quarter).")
@as_json
@with_appcontext
def progress(email: str, words: str | None, as_json: bool) -> None:
    """Where EMAIL stands against the role page in a period."""
    with reading():
        now = running.now()
        person = roster.by_email(email)
        period = periods.parse(words) if words is not None else boards.default_period(person, now)
        if not roster.roles_of([person.id]):
            raise Missing(f"{person.name} has no role to be judged by: `advocacy people role {email} SLUG` gives one")
        found = boards.board(person, period, now, running.in_force())
    if as_json:
        say(told(found))
    else:
        click.echo(f"{found.person.name}, {found.role_title}, {found.period.label}")
        table(("", "", "of", "newest", "expectation"), [_row(line) for line in found.lines])


def told(board: Board) -> dict[str, Any]:
    """The board in the shape of docs/interfaces/progress.schema.json."""
    return {
        "person": board.person.email,
        "role": board.role_slug,
        "period": board.period.label,
        "expectations": [_line(line) for line in board.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    stand = line.progress
    return {
        "id": line.key,
        "rule": line.rule,
        "section": line.section_title,
        "text": line.text,
        "state": stand.state.value,
        "count": stand.count,
        "target": stand.target,
        "newest": stand.newest and stand.newest.isoformat(),
        "complete_from": stand.complete_from and stand.complete_from.isoformat(),
    }


def _row(line: Line) -> tuple[object, ...]:
    stand = line.progress
    return SHAPES[stand.state], stand.count, stand.target, stand.newest, line.text
