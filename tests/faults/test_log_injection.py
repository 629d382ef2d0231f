"""Fault case 76: nothing that comes from a stranger forges a line of a log or speaks to the terminal that shows it."""

import io
import logging
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from advocacy import logs
from tests.cli.console import Program, feed
from tests.fault_server import FaultServer

FORGED = "2026-11-23 09:00:00,000 CRITICAL advocacy: forged"
HOSTILE = {
    "a line of its own": f"asha\n{FORGED}",
    "a line for Windows": f"asha\r\n{FORGED}",
    "a line by other names": f"asha\x0b\x0c\x1c\x85\u2028\u2029{FORGED}",
    "colours and a title": "\x1b[2J\x1b[31m\x1b]0;owned\x07 \x9b31m",
    "a way back": f"asha\r{FORGED}\x08\x08\x7f",
    "words that run backwards": "\u202e\u2066\u200f\u061cnimda\u2069",
    "what cannot be seen": "\u200b\u2060\ufeff\xad\U000e0041",
    "no text at all": "\x00\ud800\udfff\ufffe",
    "placeholders": "%s %(name)s %d {0} ${jndi:ldap://evil.example}",
    "very much of it": "\n" * 100_000,
}
RECORD = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ [\w.]+: .*")


@pytest.fixture
def journal() -> Iterator[tuple[logging.Logger, Callable[[], list[str]]]]:
    """A logger that writes as ours do, and the lines it wrote."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.OneLine())
    logger = logging.Logger("advocacy.test")
    logger.addHandler(handler)
    yield logger, lambda: written.getvalue().removesuffix("\n").split("\n")
    handler.close()


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path, {"ADVOCACY_FETCH__ALLOW_NETS": "127.0.0.0/8"})


@pytest.fixture
def web() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


def strange(lines: list[str]) -> list[str]:
    """Lines that are no records and no part of a traceback, forge one, or hold what no terminal should be sent."""
    return [
        line
        for line in lines
        if not (RECORD.fullmatch(line) or line.startswith(logs.MARGIN))
        or line.startswith(FORGED)
        or not line.isprintable()
        or len(line) > logs.LONGEST * 10
    ]


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_case_76_what_a_stranger_sends_is_one_line(journal: Any, words: str) -> None:
    logger, lines = journal
    logger.warning("the address %s says %r", words, words)
    logger.warning(words)
    logger.getChild(words)  # names are ours, and would not break a line either
    logger.handle(logger.makeRecord(f"advocacy.{words}", logging.ERROR, __file__, 1, "named so", (), None))
    assert (len(lines()), [line for line in lines()[:2] if line in strange(lines())]) == (3, [])
    assert all(line.isprintable() for line in lines())


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_case_76_what_an_error_quotes_stays_behind_the_margin(journal: Any, words: str) -> None:
    logger, lines = journal
    try:
        try:
            raise KeyError(words)
        except KeyError as error:
            raise ValueError(words) from error
    except ValueError as error:
        error.add_note(words.replace("\n", " "))
        logger.exception("a fault of ours")
    assert strange(lines()) == []
    assert len([line for line in lines() if line.startswith(f"{logs.MARGIN}ValueError: ")]) == 1


def test_case_76_what_was_sent_can_still_be_read() -> None:
    assert logs.escaped("Łukasz\x1b[31m 🎉\u202e\n") == r"Łukasz\x1b[31m 🎉\u202e\n"
    assert logs.escaped("x" * 4001).endswith("x … (1 more characters)")


def play(web: FaultServer) -> list[str]:
    """Feeds that answer with all of it: as a status, a type, an address, a title, an author, a body."""
    evil = f"\x1b[31m\u202e{FORGED}".encode()
    head = b"HTTP/1.1 200 X\r\nConnection: close\r\n"
    raw = {
        "/reason": b"HTTP/1.1 500 " + evil + b"\r\n\r\n",
        "/status": b"HTTP/1.1 \x1b[31m X\r\n\r\n",
        "/garbage": evil + b"\n" + FORGED.encode() + b"\n\r\n",
        "/type": head + b"Content-Type: text/" + evil + b"\r\n\r\nabc",
        "/packed": head + b"Content-Encoding: " + evil + b"\r\n\r\nabc",
        "/elsewhere": b"HTTP/1.1 302 X\r\nLocation: http://127.0.0.1:9/" + evil + b"\r\n\r\n",
        "/later": b"HTTP/1.1 429 X\r\nRetry-After: " + evil + b"\r\n\r\n",
    }
    entry = ("2026-10-31T20:00:00Z", f"Ceph versus Longhorn \u202e&#10;{FORGED}", "I compared Ceph with Longhorn.")
    plain = web.answers("/feed", feed(entry, title=f"x&#10;{FORGED}\u202e"), Content_Type="application/atom+xml")
    return [plain, *(web.plays_raw(path, answer) for path, answer in raw.items())]


def test_case_76_a_command_shows_no_strangers_bytes(program: Program, web: FaultServer) -> None:
    program.install(*play(web))
    run, status = program.run("ingest", "run"), program.run("ingest", "status")
    said = [*run.stdout.splitlines(), *run.stderr.splitlines(), *status.stdout.splitlines()]
    assert (run.returncode, len(run.stderr.splitlines())) == (5, 8)
    assert [line for line in said if not line.isprintable() or line.startswith(FORGED)] == []


def test_case_76_the_logs_of_server_and_worker_are_ours_line_by_line(program: Program, web: FaultServer) -> None:
    """Both meet hostile bytes, and trouble of ours while they do: their tables are gone from under them."""
    program.install(*play(web))
    log = program.folder / "log"
    with log.open("w") as file, program.start("serve", "--port", "0", stderr=file) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().split()[3]
            port = int(address.rpartition(":")[2])
            for table in ("activity_person", "invitation"):
                rename(program, table)
            told = [knock(port, path, FORGED) for path in paths()]
            assert knock(port, "/sign-in", f"\x1b[31m {FORGED}") == 400
            until(lambda: "our database does not take what was read" in log.read_text("utf-8", "replace"))
        finally:
            process.terminate()
            process.wait(20)
    lines = log.read_text("utf-8").splitlines()
    assert strange(lines) == []
    assert {200, 404, 503} <= set(told)
    assert any("the database does not answer: no such table: invitation" in line for line in lines)


def paths() -> list[str]:
    """Addresses that hold all of it; the last one meets a fault of ours."""
    words = [quote(words[:200].encode("utf-8", "surrogatepass")) for words in HOSTILE.values()]
    return [f"/{word}" for word in words] + [f"/sign-in?next={word}" for word in words] + [f"/setup/{words[0]}"]


def knock(port: int, path: str, agent: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        sent = {"User-Agent": agent, "X-Forwarded-For": FORGED, "Referer": FORGED}
        connection.request("GET", path, headers=sent)
        return connection.getresponse().status
    finally:
        connection.close()


def rename(program: Program, table: str) -> None:
    """Let the table be missed."""
    database = sqlite3.connect(program.folder / "var/advocacy.db", timeout=20)
    database.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")
    database.close()


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.1)
