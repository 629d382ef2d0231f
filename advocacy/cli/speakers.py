"""`advocacy speakers`: the public directory as files, and speakers files laid before the people they are about."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from advocacy import running, speaker_import
from advocacy.catching_up import catch_up
from advocacy.cli.console import Exit, Stop, as_json, examples, say, table
from advocacy.domain.finding.wish import Wish, is_zone
from advocacy.domain.profile import FORMATS
from advocacy.finding import find as finding
from advocacy.finding import told
from advocacy.finding.find import Found, Speaker
from advocacy.models import audit
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


@speakers.command(
    epilog=examples('speakers find "Kubernetes storage, Bangalore"', "speakers find etcd --language German --json")
)
@click.argument("question")
@click.option("--language", default="", help="Only who speaks it.")
@click.option("--place", default="", help="Only who lives in or travels to that town, country or continent.")
@click.option("--zone", default="", help="Only who is up at the hours of that time zone, like Asia/Kolkata.")
@click.option("--form", type=click.Choice(FORMATS), default=None, help="Only who likes to speak in that form.")
@click.option("--months", type=click.IntRange(1, 999), default=None, help="Only with a work within so many months.")
@click.option("--given", type=click.IntRange(1, 999), default=None, help="Only who gave so many talks and trainings.")
@click.option("--willing", is_flag=True, help="Only who says that they like to speak.")
@click.option("--most", type=click.IntRange(1, 200), default=10, help="How many people.", show_default=True)
@as_json
@with_appcontext
def find(question: str, most: int, as_json: bool, **said: str | int | bool | None) -> None:
    """Who can speak about QUESTION: a topic, words, a place, a time, as one would ask a colleague.

    Only people who let marketing find them, by what they confirmed and released to marketing; new voices come after.
    """
    if said["zone"] and not is_zone(str(said["zone"])):
        raise Stop(f"{said['zone']!r} is no time zone: write one like Asia/Kolkata", Exit.INPUT)
    catch_up()
    wish = Wish(**{name: value for name, value in said.items() if value})  # type: ignore[arg-type]  # as declared above
    now = running.now()
    found = finding.ask(question, wish, running.in_force(), now.date(), now, size=most)
    for one in (*found.speakers, *found.voices):
        audit.record("speakers.found", now, actor=None, about=one.person_id)
    db.session.commit()
    if as_json:
        say(told.as_json(found))
    else:
        _show(found)


def _show(found: Found) -> None:
    for note in found.question.notes:
        click.echo(f"{note}.")
    columns = ("Points", "Name", "Works", "Given", "Newest", "Ahead", "Best receipt")
    table(columns, [_answer(one) for one in found.speakers])
    if found.voices:
        beside = f" {found.beside.name} could speak beside one of them." if found.beside else ""
        click.echo(f"New voices, of whom no talk is shown yet.{beside}")
        table(columns, [_answer(one) for one in found.voices])
    if found.private:
        click.echo(f"{found.private} matching people are private.")


def _answer(one: Speaker) -> tuple[object, ...]:
    ranked, best = one.ranked, one.proofs[0].title if one.proofs else ""
    return (f"{ranked.score:g}", one.name, ranked.works, ranked.delivered, ranked.last, one.load.total, best)


def _row(one: Handed) -> tuple[str, str, str]:
    return one.file, one.person, f"{IN_WORDS[one.outcome]}{': ' if one.why else ''}{one.why}"
