"""An installation whose workers are real processes, on either database, and the blogs they read."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Platform
from advocacy.models import connect, roster, sqlite
from advocacy.models.accounts import Subscription
from advocacy.models.base import Base, db
from tests.fault_server import FaultServer

ROOT = Path(__file__).parents[2]


class World:
    """Its tables as a test sees them, and its workers as processes."""

    def __init__(self, app: Flask, environ: dict[str, str], **settings: str) -> None:
        self.app = app
        self.environ = {**os.environ, **environ, **settings}
        self.environ.pop("ADVOCACY_TEST_DATABASE_URL", None)

    @contextmanager
    def runs(self, *words: str, module: str = "advocacy", **settings: str) -> Iterator["subprocess.Popen[bytes]"]:
        """A command of the program, or of one that stands in for it, as a process of its own, ended in any case."""
        command = [sys.executable, "-m", module, *words]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        process = subprocess.Popen(command, cwd=ROOT, env={**self.environ, **settings}, **pipes)  # type: ignore[call-overload]
        try:
            yield process
        finally:
            process.kill()
            process.communicate()

    def worker(self, **settings: str) -> Any:
        return self.runs("worker", **settings)

    def connects(self, *addresses: str, who: str = "asha") -> int:
        """Somebody connects these blogs; their id."""
        now = datetime.now(UTC)
        person = roster.add(f"{who}@tern.example", who.title(), now)
        for address in addresses:
            connect.add(person.id, Platform.FEED, address, by=person.id, now=now)
        person_id = person.id
        db.session.commit()
        return person_id

    def makes_all_due(self, since: timedelta = timedelta()) -> None:
        db.session.execute(sa.update(Subscription).values(next_due=datetime.now(UTC) - since))
        db.session.commit()

    def count(self, table: type[Base], *where: sa.ColumnElement[bool]) -> int:
        return self.asks(sa.select(sa.func.count()).select_from(table).where(*where)) or 0

    def asks(self, query: sa.Select[Any]) -> Any:
        """What the tables say now, without keeping a writer waiting."""
        with sqlite.reading():
            found = db.session.scalar(query)
            db.session.rollback()
        return found


def until(true: Callable[[], bool], within: float) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def rss(count: int, name: str = "blog.example") -> bytes:
    items = "".join(
        f"<item><title>OpenEBS on Kubernetes {n}</title><guid>https://{name}/{n}</guid>"
        f"<link>https://{name}/{n}</link><pubDate>Tue, 10 Nov 2026 10:00:{n:02} GMT</pubDate></item>"
        for n in range(count)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>B</title>{items}</channel></rss>'.encode()


@contextmanager
def servers(count: int) -> Iterator[Sequence[FaultServer]]:
    """So many hosts."""
    with ExitStack() as stack:
        yield [stack.enter_context(FaultServer()) for _ in range(count)]
