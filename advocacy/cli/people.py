"""`advocacy people`: take people in, list them."""

from datetime import date, datetime
from typing import Any

import click
from flask.cli import with_appcontext

from advocacy import running
from advocacy.cli.changes import away, role
from advocacy.cli.console import DAY, as_json, examples, say, table
from advocacy.cli.leaving import disable, enable, erase
from advocacy.models import roster
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.models.words import Capability


@click.group()
def people() -> None:
    """People, their roles, teams and capabilities."""


people.add_command(role)
people.add_command(away)
people.add_command(disable)
people.add_command(enable)
people.add_command(erase)


@people.command(
    epilog=examples(
        'people add asha@example.org --name "Asha Rao" --role lead-engineer --zone Asia/Kolkata --team Storage',
        'people add mark@example.org --name "Mark O\'Neil" --can marketing',
    )
)
@click.argument("email")
@click.option("--name", required=True, help="As colleagues write it.")
@click.option("--role", "slug", metavar="SLUG", help="The role page, like lead-engineer; not needed by who has none.")
@click.option("--since", type=DAY, help="First day in the role and the team (default: always).")
@click.option("--team", help="The team's name; founded when it is new.")
@click.option("--leads", is_flag=True, help="Leads that team rather than belongs to it.")
@click.option("--zone", default=None, help="Time zone, like Asia/Kolkata (default: ADVOCACY_ZONE).")
@click.option("--can", default="", metavar="LIST", help="Capabilities, comma-separated: lead, marketing, admin.")
@as_json
@with_appcontext
def add(
    email: str,
    name: str,
    slug: str | None,
    since: datetime | None,
    team: str | None,
    leads: bool,
    zone: str | None,
    can: str,
    as_json: bool,
) -> None:
    """Take somebody in."""
    if leads and not team:
        raise roster.Unusable("--leads needs --team: which team?")
    settled = zone or str(running.settings().zone)
    person = roster.add(email, name, running.now(), zone=settled, can=_capabilities(can))
    first = since.date() if since else roster.EVER
    if slug:
        roster.give_role(person.id, slug, first)
    if team:
        roster.join_team(person.id, team, first, leads=leads)
    db.session.commit()
    if as_json:
        say(_told(person))
    else:
        click.echo(f"{person.name} <{person.email}> is in, {f'as {slug}' if slug else 'without a role'}.")


@people.command("list")
@as_json
@with_appcontext
def list_people(as_json: bool) -> None:
    """Everybody, by name."""
    everybody = [_told(person) for person in roster.everybody()]
    if as_json:
        say(everybody)
    elif not everybody:
        click.echo("Nobody is in yet: `advocacy people add EMAIL --name NAME --role SLUG`.")
    else:
        rows = [(p["name"], p["email"], p["role"], ", ".join(p["teams"]), ", ".join(p["can"])) for p in everybody]
        table(("name", "e-mail", "role", "teams", "can"), rows)


def _capabilities(words: str) -> list[Capability]:
    try:
        return [Capability(word.strip()) for word in words.split(",") if word.strip()]
    except ValueError as error:
        known = ", ".join(Capability)
        raise roster.Unusable(f"--can {words}: known capabilities are {known}") from error


def _told(person: Person) -> dict[str, Any]:
    today: date = running.now().date()
    return {
        "email": person.email,
        "name": person.name,
        "zone": person.zone,
        "role": roster.slug_on(person.id, today),
        "teams": roster.teams_of(person.id, today),
        "can": sorted(grant.capability.value for grant in person.capabilities),
        "disabled": person.disabled_at is not None,
    }
