"""Files that people hand in: streamed into a folder of ours under a name of ours, used once, gone within a day."""

import os
import re
import secrets
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from flask import Flask, Request, g, request
from werkzeug.datastructures import FileStorage

from advocacy.picture import MOST_BYTES

PATH = "/sources/import"
ENDPOINT = "imports.look"
PORTRAIT = "portrait.put"
MOST = 64 * 2**20  #: bytes of a whole request; a zip of 100,000 posts has a quarter of that
SLACK = 2**20  #: bytes of a form around its picture
LAST = timedelta(days=1)
_NAME = re.compile(r"[0-9a-f]{32}")


class Upload(Request):
    """A request; the file of an upload is written where it will be read, and once."""

    def _get_file_stream(self, *given: Any, **more: Any) -> IO[bytes]:
        if self.endpoint != ENDPOINT or g.get("person") is None:
            return super()._get_file_stream(*given, **more)
        path = g.uploads_folder / secrets.token_hex(16)
        stream = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")
        g.uploads[path] = stream
        return stream


def install(app: Flask, data_dir: Path) -> None:
    """Let the one route that takes archives take them, from whoever is signed in; clear up after it."""
    app.request_class = Upload

    def allow() -> None:
        if request.endpoint == PORTRAIT and g.person is not None:
            request.max_content_length = MOST_BYTES + SLACK
        if request.endpoint == ENDPOINT and g.person is not None:
            request.max_content_length = MOST
            g.uploads, g.uploads_folder = {}, folder(data_dir)

    app.before_request(allow)
    app.teardown_request(_clear)


def keep(file: FileStorage) -> str:
    """Keep an uploaded file beyond its request; the name it is found by."""
    file.stream.flush()
    opened = os.fstat(file.stream.fileno())
    kept: Path = next(path for path in g.uploads if os.path.samestat(path.stat(), opened))
    del g.uploads[kept]
    return kept.name


def place(data_dir: Path, name: str) -> Path | None:
    """Where an upload lies; None when it is gone, or no name of ours."""
    path = data_dir / "uploads" / name
    return path if _NAME.fullmatch(name) and path.is_file() else None


def drop(data_dir: Path, name: str) -> None:
    """Delete an upload."""
    if path := place(data_dir, name):
        path.unlink(missing_ok=True)


def forget(data_dir: Path, now: datetime) -> None:
    """Delete what lies there for more than a day."""
    before = (now - LAST).timestamp()
    for path in (data_dir / "uploads").glob("*"):
        if path.is_file() and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


def folder(data_dir: Path) -> Path:
    """The folder, readable to this program alone."""
    path = data_dir / "uploads"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _clear(error: BaseException | None) -> None:
    for path, stream in g.pop("uploads", {}).items():
        stream.close()
        path.unlink(missing_ok=True)
