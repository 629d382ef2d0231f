"""`advocacy digest`: write and send the weekly letters that are due, or look at one."""

from datetime import datetime

import click
from flask.cli import with_appcontext

from advocacy import running
from advocacy.cli.console import Exit, Stop, as_json, bar, examples, say, table
from advocacy.domain.letter_days import week_of
from advocacy.letters import sending
from advocacy.letters.sending import Report, Round, Written
from advocacy.models import roster
from advocacy.models.base import db

SILENCE = "none: nothing to say"
NO_WAY = "ADVOCACY_MAIL__URL is not set: letters have no way to leave (docs/letters.md)"


@click.command(epilog=examples("digest", "digest --dry-run", "digest --person asha@example.org --dry-run"))
@click.option(
    "--person", "email", metavar="EMAIL", help="Only this person's letter; with --dry-run as it would be now."
)
@click.option("--dry-run", is_flag=True, help="Write and send nothing; tell what would be.")
@as_json
@with_appcontext
def digest(email: str | None, dry_run: bool, as_json: bool) -> None:
    """Write the weekly letters that are due and send what waits; a running worker does the same by itself."""
    if not (dry_run or sending.is_set_up()):
        raise Stop(NO_WAY, Exit.SETUP)
    now, person = running.now(), roster.by_email(email) if email else None
    person_id = person.id if person else None
    db.session.rollback()
    with bar("letters", None) as report:
        if dry_run:
            done = Round(_foreseen(now, person_id, report))
        else:
            done = sending.go_round(now, running.in_force(), report, person_id)
    _tell(done, dry_run, as_json, whole=person_id is not None)
    if done.unsent or done.faults:
        raise SystemExit(Exit.PARTLY)


def _foreseen(now: datetime, person_id: int | None, report: Report) -> list[Written]:
    """The letters that are due; of one person the letter as it would be now, due or not."""
    weeks = [(person_id, week_of(now))] if person_id else sending.due_weeks(now)
    found = []
    for number, (whose, key) in enumerate(weeks, 1):
        found.append(sending.write(whose, key, now, running.in_force(), keep=False))
        report(number, len(weeks))
    return found


def _tell(done: Round, dry_run: bool, as_json: bool, *, whole: bool) -> None:
    if as_json:
        letters = [
            {"person": one.person, "week": one.key, "subject": one.subject or None, "text": one.text or None}
            for one in done.letters
        ]
        say({"dry_run": dry_run, "letters": letters, "sent": done.sent, "unsent": done.unsent, "faults": done.faults})
        return
    if whole and dry_run:
        for one in done.letters:
            click.echo(one.text or "Nothing is new, nothing waits and nothing is due: no letter.")
        return
    if done.letters:
        table(("Person", "Week", "Letter"), [(one.person, one.key, one.subject or SILENCE) for one in done.letters])
    click.echo("Nothing was sent." if dry_run else f"{done.words}.")
