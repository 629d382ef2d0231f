"""A PostgreSQL database dumped and restored by PostgreSQL's own programs, at one snapshot, no password in sight."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

import sqlalchemy as sa
from sqlalchemy.engine import URL

from advocacy.backups import archive
from advocacy.backups.manifest import BackupError
from advocacy.backups.rows import count

Report = Callable[[int, int | None], None]
DUMPING = b"dumping contents of table"


def dump(engine: sa.Engine, to: IO[bytes], report: Report) -> tuple[Mapping[str, int], str]:
    """Dump what one snapshot shows; (rows by table in the same snapshot, SHA-256 of the dump)."""
    program = _program("pg_dump", engine)
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        counts = count(connection)
        snapshot = connection.scalar(sa.text("SELECT pg_export_snapshot()"))
        command = [program, "--format=custom", "--no-owner", "--no-privileges", "--verbose", f"--snapshot={snapshot}"]
        return counts, _stream([*command, _address(engine.url)], engine.url, to, len(counts), report)


def restore(file: Path, engine: sa.Engine) -> None:
    """Restore a dump into an empty database: all of it in one transaction, or nothing."""
    program = _program("pg_restore", engine)
    command = [program, "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    done = subprocess.run(
        [*command, f"--dbname={_address(engine.url)}", str(file)], env=_environ(engine.url), capture_output=True
    )
    if done.returncode:
        raise BackupError(f"pg_restore refused: {_last(done.stderr)}")


def _stream(command: list[str], url: URL, to: IO[bytes], tables: int, report: Report) -> str:
    """Run the dump and copy what it prints; its words go to a file, so that no pipe of them fills up."""
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(command, env=_environ(url), stdout=subprocess.PIPE, stderr=words)
        assert process.stdout is not None
        try:
            digest = archive.copy(_Watched(process.stdout, words, tables, report), to)
        finally:
            process.stdout.close()
            process.wait()
        words.seek(0)
        if process.returncode:
            raise BackupError(f"pg_dump refused: {_last(words.read())}")
    return digest


class _Watched:
    """Reads the dump, and tells after each piece how many tables were begun."""

    def __init__(self, source: IO[bytes], words: IO[bytes], tables: int, report: Report) -> None:
        self._source, self._words, self._tables, self._report = source, words, tables, report

    def read(self, size: int, /) -> bytes:
        """Read the next piece."""
        piece = self._source.read(size)
        begun = os.pread(self._words.fileno(), 2**20, 0).count(DUMPING)
        self._report(min(begun, self._tables), self._tables)
        return piece


def _program(name: str, engine: sa.Engine) -> str:
    """Where the program is; raise BackupError when it is not, or too old for the server."""
    path = shutil.which(name)
    if path is None:
        raise BackupError(f"{name} is not here: install PostgreSQL's client programs (Debian: postgresql-client).")
    told = subprocess.run([path, "--version"], capture_output=True, text=True).stdout
    found = re.search(r"(\d+)(\.\d+)?", told)
    with engine.connect() as connection:
        server = int(connection.scalar(sa.text("SHOW server_version_num")) or 0) // 10000
    if found is None or int(found[1]) < server:
        raise BackupError(
            f"{path} is of version {found[1] if found else 'unknown'} and the server of {server}: "
            f"install the client programs of version {server} or later."
        )
    return path


def _address(url: URL) -> str:
    """The database as libpq knows it, without what must not stand on a command line."""
    query = {name: value for name, value in url.query.items() if name != "password"}
    bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database, query)
    return bare.render_as_string()


def _environ(url: URL) -> dict[str, str]:
    password = url.password or url.query.get("password")
    return {**os.environ, "LC_ALL": "C", **({"PGPASSWORD": str(password)} if password else {})}


def _last(words: bytes) -> str:
    lines = [line for line in words.decode("utf-8", "replace").splitlines() if "error" in line.lower()]
    return (lines or words.decode("utf-8", "replace").splitlines() or ["it did not say why"])[-1].strip()
