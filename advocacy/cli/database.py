"""`advocacy db`: the schema."""

import click
import flask_migrate
from flask.cli import with_appcontext

from advocacy import running
from advocacy.cli.console import as_json, say
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
    flask_migrate.upgrade()
    generations.ensure(running.in_force().fingerprint, running.now())
    database.session.commit()
