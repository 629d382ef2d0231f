"""`advocacy profile export` and `import`: a person's `speakers/<name>.md`, out and in."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from advocacy import profile_file, running
from advocacy.cli.console import Exit, Stop, examples
from advocacy.domain.speakers.shape import NotASpeaker
from advocacy.models import audit, roster
from advocacy.models.audience import Audience
from advocacy.models.base import db

FILE = click.Path(path_type=Path)


@click.group()
def profile() -> None:
    """People's speakers files."""


@profile.command(
    "export", epilog=examples("profile export asha@example.org", "profile export asha@example.org --to speakers")
)
@click.argument("email")
@click.option("--to", type=FILE, help="The file, or a folder for a file named after the person.")
@click.option(
    "--as",
    "audience",
    type=click.Choice([one.value for one in Audience]),
    default=Audience.EVERYBODY.value,
    show_default=True,
    help="Only the blocks that these may see; `owner` is all of it.",
)
@with_appcontext
def export(email: str, to: Path | None, audience: str) -> None:
    """Write the speakers file of EMAIL, to the terminal or to a file; its person sees that all of it was written."""
    person = roster.by_email(email)
    if audience == Audience.OWNER:
        audit.record("profile.printed", running.now(), actor=None, about=person.id)
        db.session.commit()
    text = profile_file.out(person, Audience(audience), found=audience != Audience.OWNER)
    if to is None:
        click.echo(text, nl=False)
        return
    file = to / f"{profile_file.name_of(person)}.md" if to.is_dir() else to
    file.write_bytes(text.encode())
    click.echo(f"{file} is written, with what {audience} may see.", err=True)


@profile.command("import", epilog=examples("profile import asha@example.org speakers/asha-rao.md"))
@click.argument("email")
@click.argument("file", type=FILE)
@with_appcontext
def take_in(email: str, file: Path) -> None:
    """Take FILE in as the profile of EMAIL; nobody sees more of it than its person chose."""
    person = roster.by_email(email)
    try:
        profile_file.take_in(person, file.read_bytes().decode(), running.now())
    except (NotASpeaker, UnicodeDecodeError) as error:
        words = error if isinstance(error, NotASpeaker) else "it is no text in UTF-8"
        raise Stop(f"{file} is no speakers file: {words}.", Exit.INPUT) from error
    audit.record("profile.imported", running.now(), actor=None, about=person.id, name=file.name)
    db.session.commit()
    click.echo(f"{person.name}: taken in. Each block is seen by whom its person chose; at first by nobody else.")
