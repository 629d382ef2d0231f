"""A backup tried in a scratch place, or put back into an empty one; never over anything."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from sqlalchemy.engine import URL

from advocacy.backups import archive, postgres_dump
from advocacy.backups.emptiness import file_of, leftovers, refuse_occupied, same_kind
from advocacy.backups.inspection import Finding, held, inspect
from advocacy.backups.manifest import BackupError, Manifest
from advocacy.backups.release import release
from advocacy.backups.scratch import scratch
from advocacy.backups.workshop import give_name, workshop
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
        same_kind(file, manifest, place.url)
        with scratch(place.url) as url:
            _pour(copy, url)
            return _examined(url, manifest, place)


def put_back(file: Path, manifest: Manifest, place: Place) -> list[Finding]:
    """Restore into the installation's own database; raise BackupError when it is not empty or the copy is not well."""
    refuse_occupied(file, manifest, place.url)
    return (_into_file if manifest.database == "sqlite" else _into_server)(file, manifest, place)


def _into_file(file: Path, manifest: Manifest, place: Place) -> list[Finding]:
    """Made ready beside its place, and given its name last."""
    final = file_of(place.url)
    final.parent.mkdir(parents=True, exist_ok=True)
    with workshop(final) as folder:
        copy = folder / archive.DATABASE
        archive.unpack(file, manifest, copy)
        findings = _settled(URL.create("sqlite", database=str(copy)), manifest, place)
        for rest in (final, *leftovers(final)):
            rest.unlink(missing_ok=True)  # of an empty database
        give_name(copy, final)
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
