"""`gunicorn wsgi:app` finds the app, made from the environment."""

import os
import subprocess
import sys
from pathlib import Path

ASK = "from wsgi import app; print(app.test_client().get('/healthz').status_code)"


def test_a_server_finds_the_app(environ: dict[str, str]) -> None:
    """In a process of its own: it also sets up how logs are written."""
    asked = subprocess.run(
        [sys.executable, "-c", ASK], cwd=Path(__file__).parents[1], env={**os.environ, **environ}, capture_output=True
    )
    assert (asked.stdout, asked.stderr) == (b"200\n", b"")
