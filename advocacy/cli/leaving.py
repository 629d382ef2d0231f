"""`advocacy people disable`, `enable` and `erase`: who leaves, for a time or for good."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

import click
from flask.cli import with_appcontext

from advocacy import running
from advocacy.cli.console import Exit, Stop, as_json, examples, say
from advocacy.display import plural
from advocacy.models import leaving, roster
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.models.person_erasure import erase_person


@click.command(epilog=examples("people disable asha@example.org"))
@click.argument("email")
@as_json
@with_appcontext
def disable(email: str, as_json: bool) -> None:
    """Shut EMAIL out at once: logins and links end, nothing more is read for them. Nothing is erased."""
    _switch(email, leaving.disable, as_json, "is shut out: logins and links ended, nothing is read for them.")


@click.command(epilog=examples("people enable asha@example.org"))
@click.argument("email")
@as_json
@with_appcontext
def enable(email: str, as_json: bool) -> None:
    """Let EMAIL in again; what was published meanwhile is read."""
    _switch(email, leaving.enable, as_json, "may sign in again, and is read for again.")


@click.command(epilog=examples("people erase asha@example.org", "people erase asha@example.org --yes --json"))
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_json
@with_appcontext
def erase(email: str, yes: bool, as_json: bool) -> None:
    """Erase EMAIL and everything that is theirs alone, for good; numbers without a name stay in the audit log.

    Backups are not touched: they hold the person until they are deleted themselves.
    """
    person = roster.by_email(email)
    known_as, name = person.email, person.name
    if not yes and not _confirmed(f"Erase {name} <{known_as}>, for good?"):
        raise Stop("Nothing was erased: it was not confirmed. Answer y, or say --yes.", Exit.INPUT)
    gone = erase_person(person, running.now())
    db.session.commit()
    if as_json:
        say({"person": known_as, **asdict(gone)})
    else:
        with_them = f"{plural(gone.accounts, 'account')}, {plural(gone.activities, 'activity', 'activities')}"
        click.echo(f"{name} is erased, with {with_them}, {plural(gone.verdicts, 'verdict')}. Backups still hold them.")


def _switch(email: str, deed: Callable[[Person, datetime], bool], as_json: bool, words: str) -> None:
    person = roster.by_email(email)
    changed = deed(person, running.now())
    db.session.commit()
    if as_json:
        say({"person": person.email, "disabled": person.disabled_at is not None, "changed": changed})
    else:
        click.echo(f"{person.name} {words}" if changed else f"{person.name}: it was so already; nothing was changed.")


def _confirmed(question: str) -> bool:
    try:
        return click.confirm(question, err=True)
    except click.Abort:  # nobody is there to answer
        return False
