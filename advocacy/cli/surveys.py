"""`advocacy survey`: which surveys ask somebody, and opening a campaign."""

from datetime import datetime

import click
from flask.cli import with_appcontext

from advocacy import running
from advocacy.cli.console import DAY, Exit, Stop, as_json, examples, say, table
from advocacy.domain.period import day_of
from advocacy.domain.survey import Addressed
from advocacy.models import roster, survey_campaigns, surveys
from advocacy.models.base import Missing, db
from advocacy.models.surveys import SurveyCampaign


@click.group()
def survey() -> None:
    """Survey campaigns."""


@survey.command("list", epilog=examples("survey list asha@example.org"))
@click.argument("email")
@as_json
@with_appcontext
def list_(email: str, as_json: bool) -> None:
    """The campaigns that ask EMAIL, the next deadline first, and where each stands."""
    person = roster.by_email(email)
    today = day_of(running.now(), person.zone)
    rows = [(one, one.standing(today).value) for one in surveys.asked_of(person)]
    if as_json:
        told = [
            {
                "campaign": one.id,
                "title": one.title,
                "deadline": one.deadline.isoformat(),
                "state": state,
                "done": one.done.isoformat() if one.done else None,
            }
            for one, state in rows
        ]
        say({"person": person.email, "surveys": told})
    else:
        table(("Deadline", "State", "Title"), [(one.deadline, state, one.title) for one, state in rows])


@survey.command(epilog=examples('survey add "State of storage" --deadline 2026-12-10 --link https://survey.example/1'))
@click.argument("title")
@click.option("--deadline", type=DAY, required=True, help="The last day.")
@click.option("--link", default="", help="Where it is answered.")
@click.option("--minutes", type=click.IntRange(1, 600), help="How long it takes.")
@click.option("--team", metavar="NAME", help="Ask only this team (default: everybody).")
@as_json
@with_appcontext
def add(title: str, deadline: datetime, link: str, minutes: int | None, team: str | None, as_json: bool) -> None:
    """Open a campaign from today on."""
    now, last = running.now(), deadline.date()
    opens = day_of(now, "UTC")
    if last < opens:
        raise Stop(f"--deadline {last} has passed", Exit.INPUT)
    if link and not link.startswith(("https://", "http://")):
        raise Stop("--link must begin with https://", Exit.INPUT)
    one = SurveyCampaign(title=title, url=link, minutes=minutes, opens=opens, deadline=last, created_at=now)
    one.addressed = Addressed.TEAM if team else Addressed.EVERYBODY
    if team:
        one.team_id = _team(team)
    surveys.add(one)
    db.session.commit()
    asked = len(survey_campaigns.asked_by(one))
    if as_json:
        say({"campaign": one.id, "title": title, "deadline": last.isoformat(), "asked": asked})
    else:
        click.echo(f"Opened: {title}, until {last}; {asked} asked.")


def _team(name: str) -> int:
    for row in survey_campaigns.teams():
        if row.name == name:
            return int(row.id)
    raise Missing(f"there is no team {name!r}; `advocacy people list` shows the teams")
