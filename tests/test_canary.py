"""Canaries: secrets that are known at sight go through a whole line with faults in it, and turn up nowhere.

The server and its worker run as they are run by people; everything that they write, answer and store is searched.
"""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.engine import make_url

from advocacy import config
from advocacy.app import create_app
from advocacy.cli.database import to_newest
from advocacy.domain.activity import Platform
from advocacy.models import connect, db, invitations, ladder_import, roster
from advocacy.models.base import Base
from advocacy.running import now
from tests.cli.console import Program
from tests.fault_server import FaultServer
from tests.journey import TOKEN

ASHA = "asha@x.example"


@dataclass
class Line:
    """The program with its secrets, what it wrote and what it answered."""

    program: Program
    app: Flask
    canaries: dict[str, str]
    port: int = 0
    answers: list[str] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None, **sent: str) -> str:
        """One request, with the cookies so far; the answer is kept, and given."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            given = {"Cookie": kept, "Content-Type": "application/x-www-form-urlencoded", **sent}
            connection.request(method, path, urlencode(form) if form else None, given)
            answer = connection.getresponse()
            for name, value in answer.getheaders():
                if name == "Set-Cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.partition(";")[0]
                    self.canaries[f"cookie {len(self.canaries)}"] = self.cookies[key] or "canary"
            told = [f"{name}: {value}" for name, value in answer.getheaders() if name != "Set-Cookie"]
            self.answers.append("\n".join([f"{answer.status}", *told, answer.read().decode()]))
        finally:
            connection.close()
        return self.answers[-1]

    def form_token(self, path: str) -> str:
        """The token of a page's form: one more canary."""
        token: str = TOKEN.findall(self.ask("GET", path))[0]
        self.canaries[f"form token {len(self.canaries)}"] = token
        return token

    @contextmanager
    def without(self, table: str) -> Iterator[None]:
        """A table is gone for a while, and every statement on it a fault."""
        with self.app.app_context(), db.engine.begin() as connection:
            connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {table}_gone")
        try:
            yield
        finally:
            with self.app.app_context(), db.engine.begin() as connection:
                connection.exec_driver_sql(f"ALTER TABLE {table}_gone RENAME TO {table}")


@pytest.fixture
def line(database_url: str, tmp_path: Path) -> Iterator[Line]:
    """An installation whose every secret is a canary; the test server asks for no password and takes any."""
    canaries = {name: f"canary{secrets.token_hex(16)}" for name in ("signing key", "key of a source", "password")}
    address = make_url(database_url)
    if address.drivername.startswith("postgresql"):
        canaries["database password"] = f"canary{secrets.token_hex(8)}"
        address = address.set(password=canaries["database password"])
    environ = {
        "ADVOCACY_DATABASE_URL": address.render_as_string(hide_password=False),
        "ADVOCACY_SECRET_KEY": canaries["signing key"],
        "ADVOCACY_X__BEARER_TOKEN": canaries["key of a source"],
        "ADVOCACY_FETCH__ALLOW_NETS": "127.0.0.0/8",
    }
    app = create_app(config.load(environ, tmp_path))
    yield Line(Program(tmp_path, environ), app, canaries)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def install(line: Line, *feeds: str) -> None:
    """Asha with a role, these feeds and an open set-up link."""
    page = b"# Thinker\n\n## Work\n\n- Write about storage\n"
    with line.app.app_context():
        to_newest()
        ladder_import.apply(
            ladder_import.preview(page, "thinker.md", line.app.extensions["advocacy.rules"]), page, None, now()
        )
        asha = roster.add(ASHA, "Asha", now())
        roster.give_role(asha.id, "thinker", roster.EVER)
        for address in feeds:
            connect.add(asha.id, Platform.FEED, address, by=asha.id, now=now())
        line.canaries["set-up token"] = invitations.invite(asha.id, now())
        db.session.commit()
        db.session.remove()


def come_and_go(line: Line) -> None:
    """Asha sets her password and signs in; much goes wrong, on her side and on ours."""
    word, link = line.canaries["password"], f"/setup/{line.canaries['set-up token']}"
    again = {"password": word, "again": word}
    with line.without("person"):
        line.ask("GET", link)
        line.ask("GET", f"{link}?token={line.canaries['set-up token']}")
    line.ask("POST", link, {"csrf_token": "wrong", **again})
    line.ask("POST", link, {"csrf_token": line.form_token(link), "password": word, "again": f"{word}!"})
    assert line.ask("POST", link, {"csrf_token": line.form_token(link), **again}).startswith("303")
    cookie, token = line.cookies["advocacy"], line.form_token("/logins")
    for path in (link, f"/{cookie}", f"/sign-in?next={word}", f"/nowhere?word={word}"):
        for method in ("GET", "DELETE", "POST"):
            line.ask(method, path, {"csrf_token": token, **again} if method == "POST" else None)
    line.ask("POST", "/sign-out", {"csrf_token": token, **again}, Origin="https://evil.example")
    line.ask("POST", "/sources/connect/feed", {"csrf_token": token, "address": "ftp://blog.example", **again})
    line.ask("POST", "/sources/connect/feed", {"csrf_token": token, "address": "x" * 3_000_000, **again})
    for table in ("account", "login", "signin_attempt", "person"):
        token = line.form_token("/logins")
        with line.without(table):
            line.ask("GET", "/sources")
            line.ask("GET", "/readyz", Authorization=f"Bearer {cookie}")
            line.ask("POST", "/sign-in", {"csrf_token": token, "email": ASHA, "password": word})
    token = line.form_token("/logins")
    line.ask("POST", "/sign-in", {"csrf_token": token, "email": ASHA, "password": f"{word}, nearly"})
    line.ask("POST", "/sign-in", {"csrf_token": token, "email": word, "password": word})
    line.answers.pop()  # what is typed into a field that is shown is shown again to whoever typed it


def commands(line: Line) -> str:
    """What commands say of the installation, also of one whose database is away."""
    settings, doctor, people = ("config", "--json"), ("doctor", "--json"), ("people", "list", "--json")
    away = f"postgresql://me:{line.canaries['password']}@127.0.0.1:9/x"
    told = [line.program.run(*command) for command in (settings, doctor, people, ("ingest", "run", "--json"))]
    told += [line.program.run(*command, ADVOCACY_DATABASE_URL=away) for command in (settings, doctor, people)]
    return "\n".join(one.stdout + one.stderr for one in told)


def tables(line: Line) -> str:
    """Every value of every table."""
    with line.app.app_context():
        rows = [row for table in Base.metadata.sorted_tables for row in db.session.execute(sa.select(table))]
        return "\n".join(f"{tuple(row)!r}" for row in rows)


def files(folder: Path) -> dict[str, str]:
    """Whatever it left on the disk, the databases included."""
    found = (file for file in folder.rglob("*") if file.is_file())
    return {f"the file {file.relative_to(folder)}": file.read_bytes().decode("latin-1") for file in found}


def command_lines(pid: int) -> str:
    """How the processes were started, for everybody on the machine to see."""
    pids = [
        pid,
        *(int(word) for file in Path(f"/proc/{pid}/task").glob("*/children") for word in file.read_text().split()),
    ]
    return "\n".join(Path(f"/proc/{one}/cmdline").read_text("utf-8") for one in pids)


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.1)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads command lines from /proc")
def test_no_secret_turns_up_in_logs_answers_tables_files_or_words(line: Line, tmp_path: Path) -> None:
    with FaultServer() as web:
        install(line, web.url("/gone"), web.answers("/page", b"<html>", Content_Type="text/html"))
        log = tmp_path / "log"
        with log.open("w") as file, line.program.start("serve", "--port", "0", stderr=file) as process:
            try:
                assert process.stdout is not None
                first = process.stdout.readline()
                line.port = int(first.split()[3].rpartition(":")[2])
                with line.without("subscription"):
                    until(lambda: "the next one tries again" in log.read_text("utf-8"))
                come_and_go(line)
                started = command_lines(process.pid)
            finally:
                process.terminate()
                rest, _ = process.communicate(timeout=30)
    places = {
        "answers": "\n".join(line.answers),
        "standard output": first + rest,
        "command lines": started,
        "commands": commands(line),
        "tables": tables(line),
        **files(tmp_path),
    }
    statuses = {answer[:3] for answer in line.answers}
    assert statuses >= {"200", "303", "400", "401", "403", "404", "405", "413", "422", "503"}
    assert found(line.canaries, places) == []
    assert found({"name": "Asha"}, places) != []


def found(canaries: dict[str, str], places: dict[str, str]) -> list[tuple[str, str]]:
    """Which secrets stand where; a form token may stand in the answers that show its form."""
    return [
        (name, place)
        for name, secret in canaries.items()
        for place, words in places.items()
        if not (name.startswith("form token") and place == "answers")
        if secret in words or quote(secret) in words
    ]
