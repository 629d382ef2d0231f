"""`advocacy accounts`: connect a person's handle as an operator."""

from datetime import datetime

import click
from flask.cli import with_appcontext

from advocacy import running
from advocacy.cli.console import DAY, Exit, Stop, as_json, examples, say
from advocacy.domain.activity import Platform
from advocacy.models import connect, roster
from advocacy.models.accounts import Account
from advocacy.models.base import db


@click.group()
def accounts() -> None:
    """People's handles on the platforms."""


@accounts.command(
    epilog=examples(
        "accounts add asha@example.org feed https://asha.example.org/blog",
        'accounts add asha@example.org feed https://company.example.org/blog --author "Asha Rao"',
    )
)
@click.argument("email")
@click.argument("platform", metavar="PLATFORM")
@click.argument("handle")
@click.option("--author", default="", help="On a shared blog: the name that this person's entries carry.")
@click.option("--agreed", is_flag=True, help="The person agreed to it already, on paper or by mail; this is recorded.")
@click.option("--from", "start", type=DAY, help="Keep nothing from before this day.")
@as_json
@with_appcontext
def add(
    email: str, platform: str, handle: str, author: str, agreed: bool, start: datetime | None, as_json: bool
) -> None:
    """Connect HANDLE on PLATFORM for the person; they are shown it and can refuse.

    PLATFORM is one of x, reddit, stackexchange, feed, hackernews, discourse, github, mastodon, bluesky, dev,
    youtube, linkedin. For a feed, HANDLE is the blog's or the feed's address; for Stack Exchange the profile's, like
    https://stackoverflow.com/users/22656.
    """
    person = roster.by_email(email)
    where = _platform(platform)
    now = running.now()
    day = start.date() if start else None
    account = connect.add(person.id, where, handle, author, by=None, now=now, start_on=day, agreed=agreed)
    db.session.commit()
    told = {
        "id": account.id,
        "person": person.email,
        "platform": account.platform.value,
        "handle": account.handle,
        "author": account.author,
        "read": account.subscription_id is not None,
    }
    if as_json:
        say(told)
    else:
        click.echo(f"{account.platform} {account.handle} is {person.name}'s. {_then(account)}")


def _then(account: Account) -> str:
    """What becomes of it; which platforms have a source, only the ingest knows."""
    if account.subscription_id is None:
        return "What happens there is logged by hand."
    if account.accepted_at is None and running.settings().opt_in:
        return "It is read when they have agreed on their Sources page."
    return "`advocacy ingest run` reads it at once."


def _platform(word: str) -> Platform:
    known = [p.value for p in Platform if p not in (Platform.MANUAL, Platform.SLACK)]
    if word.lower() not in known:
        raise Stop(f"{word!r} is no platform we know: {', '.join(known)}", Exit.INPUT)
    return Platform(word.lower())
