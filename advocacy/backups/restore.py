"""A backup tried in a scratch place, or put back into an empty one; never over anything."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from sqlalchemy.engine import URL

from advocacy.backups import archive, postgres_dump
from advocacy.backups.inspection import Finding, held, inspect
from advocacy.backups.manifest import BackupError, Manifest
from advocacy.backups.release import release
from advocacy.models.schema import revision


@dataclass(frozen=True, slots=True)
class Place:
    """An installation: its database, how the app is opened on one, how its schema comes to this version, the time."""

    url: URL
    opened: Callable[[URL], AbstractContextManager[None]]
    upgrade: Callable[[], None]
    now: datetime


def check(file: Path, manifest: Manifest, place: Place) -> list[Finding]:
    """Restore into a scratch place and look at it; nothing else is changed."""
    with TemporaryDirectory(prefix="advocacy-check-") as folder:
        copy = Path(folder) / archive.DATABASE
        archive.unpack(file, manifest, copy)
        if manifest.database == "sqlite":
            return _examined(URL.create("sqlite", database=str(copy)), manifest, place)
        _same_kind(file, manifest, place.url)
        with _scratch(place.url) as url:
            _pour(copy, url)
            return _examined(url, manifest, place)


def refuse_occupied(file: Path, manifest: Manifest, place: Place) -> None:
    """Raise BackupError unless the installation's own database is empty, and of the backup's kind."""
    _same_kind(file, manifest, place.url)
    if manifest.database != "sqlite":
        _refuse_rows(place.url, f"the database {place.url.database}")
    elif _file_of(place.url).exists():
        _refuse_rows(place.url, str(place.url.database))
    else:
        _refuse_leftovers(_file_of(place.url))


def put_back(file: Path, manifest: Manifest, place: Place) -> list[Finding]:
    """Restore into the installation's own database; raise BackupError when it is not empty or the copy is not well."""
    refuse_occupied(file, manifest, place)
    return (_into_file if manifest.database == "sqlite" else _into_server)(file, manifest, place)


def _into_file(file: Path, manifest: Manifest, place: Place) -> list[Finding]:
    """Made ready beside its place, and given its name last."""
    final = _file_of(place.url)
    final.parent.mkdir(parents=True, exist_ok=True)
    with archive.workshop(final) as folder:
        copy = folder / archive.DATABASE
        archive.unpack(file, manifest, copy)
        findings = _settled(URL.create("sqlite", database=str(copy)), manifest, place)
        for rest in (final, *_leftovers(final)):
            rest.unlink(missing_ok=True)  # of an empty database
        archive.place(copy, final)
    return findings


def _into_server(file: Path, manifest: Manifest, place: Place) -> list[Finding]:
    with TemporaryDirectory(prefix="advocacy-restore-") as folder:
        copy = Path(folder) / archive.DATABASE
        archive.unpack(file, manifest, copy)
        _pour(copy, place.url)
    return _settled(place.url, manifest, place)


def _settled(url: URL, manifest: Manifest, place: Place) -> list[Finding]:
    findings = _examined(url, manifest, place)
    if wrong := [finding for finding in findings if not finding.well]:
        raise BackupError(f"The restored database is not well: {wrong[0].what}: {wrong[0].found}. Do not use it.")
    with place.opened(url):
        release(place.now, manifest.made_at)
    return findings


def _examined(url: URL, manifest: Manifest, place: Place) -> list[Finding]:
    """Look first; what is well is brought to this version's schema."""
    with place.opened(url):
        findings = list(inspect(manifest))
        if all(finding.well for finding in findings):
            place.upgrade()
            findings += [Finding("upgrade", True, f"to schema {revision()}"), held()]
    return findings


def _pour(copy: Path, url: URL) -> None:
    engine = sa.create_engine(url)
    try:
        postgres_dump.restore(copy, engine)
    finally:
        engine.dispose()


@contextmanager
def _scratch(url: URL) -> Iterator[URL]:
    """An empty database beside the installation's own, dropped in the end."""
    name = f"advocacy_check_{secrets.token_hex(6)}"
    server = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            try:
                connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0")
            except sa.exc.ProgrammingError as error:
                raise BackupError(
                    f"{url.username} may not make a scratch database to check in: give CREATEDB to that role, or "
                    "check where it has it."
                ) from error
            try:
                yield url.set(database=name)
            finally:
                connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        server.dispose()


def _same_kind(file: Path, manifest: Manifest, url: URL) -> None:
    if manifest.database != url.get_backend_name():
        raise BackupError(
            f"{file} is of a {manifest.database} database, and ADVOCACY_DATABASE_URL names one of "
            f"{url.get_backend_name()}: set it to a database of the same kind."
        )


def _file_of(url: URL) -> Path:
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise BackupError("ADVOCACY_DATABASE_URL names no file to restore into: set sqlite:///file.db.")
    return Path(url.database)


def _refuse_rows(url: URL, name: str) -> None:
    engine = sa.create_engine(url)
    try:
        tables = sa.inspect(engine).get_table_names()
    finally:
        engine.dispose()
    if tables:
        raise BackupError(
            f"{name} is not empty ({len(tables)} tables), and nothing is restored over it: stop what uses it and move "
            "it away, or set ADVOCACY_DATABASE_URL to a new one."
        )


def _leftovers(final: Path) -> list[Path]:
    return [final.with_name(final.name + end) for end in ("-wal", "-shm", "-journal")]


def _refuse_leftovers(final: Path) -> None:
    """A log without its database would be read into the restored one."""
    for rest in _leftovers(final):
        if rest.exists():
            raise BackupError(f"{rest} belongs to a database that is not there: move it to where that one is.")
