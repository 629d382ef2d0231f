"""What somebody gave us: a zip, a folder or a file, of which only what a reader asks for by name is ever opened.

Nothing is unpacked to disk, and no name in a zip is ever used as a path.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from ingest.zip_directory import DIRECTORY_LIMIT, directory_size

MEMBER_LIMIT = 2 * 2**30  #: bytes of one member, decoded
TOTAL_LIMIT = 4 * 2**30  #: bytes of all members that are opened, decoded
RATIO_LIMIT = 200  #: an archive's texts pack to a tenth; a bomb's zeros to a thousandth
SMALL = 10 * 2**20  #: bytes: what is no larger than this may be packed as tight as it likes
ENTRIES_LIMIT = 300_000
_IS_ZIP = b"PK\x03\x04", b"PK\x05\x06"


class BadArchive(ValueError):
    """The file is not what it is said to be, or not to be opened safely; the words say how to mend it."""


@dataclass
class Bundle:
    """The members of what was given, by their names; `name` is what the whole is called."""

    name: str
    members: dict[str, int]  #: name → size, decoded
    _path: Path
    _zip: zipfile.ZipFile | None = None
    _opened: int = field(default=0)

    def find(self, pattern: str) -> list[str]:
        """The members whose path ends as the pattern says, whatever folders stand before, by name.

        A file that was given alone is taken for what it is said to be, whatever it is called.
        """
        wanted = re.compile(rf"(?:.*/)?(?:{pattern})", re.IGNORECASE)
        return sorted(name for name in self.members if wanted.fullmatch(name))

    @property
    def is_single(self) -> bool:
        """Whether it is one plain file."""
        return self._zip is None and self._path.is_file()

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A member's bytes, decoded as they are read."""
        self._opened += self.members[name]
        if self.members[name] > MEMBER_LIMIT or self._opened > TOTAL_LIMIT:
            raise BadArchive(f"{told(name)} is larger than {MEMBER_LIMIT // 2**30} GB: give it in parts")
        try:
            with self._stream(name) as stream:
                yield stream
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
            if isinstance(error, BadArchive) or self._zip is None:
                raise
            raise BadArchive(f"{told(name)} cannot be unpacked: {told(str(error))}. Fetch the archive again") from error

    def _stream(self, name: str) -> IO[bytes]:
        if self._zip is None:
            return (self._path / name if self._path.is_dir() else self._path).open("rb")
        info = self._zip.getinfo(name)
        if info.flag_bits & 0x1:
            raise BadArchive(f"{told(name)} is locked with a password: unpack it, and give the folder or the file")
        if info.file_size > SMALL and info.file_size > RATIO_LIMIT * max(info.compress_size, 1):
            raise BadArchive(f"{told(name)} unpacks to more than {RATIO_LIMIT} times its size: it is not opened")
        return self._zip.open(info)


@contextmanager
def bundle(path: Path, name: str = "") -> Iterator[Bundle]:
    """Look at what was given; raise BadArchive for a zip that is broken, or has too many entries."""
    called = told(name or path.name)
    if path.is_dir():
        yield Bundle(called, _of_folder(path), path)
    elif _is_zip(path):
        with _zip(path) as opened:
            yield Bundle(called, _of_zip(opened), path, opened)
    else:
        yield Bundle(called, {called: path.stat().st_size}, path)


def told(words: str) -> str:
    """A name that a stranger gave, fit for a page and a terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in words[:200])


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in _IS_ZIP


@contextmanager
def _zip(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with path.open("rb") as file:
            if directory_size(file) > DIRECTORY_LIMIT:
                raise BadArchive("the zip lists more files than any archive has: it is not opened")
        opened = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, EOFError, io.UnsupportedOperation, NotImplementedError) as error:
        raise BadArchive(f"the zip is broken ({told(str(error))}): fetch it again, it may be cut short") from error
    with opened:
        yield opened


def _of_zip(opened: zipfile.ZipFile) -> dict[str, int]:
    infos = opened.infolist()
    if len(infos) > ENTRIES_LIMIT:
        raise BadArchive("the zip lists more files than any archive has: it is not opened")
    files = {info.filename: info.file_size for info in infos if not info.is_dir()}
    if files and all(PurePosixPath(name).suffix.lower() == ".zip" for name in files):
        raise BadArchive("there are only zips in the zip: unpack it once, and give what comes out")
    return files


def _of_folder(path: Path) -> dict[str, int]:
    """Plain files below the folder; links are not followed, they may lead anywhere."""
    found = {}
    for file in path.rglob("*"):
        if file.is_file() and not file.is_symlink():
            found[file.relative_to(path).as_posix()] = file.stat().st_size
        if len(found) > ENTRIES_LIMIT:
            raise BadArchive("the folder holds more files than any archive has: give the archive's own folder")
    return found
