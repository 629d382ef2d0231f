"""The file: a ZIP of the manifest, the copied database and perhaps the signing key."""

import os
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Protocol

from advocacy.backups.manifest import BackupError, Manifest

MANIFEST, DATABASE, KEY = "manifest.json", "database", "secret_key"
CHUNK = 2**20
PACKED = 1  #: of 9: twice as fast as the usual 6, for a tenth more bytes


class Readable(Protocol):
    """What gives its bytes piece by piece."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""


@contextmanager
def writing(draft: Path) -> Iterator[zipfile.ZipFile]:
    """A new archive that only its owner may read."""
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", compresslevel=PACKED) as archive:
        yield archive


def member(compression: int) -> zipfile.ZipInfo:
    """The place of the copied database in the archive."""
    info = zipfile.ZipInfo(DATABASE, time.gmtime()[:6])
    info.compress_type, info.external_attr = compression, 0o600 << 16
    return info


def read_manifest(file: Path) -> Manifest:
    """What a backup says of itself; raise BackupError when it is none."""
    with _reading(file) as archive:
        return Manifest.read(archive.read(MANIFEST), str(file))


def unpack(file: Path, manifest: Manifest, to: Path) -> None:
    """Write the copied database to a new file; raise BackupError when a bit of it changed."""
    handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as target, _reading(file) as archive, archive.open(DATABASE) as source:
        digest = copy(source, target)
        target.flush()
        os.fsync(target.fileno())
    if digest != manifest.sha256:
        raise damaged(file)


def read_key(file: Path) -> bytes:
    """The signing key inside; raise BackupError when the file is damaged."""
    with _reading(file) as archive:
        return archive.read(KEY)


def copy(source: Readable, target: IO[bytes]) -> str:
    """Copy to the end; the SHA-256 of what was copied."""
    digest = sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest()


def damaged(file: Path) -> BackupError:
    """Why a file is not read any further."""
    return BackupError(f"{file} is damaged: it is not what was written then. Take another backup.")


@contextmanager
def _reading(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except zipfile.BadZipFile as error:
        if not zipfile.is_zipfile(file):
            raise BackupError(f"{file} is not a backup of advocacy.") from error
        raise damaged(file) from error
    except (KeyError, EOFError, zlib.error) as error:
        raise damaged(file) from error
