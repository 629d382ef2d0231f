"""Whether a place may be restored into: of the backup's kind, and nothing in it."""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL

from advocacy.backups.manifest import BackupError, Manifest


def refuse_occupied(file: Path, manifest: Manifest, url: URL) -> None:
    """Raise BackupError unless the installation's own database is empty, and of the backup's kind."""
    same_kind(file, manifest, url)
    if manifest.database != "sqlite":
        _refuse_rows(url, f"the database {url.database}")
    elif file_of(url).exists():
        _refuse_rows(url, str(url.database))
    else:
        _refuse_leftovers(file_of(url))


def same_kind(file: Path, manifest: Manifest, url: URL) -> None:
    """Raise BackupError unless the backup is of a database of that kind."""
    if manifest.database != url.get_backend_name():
        raise BackupError(
            f"{file} is of a {manifest.database} database, and ADVOCACY_DATABASE_URL names one of "
            f"{url.get_backend_name()}: set it to a database of the same kind."
        )


def file_of(url: URL) -> Path:
    """The file of a SQLite database; raise BackupError when it has none."""
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


def leftovers(final: Path) -> list[Path]:
    """The names of what SQLite may keep beside a database."""
    return [final.with_name(final.name + end) for end in ("-wal", "-shm", "-journal")]


def _refuse_leftovers(final: Path) -> None:
    """A log without its database would be read into the restored one."""
    for rest in leftovers(final):
        if rest.exists():
            raise BackupError(f"{rest} belongs to a database that is not there: move it to where that one is.")
