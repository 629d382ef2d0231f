"""Where a file is made before it gets its name, so that nobody ever sees it half written."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from advocacy.backups.manifest import BackupError


@contextmanager
def workshop(final: Path) -> Iterator[Path]:
    """A folder beside the final file, for its owner only, gone in the end; what a killed backup left goes too."""
    _sweep_up(final.parent)
    folder, handle = _locked(final.parent)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def give_name(draft: Path, final: Path) -> None:
    """Give a finished file its name, on the disk for good; raise BackupError when the name is taken."""
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    try:
        os.link(draft, final)
    except FileExistsError as error:
        raise taken(final) from error
    _settle(final.parent)


def _locked(where: Path) -> tuple[Path, int]:
    """A new folder, and the lock that says somebody works in it; another one's sweep may have been faster."""
    folder = where / f".advocacy-backup-{secrets.token_hex(6)}"
    folder.mkdir(mode=0o700)
    handle = os.open(folder, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    if folder.exists():
        return folder, handle
    os.close(handle)
    return _locked(where)


def _settle(folder: Path) -> None:
    """See that the names in a folder outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def taken(final: Path) -> BackupError:
    """Why a backup is not written over another file."""
    return BackupError(f"{final} is there already and stays as it is: name another file.")


def _sweep_up(folder: Path) -> None:
    for old in folder.glob(".advocacy-backup-*"):
        try:
            handle = os.open(old, os.O_RDONLY)
        except FileNotFoundError:
            continue  # swept by another one
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(old, ignore_errors=True)
        except BlockingIOError:
            pass  # somebody writes in there now
        finally:
            os.close(handle)
