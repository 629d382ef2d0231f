"""`advocacy db`: the schema."""

import click
import flask_migrate
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext

from advocacy import running
from advocacy.cli.console import Exit, Stop, as_json, say
from advocacy.models import generations
from advocacy.models.base import db as database
from advocacy.models.schema import revision


@click.group()
def db() -> None:
    """The database's schema."""


@db.command()
@as_json
@with_appcontext
def upgrade(as_json: bool) -> None:
    """Bring the database to this version's schema; nothing is lost, twice changes nothing."""
    before = revision()
    to_newest()
    if as_json:
        say({"from": before, "to": revision()})
    else:
        click.echo(f"The schema is at {revision()}" + (", as it was." if before == revision() else "."))


def to_newest() -> None:
    """Upgrade the schema and see to it that pages have a generation of evidence to read."""
    _refuse_later_versions(revision(), current_app.extensions["migrate"].directory)
    flask_migrate.upgrade()
    generations.ensure(running.in_force().fingerprint, running.now())
    database.session.commit()


def _refuse_later_versions(there: str | None, migrations: str) -> None:
    if there and there not in {script.revision for script in ScriptDirectory(migrations).walk_revisions()}:
        raise Stop(
            f"The database's schema {there} is of a later version of advocacy: install that one, or restore a backup.",
            Exit.SETUP,
        )
