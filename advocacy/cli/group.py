"""The group all commands hang on, and the one place where errors become words and exit codes."""

import errno
import logging
import os
import re
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from alembic.util import CommandError
from flask import Flask
from flask.cli import FlaskGroup

from advocacy import config, logs
from advocacy.app import create_app
from advocacy.backups.manifest import BackupError
from advocacy.cli import (
    accounts,
    admin,
    backup,
    database,
    digest,
    doctor,
    events,
    ladder,
    log,
    people,
    profile,
    progress,
    review,
    rulebook,
    server,
    speakers,
    surveys,
    talks,
    trainings,
)
from advocacy.cli.console import Exit, Stop
from advocacy.config import ConfigError
from advocacy.domain.period import NoPeriod
from advocacy.domain.role_page import LadderError
from advocacy.domain.rulebook_file import RulebookError
from advocacy.domain.vocabulary import VocabularyError
from advocacy.models import Missing
from advocacy.models.connect import BadHandle
from advocacy.models.roster import Unusable

EPILOG = (
    "Exit codes: 0 done; 1 a fault of ours; 2 wrong usage or input; 3 configuration, database, port or disk; "
    "4 no such person, account or page; 5 done, but some sources could not be read; 130 stopped by Ctrl-C; "
    "141 whoever read the output went away."
)
COMMANDS = (
    *(server.serve, admin.create_admin, doctor.doctor, doctor.show_config, database.db),
    *(backup.backup, backup.restore),
    *(log.log, talks.talk, trainings.training, surveys.survey, events.events),
    *(ladder.ladder, people.people, accounts.accounts, profile.profile, progress.progress, review.review),
    *(rulebook.rulebook, digest.digest, speakers.speakers),
)
WORDS: Sequence[tuple[type[Exception] | tuple[type[Exception], ...], Exit]] = (
    ((ConfigError, RulebookError, VocabularyError, CommandError, BackupError), Exit.SETUP),
    ((LadderError, NoPeriod, BadHandle, Unusable), Exit.INPUT),
    (Missing, Exit.NOT_FOUND),
)
OUTDATED = re.compile(r"no such (table|column)|(relation|column) .*does not exist")
DISK = frozenset(
    {errno.EACCES, errno.EPERM, errno.ENOENT, errno.EISDIR, errno.ENOTDIR, errno.EROFS, errno.ENOSPC, errno.EDQUOT}
)


class Commands(FlaskGroup):
    """Flask's group, but the app is only made for a command that needs it: `--help` works on a broken set-up."""

    def _load_plugin_commands(self) -> None:
        """Plug-ins first, our own above them: Flask-Migrate brings a `db` for developers."""
        super()._load_plugin_commands()
        for command in COMMANDS:
            self.add_command(command)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands of the house and of installed plug-ins, by name."""
        self._load_plugin_commands()
        return click.Group.list_commands(self, ctx)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name."""
        self._load_plugin_commands()
        return click.Group.get_command(self, ctx, name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; every error we know ends in a sentence and its exit code."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("Stopped. What was stored until now stays.", err=True)
            ctx.exit(Exit.INTERRUPTED)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(Exit.UNREAD)
        except Exception as error:
            stop = _in_words(error)
            if stop is None:
                raise
            raise stop from error


def _in_words(error: Exception) -> Stop | None:
    for kinds, code in WORDS:
        if isinstance(error, kinds):
            return Stop(str(error), code)
    if isinstance(error, sa.exc.DBAPIError | sqlite3.Error):
        return Stop(_database_words(str(getattr(error, "orig", error))), Exit.SETUP)
    if isinstance(error, OSError) and error.errno in DISK:
        where = f"{error.filename}: " if error.filename else ""
        return Stop(f"{where}{error.strerror}. Check the path, its rights and the free space.", Exit.SETUP)
    return None


def _database_words(reason: str) -> str:
    reason = reason.strip().splitlines()[0] if reason.strip() else "it does not answer"
    if OUTDATED.search(reason):
        return "The database has no tables yet, or old ones: run `advocacy db upgrade`."
    return (
        f"The database cannot be used: {reason}. Check ADVOCACY_DATABASE_URL, that the server runs, "
        "and that its disk is writable and not full; `advocacy doctor` tells more."
    )


def _app() -> Flask:
    return create_app(config.load(os.environ, Path.cwd()))


group = Commands(
    name="advocacy",
    create_app=_app,
    add_default_commands=False,
    add_version_option=False,
    load_dotenv=False,
    help="Advocacy and training tracker: what engineers did, tied to the sentence of the role page it is evidence for.",
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)
group.params.clear()  # Flask's own --app, --env-file and --debug would be ignored here
click.version_option(package_name="advocacy", message="%(prog)s %(version)s")(group)


def main() -> None:
    """The console script."""
    logs.install(logging.WARNING)
    group.main(prog_name="advocacy")
