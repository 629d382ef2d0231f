"""`advocacy people role` and `advocacy people away`: what changes in the course of a career."""

from datetime import date, datetime

import click
from flask.cli import with_appcontext

from advocacy import running
from advocacy.cli.console import DAY, as_json, examples, say
from advocacy.domain.period import day_of
from advocacy.models import absences, roster
from advocacy.models.audit import record
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.rejudge import rejudge


@click.command(epilog=examples("people role asha@example.org lead-engineer --since 2026-10-01"))
@click.argument("email")
@click.argument("slug")
@click.option("--since", type=DAY, help="First day in it (default: today; always, for a first role).")
@as_json
@with_appcontext
def role(email: str, slug: str, since: datetime | None, as_json: bool) -> None:
    """Give EMAIL the role page SLUG from a day on; the role before it ends the day before.

    What the person did before that day stays judged by the role held then.
    """
    person = roster.by_email(email)
    first = since.date() if since else _first_day(person)
    changed = roster.slug_on(person.id, first) != slug
    if changed:
        roster.give_role(person.id, slug, first)
        record("person.role_given", running.now(), actor=None, about=person.id, role=slug, since=first.isoformat())
        rejudge(person.id, running.in_force())
        db.session.commit()
    if as_json:
        say({"person": person.email, "role": slug, "on": first.isoformat(), "changed": changed})
    elif changed:
        when = "" if first == roster.EVER else f" from {first} on"
        click.echo(f"{person.name} is {slug}{when}; the evidence was derived anew.")
    else:
        click.echo(f"{person.name} is {slug} already; nothing was changed.")


@click.command(epilog=examples("people away asha@example.org --from 2026-08-03 --to 2026-08-21"))
@click.argument("email")
@click.option("--from", "first", type=DAY, required=True, help="First day away.")
@click.option("--to", "last", type=DAY, required=True, help="Last day away.")
@as_json
@with_appcontext
def away(email: str, first: datetime, last: datetime, as_json: bool) -> None:
    """Note that EMAIL is on leave, or that expectations are on hold: these days lower the targets."""
    person = roster.by_email(email)
    since, until = first.date(), last.date()
    if until < since:
        raise roster.Unusable(f"--to {until} lies before --from {since}")
    absences.note(person.id, since, until)
    db.session.commit()
    if as_json:
        say({"person": person.email, "from": since.isoformat(), "to": until.isoformat()})
    else:
        click.echo(f"{person.name} is away from {since} to {until}.")


def _first_day(person: Person) -> date:
    has_one = person.id in roster.roles_of([person.id])
    return day_of(running.now(), person.zone) if has_one else roster.EVER
