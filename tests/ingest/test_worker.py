"""A real worker process: does what is due and asked for, stops when told, and is replaced when killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Platform
from advocacy.models import connect, jobs, roster, sqlite
from advocacy.models.activities import ActivityRow
from advocacy.models.base import db
from advocacy.models.runs import JobRun
from advocacy.models.words import WorkState
from tests.fault_server import FaultServer, Request, whole

ROOT = Path(__file__).parents[2]


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """Processes are the same on both databases; SQLite is the harder of the two."""
    return f"sqlite:///{tmp_path / 'advocacy.db'}"


@pytest.fixture
def world(app: Flask, environ: dict[str, str]) -> "World":
    return World(app, environ)


class World:
    """An installation whose worker is a process."""

    def __init__(self, app: Flask, environ: dict[str, str]) -> None:
        self.app = app
        self._environ = {**os.environ, **environ, "ADVOCACY_WORKER__LEASE_SECONDS": "10"}
        self._environ.pop("ADVOCACY_TEST_DATABASE_URL", None)

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        command = [sys.executable, "-m", "advocacy", "worker"]
        process = subprocess.Popen(command, cwd=ROOT, env=self._environ, stderr=subprocess.PIPE)
        try:
            yield process
        finally:
            process.kill()
            process.communicate()

    def connects(self, address: str) -> int:
        """Somebody connects the blog; their id."""
        now = datetime.now(UTC)
        person = roster.add("asha@tern.example", "Asha", now)
        connect.add(person.id, Platform.FEED, address, by=person.id, now=now)
        person_id = person.id
        db.session.commit()
        return person_id

    def count(self) -> int:
        with sqlite.reading():
            found = db.session.scalar(sa.select(sa.func.count()).select_from(ActivityRow)) or 0
            db.session.rollback()
        return found

    def state_of(self, job_id: int) -> WorkState:
        with sqlite.reading():
            found = db.session.get_one(JobRun, job_id).state
            db.session.rollback()
        return found


def until(true: Callable[[], bool], within: float) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def rss(count: int) -> bytes:
    items = "".join(
        f"<item><title>OpenEBS on Kubernetes {n}</title><guid>https://blog.example/{n}</guid>"
        f"<link>https://blog.example/{n}</link><pubDate>Tue, 10 Nov 2026 10:00:{n:02} GMT</pubDate></item>"
        for n in range(count)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>B</title>{items}</channel></rss>'.encode()


def test_it_reads_what_is_due_does_what_is_asked_and_stops_within_ten_seconds(world: World) -> None:
    with FaultServer() as server:
        asha = world.connects(server.answers("/feed", rss(5)))
        address = server.answers("/other", rss(3))
        payload = {"address": address, "author": ""}
        job_id = jobs.ask(jobs.PREVIEW, address, payload, asha, datetime.now(UTC)).id
        db.session.commit()
        with world.worker() as process:
            assert until(lambda: world.count() == 5, 20)
            assert until(lambda: world.state_of(job_id) is WorkState.DONE, 10)
            assert db.session.get_one(JobRun, job_id).payload["result"]["kept"] == 3
            db.session.rollback()
            process.send_signal(signal.SIGTERM)
            began = time.monotonic()
            assert process.wait(10) == 0
            assert time.monotonic() - began < 10


def test_what_a_killed_worker_held_is_finished_by_the_next_when_the_lease_ends(world: World) -> None:
    asked, answer = threading.Event(), whole(rss(5), 200)

    def first_hangs(connection: object, request: Request) -> None:
        if not asked.is_set():
            asked.set()
            time.sleep(20)
        answer(connection, request)  # type: ignore[arg-type]

    with FaultServer() as server:
        server.plays["/feed"] = first_hangs
        world.connects(server.url("/feed"))
        with world.worker() as process:
            assert asked.wait(20)
            process.kill()
            process.wait(5)
        killed = time.monotonic()
        assert world.count() == 0
        with world.worker():
            assert until(lambda: world.count() == 5, 20)
        assert time.monotonic() - killed < 18
