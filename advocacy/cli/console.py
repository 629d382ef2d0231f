"""How commands speak: tables and bars for people, JSON for machines, errors with exit codes."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table


class Exit(IntEnum):
    """Documented in `advocacy --help`."""

    DONE = 0
    FAULT = 1
    INPUT = 2
    SETUP = 3
    NOT_FOUND = 4
    PARTLY = 5
    INTERRUPTED = 130
    UNREAD = 141


class Stop(click.ClickException):
    """A command ends here, with what happened and how to mend it."""

    def __init__(self, message: str, code: Exit) -> None:
        super().__init__(message)
        self.exit_code = int(code)  # type: ignore[misc]  # Click reads it off the instance


DAY = click.DateTime(["%Y-%m-%d"])

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON (docs/interfaces/) instead of words.")


def examples(*lines: str) -> str:
    """An epilog for `--help`, a line for each example, kept as they are."""
    return "\b\nFor example:\n" + "\n".join(f"  advocacy {line}" for line in lines)


class _Terminal(Console):
    """A console that lets a closed pipe be told like any other error."""

    def on_broken_pipe(self) -> None:
        raise


def say(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows as a table as wide as the terminal; plain when the output is no terminal."""
    shown = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        shown.add_row(*("" if cell is None else str(cell) for cell in row))
    _Terminal(width=None if sys.stdout.isatty() else 200, highlight=False, markup=False).print(shown)


@contextmanager
def bar(what: str, total: int | None) -> Iterator[Callable[[int, int | None], None]]:
    """A progress bar on the error stream while it is a terminal; give it (done, total)."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task(what, total=total)
        yield lambda done, of: progress.update(task, completed=done, total=of)
