"""What the worker costs: a sweep of far-away blogs, its memory with many accounts, and ticks shared by several."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from advocacy import running
from advocacy.domain.activity import Platform
from advocacy.models import sqlite
from advocacy.models.accounts import Account, Subscription
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.models.runs import Run
from benchmarks.databases import installed
from benchmarks.far_away import LATENCY
from benchmarks.figure import Figure

FEEDS, HOSTS, THREADS = 1_000, 250, 50
FEW, MANY = 100, 10_000
SEEN = 400  #: addresses read before the memory is taken
WORKERS, SLOTS = 4, 2


def figures() -> Iterator[Figure]:
    """The promises of SPEED.md's table that are about workers, on SQLite."""
    with far_away(HOSTS) as hosts:
        for name, path in (("unchanged", "same"), ("changed", "news")):
            yield from _sweep(hosts, name, path)
        few, many = (_memory(hosts, accounts) for accounts in (FEW, MANY))
    yield Figure("worker memory, 10,000 accounts", many, "MB", few, many / few, "≤ 1.3 × of 100 accounts")
    slots, runs = _ticks()
    yield Figure(f"runs a slot with {WORKERS} workers", runs / slots, "/slot", 1, runs / slots, "exactly 1")


@contextmanager
def far_away(hosts: int) -> Iterator[list[str]]:
    """Blogs 100 ms away, in a process of their own; their base addresses."""
    command = [sys.executable, "-m", "benchmarks.far_away", str(hosts)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        assert server.stdin
        yield [server.stdout.readline().strip() for _ in range(hosts)]
        server.stdin.close()


@dataclass(frozen=True)
class _Place:
    """An installation whose worker is a process."""

    app: Flask
    folder: str

    def fill(self, hosts: list[str], count: int, path: str) -> None:
        """Connect so many blogs, all due at once."""
        known = {"platform": Platform.FEED, "state_since": _now(), "next_due": _now(), "cursor": {}}
        named = [f"{hosts[n % len(hosts)]}/{path}/{n}" for n in range(count)]
        db.session.execute(sa.insert(Subscription), [{**known, "address": address} for address in named])
        person = db.session.scalars(sa.select(Person.id)).one()
        joined = {"platform": Platform.FEED, "person_id": person, "created_at": _now(), "accepted_at": _now()}
        ids = db.session.execute(sa.select(Subscription.id, Subscription.address)).all()
        db.session.execute(sa.insert(Account), [{**joined, "subscription_id": key, "handle": at} for key, at in ids])
        db.session.commit()

    @contextmanager
    def worker(self, threads: int) -> Iterator["subprocess.Popen[bytes]"]:
        settings = {"ADVOCACY_DATA_DIR": self.folder, "ADVOCACY_FETCH__ALLOW_NETS": "127.0.0.0/8"}
        environ = {**os.environ, **settings, "ADVOCACY_WORKER__THREADS": str(threads)}
        command = [sys.executable, "-m", "advocacy", "worker"]
        with subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL) as process:
            try:
                yield process
            finally:
                process.terminate()
                process.wait(30)

    def read_since(self, moment: datetime) -> tuple[int, float]:
        """How many were read since, and the seconds from the first claim to the last result."""
        row = Subscription
        query = sa.select(sa.func.count(), sa.func.min(row.last_try_at), sa.func.max(row.last_ok_at))
        with sqlite.reading():
            number, first, last = db.session.execute(query.where(row.last_ok_at >= moment)).one()
            db.session.rollback()
        return number, (last - first).total_seconds() if first and last else 0.0

    def await_read(self, count: int, moment: datetime) -> float:
        while (found := self.read_since(moment))[0] < count:
            time.sleep(0.25)
        return found[1]

    def make_due(self) -> None:
        db.session.execute(sa.update(Subscription).values(next_due=_now()))
        db.session.commit()


@contextmanager
def _place() -> Iterator[_Place]:
    with installed("") as app, app.app_context():
        yield _Place(app, str(running.settings().data_dir))


def _sweep(hosts: list[str], name: str, path: str) -> Iterator[Figure]:
    """The second visit of all: what is new is stored at the first already."""
    with _place() as place:
        place.fill(hosts, FEEDS, path)
        times, spent = [], []
        for _ in range(2):
            moment = _now()
            with place.worker(THREADS) as process:
                idle = _busy(process)
                times.append(place.await_read(FEEDS, moment))
                spent.append(_busy(process) - idle)
            place.make_due()
    least = FEEDS / THREADS * LATENCY
    yield Figure(f"sweep of 1,000 {name} feeds, 50 at a time", times[1], "s", least, times[1] / least, "≤ 1.3")
    each = spent[1] / FEEDS * 1000
    ideal = LATENCY / THREADS * 1000
    yield Figure(f"CPU a visit, {name} feed, start included", each, "ms", ideal, each / ideal, "≤ 1 on one core")


def _memory(hosts: list[str], accounts: int) -> float:
    """The most that a worker held while it read the same number of blogs, out of few or many that are due."""
    with _place() as place:
        place.fill(hosts, accounts, "same")
        moment = _now()
        with place.worker(4) as process:
            read = 0
            while read < SEEN:
                before = min(SEEN - read, accounts)
                place.await_read(before, moment)
                read += before
                if read < SEEN:
                    moment = _now()
                    place.make_due()
            return _most_memory(process)


def _ticks() -> tuple[int, int]:
    """Minutes that passed with something due, and the runs that several workers made of it."""
    with _place() as place:
        place.fill(["http://127.0.0.1:9"], 1, "same")
        first = _now()
        workers = [place.worker(2) for _ in range(WORKERS)]
        for one in workers:
            one.__enter__()
        while _now() < first + timedelta(minutes=SLOTS):
            place.make_due()
            time.sleep(0.5)
        for one in workers:
            one.__exit__(None, None, None)
        slots = {run.started_at.replace(second=0, microsecond=0) for run in db.session.scalars(sa.select(Run))}
        return len(slots), db.session.scalar(sa.select(sa.func.count()).select_from(Run)) or 0


def _busy(process: "subprocess.Popen[bytes]") -> float:
    """Seconds of CPU so far, of the worker and of the children that read feeds for it."""
    spent = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            fields = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
            if process.pid in (int(stat.parent.name), int(fields[1])):
                spent += int(fields[11]) + int(fields[12])
    return spent / os.sysconf("SC_CLK_TCK")


def _most_memory(process: "subprocess.Popen[bytes]") -> float:
    """Megabytes at most so far."""
    lines = Path(f"/proc/{process.pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _now() -> datetime:
    return datetime.now(UTC)
