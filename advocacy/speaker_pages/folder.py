"""Files put into a folder at once, each by renaming; what we put there before and is no more goes, others' never.

A list of what is ours lies beside the files. It is widened before anything is put and narrowed when all is done, so
that a run that was cut short is finished by the next.
"""

import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LIST = ".advocacy-speakers.json"
_OURS = re.compile(r"index\.html|style\.css|speakers/[a-z0-9-]+\.(md|html|jpg)")


class NotOurs(ValueError):
    """A file of somebody else's stands where one of ours is to be; the words name it."""


@dataclass(frozen=True, slots=True)
class Put:
    """What became of the files, by name."""

    written: tuple[str, ...]
    same: tuple[str, ...]
    removed: tuple[str, ...]


def put(folder: Path, files: Mapping[str, bytes]) -> Put:
    """Let the folder hold these files of ours; raise NotOurs before anything is touched."""
    before = _listed(folder)
    new = {name: content for name, content in files.items() if _content(folder / name) != content}
    foreign = [name for name in new if name not in before and _is_there(folder / name)]
    if foreign:
        raise NotOurs(f"{folder / foreign[0]} is there already, and was not written by this command")
    gone = sorted(name for name in before if name not in files and _is_there(folder / name))
    (folder / "speakers").mkdir(parents=True, exist_ok=True)
    _list(folder, {*before, *files})
    _swap(folder, new)
    for name in gone:
        (folder / name).unlink(missing_ok=True)
    _list(folder, files)
    return Put(tuple(new), tuple(name for name in files if name not in new), tuple(gone))


def _swap(folder: Path, new: Mapping[str, bytes]) -> None:
    """Write all of it beside its place first; nothing is swapped when that fails."""
    waiting: dict[str, Path] = {}
    try:
        for name, content in new.items():
            waiting[name] = _written(folder / name, content)
        for name in new:
            waiting[name].replace(folder / name)
            del waiting[name]
    finally:
        for left in waiting.values():
            left.unlink(missing_ok=True)


def _written(place: Path, content: bytes) -> Path:
    beside = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    with beside.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return beside


def _listed(folder: Path) -> set[str]:
    """What we wrote there before; a list that is damaged lists nothing, and only names of ours count."""
    try:
        said = json.loads((folder / LIST).read_bytes())
    except (OSError, ValueError):
        return set()
    names = said.get("files") if isinstance(said, dict) else None
    return {one for one in names if isinstance(one, str) and _OURS.fullmatch(one)} if isinstance(names, list) else set()


def _list(folder: Path, names: Mapping[str, bytes] | set[str]) -> None:
    text = json.dumps({"about": "written by advocacy speakers export; these are its files", "files": sorted(names)})
    _written(folder / LIST, f"{text}\n".encode()).replace(folder / LIST)


def _content(place: Path) -> bytes | None:
    return None if place.is_symlink() or not place.is_file() else place.read_bytes()


def _is_there(place: Path) -> bool:
    return place.is_symlink() or place.exists()
