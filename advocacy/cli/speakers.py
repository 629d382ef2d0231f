"""`advocacy speakers`: the public directory as files, and speakers files laid before the people they are about."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from advocacy import running, speaker_import
from advocacy.cli.console import Exit, Stop, as_json, examples, say, table
from advocacy.models.base import db
from advocacy.speaker_import import Handed, Outcome
from advocacy.speaker_pages import folder, pages
from advocacy.speaker_pages.folder import NotOurs

IN_WORDS = {
    Outcome.HANDED: "waits for their answer on their profile",
    Outcome.KNOWN: "known already, nothing changes",
    Outcome.REFUSED: "not handed in",
}


@click.group()
def speakers() -> None:
    """The speakers directory."""


@speakers.command(epilog=examples("speakers export public", "speakers export public --json"))
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@as_json
@with_appcontext
def export(directory: Path, as_json: bool) -> None:
    """Write the public directory into DIRECTORY: speakers/NAME.md, web pages, portraits.

    Only what people approved and show to everybody. Files of people who are not in the directory any more go; files
    that this command did not write stay.
    """
    with current_app.test_request_context():
        files = pages.files()
    try:
        put = folder.put(directory, files)
    except NotOurs as error:
        raise Stop(f"{error}. Nothing was written: take an empty folder, or move it away.", Exit.INPUT) from error
    people = sum(name.endswith(".md") for name in files)
    if as_json:
        lists = {name: list(getattr(put, name)) for name in ("written", "same", "removed")}
        say({"directory": str(directory), "speakers": people, **lists})
    else:
        counts = f"{len(put.written)} files written, {len(put.same)} the same, {len(put.removed)} removed"
        click.echo(f"{people} speakers in {directory}: {counts}.")


@speakers.command("import", epilog=examples("speakers import speakers/*.md", "speakers import asha-rao.md --json"))
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@as_json
@with_appcontext
def take_in(files: tuple[Path, ...], as_json: bool) -> None:
    """Lay speakers FILES before the people they are about, who take them in or leave them.

    A file says whose it is by a field “Email”, by the handle of a connected account, or by the name in its heading.
    """
    found = [speaker_import.hand(file, running.now()) for file in files]
    db.session.commit()
    if as_json:
        say({"files": [one.told() for one in found]})
    else:
        table(("File", "Person", "What became of it"), [_row(one) for one in found])
    if any(one.outcome is Outcome.REFUSED for one in found):
        raise click.exceptions.Exit(int(Exit.INPUT))


def _row(one: Handed) -> tuple[str, str, str]:
    return one.file, one.person, f"{IN_WORDS[one.outcome]}{': ' if one.why else ''}{one.why}"
