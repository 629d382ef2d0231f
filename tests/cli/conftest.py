"""A console, a person with a role page, and a blog to read."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.cli.console import ENTRIES, PAGE, Console, Program, feed
from tests.fault_server import FaultServer


@pytest.fixture
def console(bare_app: Flask, environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Console:
    monkeypatch.chdir(tmp_path)
    return Console(bare_app, environ)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path, {"ADVOCACY_FETCH__ALLOW_NETS": "127.0.0.0/8"})


@pytest.fixture
def page(tmp_path: Path) -> str:
    """A role page of two sentences, one of which is recognised."""
    (tmp_path / "thinker.md").write_text(PAGE, "utf-8")
    return "thinker.md"


@pytest.fixture
def asha(console: Console, page: str) -> str:
    """Asha, in Asia/Kolkata, judged by that page."""
    console.says("ladder", "import", page)
    console.says("people", "add", "asha@x.example", "--name", "Asha", "--role", "thinker", "--zone", "Asia/Kolkata")
    return "asha@x.example"


@pytest.fixture
def web() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


@pytest.fixture
def blog(web: FaultServer) -> str:
    """The address of a blog with three analyses and a garden."""
    return web.answers("/feed.xml", feed(*ENTRIES), Content_Type="application/atom+xml")


@pytest.fixture(autouse=True, scope="session")
def _ctrl_c_reaches_children() -> None:
    """A test run that was started in the background ignores Ctrl-C, and the programs it starts would inherit that."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
