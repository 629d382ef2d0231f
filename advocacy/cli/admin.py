"""`advocacy create-admin`: the first person who may do everything, by a one-time link."""

import click
from flask.cli import with_appcontext

from advocacy import running
from advocacy.cli.console import as_json, examples, say
from advocacy.models import invitations, roster
from advocacy.models.base import Missing, db
from advocacy.models.people import Person
from advocacy.models.words import Capability


@click.command("create-admin", epilog=examples('create-admin adam@example.org --name "Adam Admin"'))
@click.argument("email")
@click.option("--name", default="", help="For somebody new (default: the address before the @).")
@as_json
@with_appcontext
def create_admin(email: str, name: str, as_json: bool) -> None:
    """Make EMAIL an admin and print a link, good for 30 minutes and once, that sets a password."""
    now = running.now()
    person = _somebody(email, name)
    roster.grant(person, Capability.ADMIN, now)
    token = invitations.invite(person.id, now)
    db.session.commit()
    link = f"{running.settings().base_url.rstrip('/')}/setup/{token}"
    if as_json:
        say({"email": person.email, "link": link})
    else:
        click.echo(f"{person.email} is an admin. Set the password within 30 minutes:\n{link}")


def _somebody(email: str, name: str) -> Person:
    try:
        return roster.by_email(email)
    except Missing:
        now = running.now()
        return roster.add(email, name or email.partition("@")[0], now)
