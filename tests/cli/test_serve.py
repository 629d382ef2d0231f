"""`advocacy serve`: pages and a worker, started together and stopped together."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from advocacy import headers
from tests.cli.console import ENTRIES, ROOT, Program, feed
from tests.fault_server import FaultServer

Found = TypeVar("Found")


def until(true: Callable[[], Found], seconds: float = 30) -> Found:
    """Wait for something to be true."""
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.1)
    return found


def children(pid: int) -> list[int]:
    """The processes that any thread of it started and that are still alive."""
    lists = [file.read_text("ascii") for file in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(word) for words in lists for word in words.split() if alive(int(word))]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@contextmanager
def serving(program: Program, *words: str) -> "Iterator[tuple[subprocess.Popen[str], str]]":
    """The running program and where it is; it is ended in any case."""
    with program.start("serve", "--port", "0", *words, stderr=subprocess.DEVNULL) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("Advocacy is at http://127.0.0.1:"), line
            yield process, line.split()[3]
        finally:
            process.kill()


def count(program: Program, table: str) -> int:
    database = sqlite3.connect(program.folder / "var/advocacy.db")
    try:
        found: int = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        return found
    finally:
        database.close()


@pytest.fixture
def connected(program: Program, web: FaultServer) -> Program:
    """An installation with one blog that is due."""
    address = web.answers("/feed", feed(*ENTRIES), Content_Type="application/atom+xml")
    program.install(address)
    return program


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads the children of a process from /proc")
def test_pages_and_worker_live_and_end_together(connected: Program) -> None:
    with serving(connected) as (process, address):
        with urllib.request.urlopen(f"{address}/healthz", timeout=10) as answer:
            assert json.load(answer) == {"status": "alive"}
        until(lambda: count(connected, "activity") == 3)
        [first] = children(process.pid)
        os.kill(first, signal.SIGKILL)
        [second] = until(lambda: [pid for pid in children(process.pid) if pid != first])
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
        assert (time.monotonic() - began < 10, alive(second)) == (True, False)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads the children of a process from /proc")
def test_no_worker_outlives_a_server_that_was_killed(program: Program) -> None:
    with serving(program) as (process, _):
        [worker] = children(process.pid)
        process.kill()
        process.wait()
        until(lambda: not alive(worker))


def test_pages_alone(program: Program) -> None:
    with serving(program, "--no-worker") as (process, address):
        with urllib.request.urlopen(f"{address}/readyz", timeout=10) as answer:
            assert json.load(answer) == {"status": "ready", "worker": "no worker was ever seen"}
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0


@pytest.mark.parametrize(("hops", "secure"), [("0", None), ("1", "max-age=31536000")])
def test_what_a_proxy_says_is_believed_when_it_was_told_of(program: Program, hops: str, secure: str | None) -> None:
    program.environ["ADVOCACY_PROXY_HOPS"] = hops
    with serving(program, "--no-worker") as (_, address):
        asked = urllib.request.Request(f"{address}/healthz", headers={"X-Forwarded-Proto": "https"})
        with urllib.request.urlopen(asked, timeout=10) as answer:
            assert answer.headers["Strict-Transport-Security"] == secure


NO_REQUESTS = {
    "nonsense": (b"\x16\x03\x01 what?\r\n\r\n", 400),
    "a line break in a header": (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\nSet-Cookie: b=c\r\n\r\n", 400),
    "two lengths": (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
    "a length that is none": (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 400),
    "headers without end": (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 300_000 + b"\r\n\r\n", 431),
    "a body as large as a disk": (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n", 413),
    "a coding nobody knows": (b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: x\r\n\r\n", 501),
}


def test_what_is_no_request_is_refused_with_our_headers_too(program: Program) -> None:
    """The server answers these by itself; the app never sees them."""
    with serving(program, "--no-worker") as (_, address):
        port = int(address.rpartition(":")[2])
        told = {name: answered(port, sent) for name, (sent, _) in NO_REQUESTS.items()}
    assert {name: status for name, (status, _) in told.items()} == {n: status for n, (_, status) in NO_REQUESTS.items()}
    for _, said in told.values():
        assert {name: said.get(name.lower()) for name in headers.REFUSALS} == headers.REFUSALS
        assert "server" not in said


BROKEN = """
import logging, os, pathlib
from advocacy import config, logs, serve
from advocacy.app import create_app
logs.install(logging.INFO)
settings = config.load(os.environ, pathlib.Path.cwd())
app = create_app(settings)
app.wsgi_app = lambda environ, start: 1 // 0
serve.serve(app, settings, serve.listen("127.0.0.1", 0), {}, lambda address: print(address, flush=True))
"""


def test_when_all_else_fails_the_server_answers_with_our_headers_and_logs_no_path(program: Program) -> None:
    """A path may hold the token of a set-up link; the server would tell it with a fault, and with who hung up."""
    program.environ["ADVOCACY_WORKER__EMBEDDED"] = "false"
    log = program.folder / "log"
    command = [sys.executable, "-c", BROKEN]
    own = {**os.environ, **program.environ, "PYTHONPATH": str(ROOT)}
    with (
        log.open("w") as file,
        subprocess.Popen(
            command, cwd=program.folder, env=own, stdout=subprocess.PIPE, stderr=file, text=True
        ) as process,
    ):
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline().rpartition(":")[2])
            status, said = answered(port, b"GET /setup/canary HTTP/1.1\r\nHost: localhost\r\n\r\n")
        finally:
            process.kill()
    assert (status, {name: said.get(name.lower()) for name in headers.REFUSALS}) == (500, headers.REFUSALS)
    written = log.read_text("utf-8")
    assert ("ZeroDivisionError" in written, "canary" in written) == (True, False)


def answered(port: int, sent: bytes) -> tuple[int, dict[str, str]]:
    """The status and the headers that these bytes are answered with."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(sent)
        head = b""
        while b"\r\n\r\n" not in head and (part := connection.recv(65536)):
            head += part
    first, *lines = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    return int(first.split()[1]), {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in lines}


def test_a_busy_port(program: Program) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = program.run("serve", "--port", str(port))
    assert (told.returncode, told.stdout) == (3, "")
    assert told.stderr == (
        f"Error: 127.0.0.1:{port} cannot be served: Address already in use. Stop what listens there, or choose "
        "another with --port or ADVOCACY_SERVER__PORT.\n"
    )
    assert not (program.folder / "var/advocacy.db").exists()
