"""`advocacy ingest run`: read the sources now."""

from typing import Any

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import with_appcontext

from advocacy.cli.console import Exit, Stop, as_json, bar, examples, say
from advocacy.domain.activity import Platform
from advocacy.models.accounts import Account
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.remap import remap_now
from ingest import chores, claims, looks
from ingest.cli.report import show, show_looks
from ingest.hands import hands_of
from ingest.look_figures import looked
from ingest.selection import Selection
from ingest.summary import summary
from ingest.sweep import look_at_platforms, sweep


@click.command(epilog=examples("ingest run --due", "ingest run --account asha@example.org --platform feed --json"))
@click.option(
    "--account", "handles", multiple=True, metavar="EMAIL|ID|HANDLE", help="Only these accounts (repeatable)."
)
@click.option("--platform", "platforms", multiple=True, metavar="PLATFORM", help="Only these platforms (repeatable).")
@click.option("--due", is_flag=True, help="Only what is due, not all that may be asked.")
@as_json
@with_appcontext
def run(handles: tuple[str, ...], platforms: tuple[str, ...], due: bool, as_json: bool) -> None:
    """Read the sources now, honouring leases and what platforms asked us to wait.

    Exit code 5 says that some source could not be read; everything else was stored.
    """
    hands = hands_of(current_app._get_current_object())  # type: ignore[attr-defined]
    if not due:
        look_at_platforms(hands)
    wanted = Selection(accounts=_accounts(handles), platforms=_platforms(platforms), due_only=due)
    with bar("evidence", None) as report:
        remap_now(hands.rules, hands.clock, report)
    with bar("sources", claims.count(wanted, hands.clock())) as report:
        done = _Sum(report)
        run_id = sweep(hands, wanted, "ingest run", done.add)
    if wanted.accounts is None:
        looks.look(hands, lambda: run_id, wanted.platforms)
    chores.drop_stale(hands.clock())
    db.session.commit()
    told = summary(run_id)
    if as_json:
        say(told)
    else:
        show(told, hands.sources)
        show_looks(looked(run_id))
    if told["errors"]:
        raise Stop(f"addresses that could not be read: {len(told['errors'])}; the others were stored.", Exit.PARTLY)


class _Sum:
    def __init__(self, report: Any) -> None:
        self._report, self._done = report, 0

    def add(self, more: int) -> None:
        self._done += more
        self._report(self._done, None)


def _accounts(words: tuple[str, ...]) -> frozenset[int] | None:
    """The accounts that the words name: a person's address, an account's number or handle."""
    if not words:
        return None
    found: set[int] = set()
    for word in words:
        query = sa.select(Account.id).join(Person, Person.id == Account.person_id)
        number = int(word) if word.isdigit() else 0
        named = sa.or_(Person.email == word.lower(), Account.handle == word, Account.id == number)
        ids = db.session.scalars(query.where(named)).all()
        if not ids:
            raise Stop(f"no account is called {word!r}: give a person's e-mail, a handle or a number", Exit.NOT_FOUND)
        found.update(ids)
    db.session.rollback()
    return frozenset(found)


def _platforms(words: tuple[str, ...]) -> frozenset[Platform] | None:
    try:
        return frozenset(Platform(word.lower()) for word in words) or None
    except ValueError as error:
        wrong = next(word for word in words if word.lower() not in set(Platform))
        raise Stop(f"{wrong!r} is no platform we know: {', '.join(Platform)}", Exit.INPUT) from error
