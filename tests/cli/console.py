"""A console to speak to: in this process with an app at NOW, or as the program that users start."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from click.testing import Result
from flask import Flask
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from advocacy import config
from advocacy.app import create_app
from advocacy.cli.database import to_newest
from advocacy.cli.group import group
from advocacy.domain.activity import Platform
from advocacy.models import connect, db, roster

ROOT = Path(__file__).parents[2]
PAGE = """# Thinker

## Technical management

- Analyse market trends: compare the technologies, and end with a conclusion
- Waters the plants
"""


@cache
def schemas() -> Registry[Any]:
    files = sorted((ROOT / "docs/interfaces").glob("*.schema.json"))
    return Registry().with_resources((f.name, Resource.from_contents(json.loads(f.read_text("utf-8")))) for f in files)


def check(shape: str, value: Any) -> None:
    """Fail unless the value has the shape that docs/interfaces promises."""
    registry = schemas()
    schema = registry.contents(f"{shape}.schema.json")
    Draft202012Validator(schema, registry=registry, format_checker=FormatChecker()).validate(value)


@dataclass(frozen=True)
class Console:
    """Runs commands on one app."""

    app: Flask
    environ: dict[str, str]

    def run(self, *words: str, stdin: str | bytes = "") -> Result:
        result = self.app.test_cli_runner().invoke(group, words, input=stdin, env=self.environ)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def says(self, *words: str) -> str:
        """What a command that succeeds prints."""
        result = self.run(*words)
        assert result.exit_code == 0, result.stderr
        return result.stdout

    def json(self, shape: str, *words: str, code: int = 0) -> Any:
        """What a command prints for machines, checked."""
        result = self.run(*words, "--json")
        assert result.exit_code == code, result.stderr
        value = json.loads(result.stdout)
        check(shape, value)
        return value

    def refuses(self, code: int, *words: str, stdin: str | bytes = "") -> str:
        """The words of a command that ends with an exit code."""
        result = self.run(*words, stdin=stdin)
        assert (result.exit_code, result.stdout) == (code, "")
        return result.stderr.removeprefix("Error: ").rstrip("\n")


@dataclass(frozen=True)
class Program:
    """Starts the real program in a folder of its own, with nothing but these settings."""

    folder: Path
    environ: dict[str, str] = field(default_factory=dict)

    def start(self, *words: str, **options: Any) -> "subprocess.Popen[str]":
        own = {name: value for name, value in os.environ.items() if not name.startswith("ADVOCACY_")}
        environ = {**own, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **self.environ, **options.pop("env", {})}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        command = [sys.executable, "-m", "advocacy", *words]
        return subprocess.Popen(command, cwd=self.folder, env=environ, text=True, **pipes)

    def install(self, *feeds: str) -> None:
        """Make the database, with Asha and these feeds of hers, without starting the program."""
        app = create_app(config.load(self.environ, self.folder))
        with app.app_context():
            to_newest()
            now = datetime.now(UTC)
            asha = roster.add("asha@x.example", "Asha", now)
            for address in feeds:
                connect.add(asha.id, Platform.FEED, address, by=None, now=now)
            db.session.commit()
            db.session.remove()
            db.engine.dispose()

    def run(self, *words: str, **env: str) -> "subprocess.CompletedProcess[str]":
        with self.start(*words, env=env, stdin=subprocess.DEVNULL) as process:
            out, err = process.communicate(timeout=60)
        assert "Traceback" not in err
        return subprocess.CompletedProcess(words, process.returncode, out, err)


def feed(*entries: tuple[str, str, str], title: str = "Asha writes") -> bytes:
    """An Atom feed of (moment, title, text)."""
    items = "".join(
        f"<entry><id>urn:{at}</id><title>{heading}</title><published>{at}</published><updated>{at}</updated>"
        f'<link href="https://asha.example/{number}"/><content type="text">{text}</content></entry>'
        for number, (at, heading, text) in enumerate(entries)
    )
    return (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>urn:f</id><title>{title}</title>'
        f"<updated>2026-11-01T00:00:00Z</updated>{items}</feed>"
    ).encode()


ANALYSIS = (
    "I compared Ceph with Longhorn on Kubernetes for a year. My conclusion: choose Ceph when you have an operator."
)
ENTRIES = (
    ("2026-10-31T20:00:00Z", "Ceph versus Longhorn", ANALYSIS),
    ("2026-09-30T20:00:00Z", "Ceph versus Rook", ANALYSIS),
    ("2026-08-15T12:00:00Z", "Ceph versus NFS", ANALYSIS),
    ("2026-08-01T12:00:00Z", "My garden", "The tomatoes are ripe."),
)
