"""`advocacy talk`: what somebody proposed and gave, listed and written down."""

from datetime import datetime

import click
from flask.cli import with_appcontext

from advocacy import approving, running
from advocacy.approving import NotApproved
from advocacy.cli.console import DAY, Exit, Stop, as_json, examples, say, table
from advocacy.context import settings
from advocacy.domain.period import day_of
from advocacy.domain.proposal import BEGINNINGS, OutOfOrder, ProposalState, Step
from advocacy.milestones import talks as milestones
from advocacy.models import roster
from advocacy.models.base import db
from advocacy.models.talks import events, lists, proposals
from advocacy.models.talks.lists import Look
from advocacy.models.talks.proposals import Proposal


@click.group()
def talk() -> None:
    """Talks and proposals."""


@talk.command("list", epilog=examples("talk list asha@example.org --state accepted"))
@click.argument("email")
@click.option("--state", type=click.Choice([one.value for one in ProposalState]), help="Only those in this state.")
@as_json
@with_appcontext
def list_(email: str, state: str | None, as_json: bool) -> None:
    """Everything that EMAIL proposed or gave, the newest first."""
    person = roster.by_email(email)
    rows, _ = lists.page(person.id, Look(state=ProposalState(state) if state else None), everything=True)
    if as_json:
        talks = [
            {"proposal": r.id, "day": r.day.isoformat(), "state": r.state.value, "title": r.title, "event": r.event}
            for r in rows
        ]
        say({"person": person.email, "talks": talks})
    else:
        table(("Day", "State", "Title", "Event"), [(r.day, r.state.value, r.title, r.event) for r in rows])


@talk.command(epilog=examples('talk add asha@example.org "Chaos on etcd" --event "KubeCon Oslo" --state submitted'))
@click.argument("email")
@click.argument("title")
@click.option("--event", required=True, help="Where: a conference, a meet-up, a webinar.")
@click.option("--day", type=DAY, help="Since when it is so (default: today).")
@click.option(
    "--state", type=click.Choice([one.value for one in BEGINNINGS]), default="delivered", help="Default: delivered."
)
@click.option("--without", default="", help="Why it was sent without a yes that ADVOCACY_APPROVALS asks for.")
@as_json
@with_appcontext
def add(email: str, title: str, event: str, day: datetime | None, state: str, without: str, as_json: bool) -> None:
    """Write down that EMAIL gave or proposed a talk; it stands on their timeline."""
    person, now = roster.by_email(email), running.now()
    today = day_of(now, person.zone)
    first = Step(ProposalState(state), day.date() if day else today)
    one = Proposal(owner_id=person.id, title=title, created_at=now)
    one.event_id = events.named(event, person.id, first.day, now).id
    try:
        note = approving.note_of(one, first.state, settings().approvals, without)
        proposals.add(one, first, today, now, note)
    except (OutOfOrder, NotApproved) as error:
        raise Stop(f"{error}", Exit.INPUT) from error
    milestones.tell(one, now, running.in_force())
    db.session.commit()
    if as_json:
        say({"proposal": one.id, "person": person.email, "state": state, "day": first.day.isoformat()})
    else:
        click.echo(f"Kept: {title} at {event}, {state} on {first.day}.")
