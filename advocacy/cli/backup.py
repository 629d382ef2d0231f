"""`advocacy backup` and `advocacy restore`: the whole installation into one file, and back."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

import click
from flask.cli import with_appcontext
from sqlalchemy.engine import URL, make_url

from advocacy import config, running
from advocacy.app import create_app
from advocacy.backups import archive, key
from advocacy.backups import restore as restoring
from advocacy.backups import take as taking
from advocacy.backups.emptiness import refuse_occupied
from advocacy.backups.inspection import Finding
from advocacy.backups.manifest import Manifest
from advocacy.backups.restore import Place
from advocacy.cli.console import Exit, Stop, as_json, bar, examples, say, table
from advocacy.cli.database import to_newest
from advocacy.models.base import db
from advocacy.settings import Settings

MEGABYTE = 2**20


@click.command(epilog=examples("backup", "backup /mnt/backups --json"))
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--without-key", is_flag=True, help="Leave the signing key out.")
@as_json
@with_appcontext
def backup(path: Path | None, without_key: bool, as_json: bool) -> None:
    """Back everything up into one new file, while pages and workers go on.

    PATH is the file, or a folder for a file named by the moment; else it goes to backups/ in the data folder. The
    signing key that the program made is inside, so that the file wants the same care as the database.
    """
    settings, now = running.settings(), running.now()
    final = _named(path, settings, now)
    with bar("backup", None) as report:
        manifest = taking.take(final, None if without_key else key.kept(settings), now, report)
    size = final.stat().st_size
    if as_json:
        say({"file": str(final), "size": size, "manifest": manifest.told()})
        return
    inside = "It holds the signing key too." if manifest.has_key else "The signing key is not inside."
    rows = sum(manifest.counts.values())
    click.echo(f"{final}: {rows} rows of schema {manifest.revision}, {size / MEGABYTE:.1f} MB. {inside}")


@click.command(epilog=examples("restore backups/advocacy-2026-11-23-090000.zip --check"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Restore into a scratch place and look; change nothing.")
@as_json
def restore(file: Path, only_check: bool, as_json: bool) -> None:
    """Put a backup back into an empty installation, and never over anything.

    An older schema is brought to this version's. Leases are given back and everybody is signed out.
    """
    settings = config.load(os.environ, Path.cwd(), with_key=False)
    manifest = archive.read_manifest(file)
    place = _place(settings)
    if only_check:
        findings, found_key = restoring.check(file, manifest, place), "not asked for"
    else:
        refuse_occupied(file, manifest, place.url)
        found_key = key.put_back(file, manifest, settings)
        findings = restoring.put_back(file, manifest, place)
    _tell(file, manifest, findings, found_key, only_check, as_json)


def _named(path: Path | None, settings: Settings, now: datetime) -> Path:
    if path is None:
        return taking.default_name(settings.data_dir / "backups", now)
    return taking.default_name(path, now) if path.is_dir() else path.absolute()


def _place(settings: Settings) -> Place:
    @contextmanager
    def opened(url: URL) -> Iterator[None]:
        """Nothing is signed in there: any key will do."""
        address = url.render_as_string(hide_password=False)
        app = create_app(replace(settings, database_url=address, secret_key=settings.secret_key or token_hex(32)))
        with app.app_context():
            try:
                yield
            finally:
                db.session.remove()
                db.engine.dispose()

    return Place(make_url(settings.database_url), opened, to_newest, datetime.now(UTC))


def _tell(
    file: Path, manifest: Manifest, findings: list[Finding], found_key: str, only_check: bool, as_json: bool
) -> None:
    well = all(finding.well for finding in findings)
    if as_json:
        told = {"file": str(file), "restored": not only_check, "well": well, "key": found_key}
        say({**told, "findings": [asdict(finding) for finding in findings], "manifest": manifest.told()})
    else:
        table(("", "", "found"), [("ok" if one.well else "WRONG", one.what, one.found) for one in findings])
        click.echo(_words(manifest, found_key, only_check, well))
    if not well:
        raise Stop("This backup is not well, see above: take another.", Exit.SETUP)


def _words(manifest: Manifest, found_key: str, only_check: bool, well: bool) -> str:
    of = f"the backup of {manifest.made_at} by advocacy {manifest.version}"
    if not only_check:
        return f"Restored {of}. The signing key: {found_key}."
    return f"Checked {of}{': it can be restored' if well else ''}. Nothing was changed."
