"""`advocacy review`: the review pack of a person, to be kept as a file."""

import click
from flask.cli import with_appcontext

from advocacy import running
from advocacy.cli.console import as_json, examples, say
from advocacy.domain import period as periods
from advocacy.models import board as boards
from advocacy.models import roster
from advocacy.models.audit import record
from advocacy.models.base import Missing, db
from advocacy.models.sqlite import reading
from advocacy.review.gather import gather
from advocacy.review.markdown import markdown
from advocacy.review.told import told


@click.command(
    epilog=examples("review asha@example.org > review.md", "review asha@example.org --period 2026-Q3 --json")
)
@click.argument("email")
@click.option("--period", "words", metavar="PERIOD", help="2026, 2026-H2, 2026-Q4 or 2026-10 (default: this quarter).")
@click.option("--confirmed", is_flag=True, help="Only what was confirmed; without it strong matches count, too.")
@as_json
@with_appcontext
def review(email: str, words: str | None, confirmed: bool, as_json: bool) -> None:
    """The review pack of EMAIL, in the role page's order, as Markdown; that it was printed is in the audit log."""
    now = running.now()
    person = roster.by_email(email)
    record("review.printed", now, actor=None, about=person.id)
    db.session.commit()
    with reading():
        period = periods.parse(words) if words is not None else boards.default_period(person, now)
        if not roster.roles_of([person.id]):
            raise Missing(f"{person.name} has no role to be judged by: `advocacy people role {email} SLUG` gives one")
        pack = gather(person, period, now, running.in_force(), confirmed_only=confirmed)
        if as_json:
            say(told(pack))
        else:
            click.echo(markdown(pack), nl=False)
