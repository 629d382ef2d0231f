"""`advocacy doctor` and `advocacy config`: is everything as it must be, and where does each setting come from?"""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import sqlalchemy as sa

from advocacy import config, rules
from advocacy.app import create_app
from advocacy.cli.checkup import Finding, checkup
from advocacy.cli.console import Exit, Stop, as_json, say, table
from advocacy.models.base import db
from advocacy.models.schema import revision, wanted
from advocacy.settings import Settings

LOW_DISK = 500 * 2**20  #: bytes


@click.command()
@as_json
def doctor(as_json: bool) -> None:
    """Look whether this installation can work; exit code 3 when something must be mended."""
    findings = list(_examine())
    if as_json:
        say([{"what": f.what, "well": f.well, "found": f.found, "mend": f.mend} for f in findings])
    else:
        rows = [("ok" if f.well else "MEND", f.what, f.found, "" if f.well else f.mend) for f in findings]
        table(("", "", "found", "to do"), rows)
    if not all(f.well for f in findings):
        raise Stop("Something must be mended, see above.", Exit.SETUP)


@click.command("config")
@as_json
def show_config(as_json: bool) -> None:
    """Every setting, its value (secrets hidden) and where it came from."""
    rows = config.describe(config.load(os.environ, Path.cwd(), with_key=False))
    if as_json:
        say([{"name": row.name, "value": row.value, "source": row.source} for row in rows])
    else:
        table(("setting", "value", "from"), [(row.name, row.value, row.source) for row in rows])


def _examine() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python", sys.version_info >= (3, 11), version, "install Python 3.11 or newer")
    try:
        settings = config.load(os.environ, Path.cwd())
    except config.ConfigError as error:
        yield Finding("settings", False, str(error), "`advocacy config` lists what is known")
        return
    yield Finding("settings", True, "all readable")
    yield _disk(settings)
    yield _rules(settings)
    yield from _database(settings)


def _disk(settings: Settings) -> Finding:
    folder = next(path for path in (settings.data_dir, *settings.data_dir.parents) if path.exists())
    free = shutil.disk_usage(folder).free
    well = os.access(folder, os.W_OK) and free > LOW_DISK
    return Finding("data folder", well, f"{folder}, {free // 2**20} MB free", "make it writable, or free some space")


def _rules(settings: Settings) -> Finding:
    try:
        found = rules.load(settings)
    except Exception as error:  # noqa: BLE001 – whatever is wrong with the files is the finding
        return Finding("rules", False, str(error), "mend the file that is named")
    return Finding("rules", True, f"{len(found.rulebook.rules)} rules, {len(found.vocabulary.topics)} topics")


def _database(settings: Settings) -> Iterator[Finding]:
    app = create_app(settings)
    with app.app_context():
        try:
            yield from _schema(app.extensions["migrate"].directory)
        finally:
            db.session.remove()
            db.engine.dispose()


def _schema(migrations: str) -> Iterator[Finding]:
    try:
        have, want = revision(), wanted(migrations)
    except sa.exc.DBAPIError as error:
        words = str(error.orig).strip().partition("\n")[0]
        yield Finding("database", False, words, "check ADVOCACY_DATABASE_URL and its server")
        return
    yield Finding("database", True, db.engine.dialect.name)
    yield Finding("schema", have == want, f"{have or 'none'} (wanted: {want})", "run `advocacy db upgrade`")
    if have == want:
        yield from checkup()
