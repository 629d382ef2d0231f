"""`advocacy training`: what somebody taught and attended, listed and written down."""

from datetime import datetime

import click
from flask.cli import with_appcontext

from advocacy import running
from advocacy.cli.console import DAY, Exit, Stop, as_json, examples, say, table
from advocacy.domain.period import day_of
from advocacy.domain.training import ClassState, Presence
from advocacy.milestones import trainings as milestones
from advocacy.models import roster
from advocacy.models.base import db
from advocacy.models.trainings import attendance, classes, lists, trainers
from advocacy.models.trainings.classes import Class


@click.group()
def training() -> None:
    """Trainings given and attended."""


@training.command("list", epilog=examples("training list asha@example.org --json"))
@click.argument("email")
@as_json
@with_appcontext
def list_(email: str, as_json: bool) -> None:
    """What EMAIL taught and attended, the newest first."""
    person = roster.by_email(email)
    given, _ = lists.given(person.id, everything=True)
    attended, _ = lists.attended(person.id, everything=True)
    there = [one for one in attended if one.own and one.presence is Presence.ATTENDED]
    rows = [(one.day, "given", one.title, one.id) for one in given]
    rows += [(one.day, "attended", one.title, one.id) for one in there]
    rows.sort(reverse=True)
    if as_json:
        told = [{"class": number, "day": f"{day}", "part": part, "title": title} for day, part, title, number in rows]
        say({"person": person.email, "trainings": told})
    else:
        table(("Day", "Part", "Title"), [row[:3] for row in rows])


@training.command(epilog=examples('training add asha@example.org "etcd compaction" --day 2026-11-20 --attended'))
@click.argument("email")
@click.argument("title")
@click.option("--day", type=DAY, help="The day of it (default: today).")
@click.option("--attended", is_flag=True, help="They attended it; without it they gave it.")
@click.option("--by", metavar="NAME", help="Who gave it, when they attended it.")
@click.option("--external", is_flag=True, help="It was held by somebody outside the company.")
@as_json
@with_appcontext
def add(
    email: str, title: str, day: datetime | None, attended: bool, by: str | None, external: bool, as_json: bool
) -> None:
    """Write down that EMAIL gave or attended a training; it stands on their timeline."""
    person, now = roster.by_email(email), running.now()
    today = day_of(now, person.zone)
    on = day.date() if day else today
    if on > today:
        raise Stop(f"{on} has not come yet: give the day it happened", Exit.INPUT)
    if (by or external) and not attended:
        raise Stop("--by and --external are said of what was attended: add --attended", Exit.INPUT)
    one = Class(by_id=person.id, title=title, state=ClassState.HELD, day=on, noted=attended, external=external)
    one.created_at = now
    classes.add(one)
    if attended:
        if by:
            trainers.name(one.id, by, now)
        attendance.say(one.id, person.id, Presence.ATTENDED, by=person.id, now=now)
        milestones.tell_attendance(one, person.id, now, running.in_force())
    else:
        trainers.put(one.id, person.id, now, own=True)
        milestones.tell_class(one, now, running.in_force())
    db.session.commit()
    part = "attended" if attended else "given"
    if as_json:
        say({"class": one.id, "person": person.email, "part": part, "day": on.isoformat()})
    else:
        click.echo(f"Kept: {title}, {part} on {on}.")
