"""A backup taken: the database at one moment, the key that signs, and what is told of both."""

import errno
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from advocacy.backups import archive, postgres_dump, sqlite_copy
from advocacy.backups.manifest import FORMAT, BackupError, Manifest
from advocacy.backups.workshop import give_name, taken, workshop
from advocacy.models.base import db
from advocacy.models.schema import revision

FULL = (errno.ENOSPC, errno.EDQUOT)
Report = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class _Copied:
    """What became of the database: its rows by table, and the copy's size and digest."""

    counts: Mapping[str, int]
    size: int
    sha256: str


def default_name(folder: Path, now: datetime) -> Path:
    """Where a backup goes that was given no name."""
    return folder / f"advocacy-{now.astimezone(UTC):%Y-%m-%d-%H%M%S}.zip"


def take(final: Path, key: Path | None, now: datetime, report: Report) -> Manifest:
    """Back the running app's database up into a new file, with the key file when there is one."""
    found = revision()
    if found is None:
        raise BackupError("There is nothing to back up: the database has no tables yet. Run `advocacy db upgrade`.")
    if final.exists():
        raise taken(final)
    final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        return _made(final, key, found, now, report)
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise BackupError(f"{final.parent} is full, and nothing was left there: make room, or name another.") from error


def _made(final: Path, key: Path | None, found: str, now: datetime, report: Report) -> Manifest:
    with workshop(final) as folder:
        draft = folder / "backup"
        with archive.writing(draft) as zipped:
            copied = _copy(zipped, folder, report)
            manifest = _manifest(copied, found, now, has_key=key is not None)
            if key is not None:
                zipped.writestr(archive.KEY, key.read_bytes())
            zipped.writestr(archive.MANIFEST, manifest.raw())
        give_name(draft, final)
    return manifest


def _manifest(copied: _Copied, found: str, now: datetime, has_key: bool) -> Manifest:
    return Manifest(
        format=FORMAT,
        made_at=now.isoformat(timespec="seconds"),
        version=version("advocacy"),
        revision=found,
        database=db.engine.dialect.name,
        size=copied.size,
        sha256=copied.sha256,
        has_key=has_key,
        counts=copied.counts,
    )


def _copy(zipped: ZipFile, folder: Path, report: Report) -> _Copied:
    return _of_sqlite(zipped, folder, report) if db.engine.dialect.name == "sqlite" else _of_postgres(zipped, report)


def _of_sqlite(zipped: ZipFile, folder: Path, report: Report) -> _Copied:
    """A copy beside the draft first, which is what the online backup can write; then packed."""
    file = folder / archive.DATABASE
    counts = sqlite_copy.copy(db.engine, file, report)
    with file.open("rb") as source, zipped.open(archive.member(ZIP_DEFLATED), "w", force_zip64=True) as target:
        digest = archive.copy(source, target)
    return _Copied(counts, file.stat().st_size, digest)


def _of_postgres(zipped: ZipFile, report: Report) -> _Copied:
    """Straight into the archive, and not packed again: the dump is packed by itself."""
    member = archive.member(ZIP_STORED)
    with zipped.open(member, "w", force_zip64=True) as target:
        counts, digest = postgres_dump.dump(db.engine, target, report)
    return _Copied(counts, member.file_size, digest)
