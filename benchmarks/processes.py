"""The product's own processes beside an installation: how they are told where it is, and how they are stopped."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from advocacy import running

ROOT = Path(__file__).parents[1]
WITHIN = 60.0  #: seconds until a server has to answer


def environ(app: Flask) -> dict[str, str]:
    """The variables by which another process finds this installation."""
    with app.app_context():
        settings = running.settings()
    own = {name: value for name, value in os.environ.items() if not name.startswith("ADVOCACY_")}
    return {
        **own,
        "PYTHONPATH": str(ROOT),
        "ADVOCACY_SECRET_KEY": settings.secret_key,
        "ADVOCACY_DATABASE_URL": settings.database_url,
        "ADVOCACY_DATA_DIR": str(settings.data_dir),
    }


@contextmanager
def started(app: Flask, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A Python program that runs beside us until the block ends."""
    quiet, command = subprocess.DEVNULL, [sys.executable, "-m", *words]
    process = subprocess.Popen(command, env=environ(app), cwd=ROOT, stdout=quiet, stderr=quiet)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(WITHIN)


def said(app: Flask, words: Sequence[str]) -> str:
    """What a Python program prints that ends by itself."""
    result = subprocess.run([sys.executable, *words], env=environ(app), cwd=ROOT, capture_output=True, text=True)
    if result.returncode:
        raise RuntimeError(result.stderr)
    return result.stdout
