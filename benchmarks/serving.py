"""Pages a second of Home from real servers, beside the same app called without one, by as many processes at once.

A visitor in a process of its own keeps eight connections busy. Server and bare app take turns, round after round, so
that what else the machine does falls on all alike; told are medians of the rounds' shares, and how far they lie apart.
Pages a second want a machine that does nothing else; what a processor did for each can be told on a busy one, too.
"""

import importlib.util
import socket
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection

import flask_migrate
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.period import quarter_of
from advocacy.models import logins
from advocacy.models.activities import ActivityPerson
from advocacy.models.base import db
from benchmarks import company
from benchmarks.clock import worked_by
from benchmarks.databases import NOW, installed
from benchmarks.figure import Figure
from benchmarks.processes import WITHIN, said, started

PEOPLE, ACTIVITIES = 50, 2_000
ROUNDS, SECONDS, CONNECTIONS = 5, 3.0, 8
PATH = f"/?period={quarter_of(NOW.date()).label}"


@dataclass(frozen=True, slots=True)
class Server:
    """A server as an operator starts it, the cores it can use, and the share of them that pages should get."""

    name: str
    words: tuple[str, ...]
    cores: int
    aim: float


SERVERS = (
    Server("waitress", ("advocacy", "serve", "--no-worker", "--port", "{port}"), 1, 0.8),
    Server("gunicorn × 2", ("gunicorn", "--workers=2", "--bind=127.0.0.1:{port}", "wsgi:app"), 2, 0.9),
)


@dataclass(frozen=True, slots=True)
class Run:
    """Pages a second, and pages a second that a processor worked for them (None where nobody tells)."""

    wall: float
    work: float | None


def figures(rounds: int = ROUNDS, seconds: float = SECONDS, servers: Sequence[Server] = SERVERS) -> Iterator[Figure]:
    """Pages a second under each server, against those in process times the cores it uses."""
    with installed("") as app, ExitStack() as stack:
        token, opened = _somebody(app), dict[str, Callable[[], Run]]()
        servers = [one for one in servers if importlib.util.find_spec(one.words[0])]
        for one in servers:
            address = f"127.0.0.1:{_free_port()}"
            words = (word.format(port=address.rpartition(":")[2]) for word in one.words)
            process = stack.enter_context(started(app, *words))
            _await(address)
            opened[f"bare {one.name}"] = _bare(app, token, seconds, one.cores)
            opened[one.name] = _visited(app, process.pid, address, token, seconds)
        runs = _in_turn(opened, rounds)
    for one in servers:
        yield from _figures(one, runs[one.name], runs[f"bare {one.name}"])


def _figures(server: Server, served: Sequence[Run], alone: Sequence[Run]) -> Iterator[Figure]:
    there, here = [one.wall for one in served], [one.wall for one in alone]
    yield _figure(f"Home under {server.name}, beside in-process × {server.cores}", there, here, server.aim)
    there, here = ([one.work for one in runs if one.work] for runs in (served, alone))
    if there:
        yield _figure(f"the same of a processor's work, {server.name}", there, here, server.aim)


def _figure(name: str, served: Sequence[float], alone: Sequence[float], aim: float) -> Figure:
    shares = [there / here for there, here in zip(served, alone, strict=True)]
    spread = f"rounds: {min(shares):.2f} to {max(shares):.2f}"
    value, limit = statistics.median(served), statistics.median(alone)
    return Figure(name, value, "/s", limit, statistics.median(shares), f"≥ {aim} ({spread})")


def _in_turn(measures: Mapping[str, Callable[[], Run]], rounds: int) -> dict[str, list[Run]]:
    """A B C A B C …; what happens only once, like reading templates, happens in a round before."""
    found: dict[str, list[Run]] = {name: [] for name in measures}
    for measure in measures.values():
        measure()
    for _ in company.shown(range(rounds), "rounds of serving"):
        for name, measure in measures.items():
            found[name].append(measure())
    return found


def _somebody(app: Flask) -> str:
    """The login's token of the person with the most items."""
    with app.app_context():
        flask_migrate.stamp()
        company.found(PEOPLE, visits=1)
        company.grow(ACTIVITIES)
        busiest = sa.select(ActivityPerson.person_id).group_by(ActivityPerson.person_id)
        person = db.session.scalars(busiest.order_by(sa.func.count().desc()).limit(1)).one()
        token = logins.begin(person, datetime.now(UTC))
        db.session.commit()
    return token


def _bare(app: Flask, token: str, seconds: float, cores: int) -> Callable[[], Run]:
    """The app called as a server calls it, by nobody but us, in as many processes as the server may use cores."""
    words = ("-m", "benchmarks.in_process", PATH, token, str(seconds))

    def call() -> Run:
        with ThreadPoolExecutor(cores) as pool:
            told = [tuple(map(float, one.split())) for one in pool.map(lambda _: said(app, words), range(cores))]
        return Run(
            sum(count / took for count, took, _ in told), sum(one[0] for one in told) / sum(one[2] for one in told)
        )

    return call


def _visited(app: Flask, process: int, address: str, token: str, seconds: float) -> Callable[[], Run]:
    words = ("-m", "benchmarks.visitors", address, PATH, token, str(CONNECTIONS), str(seconds))

    def visit() -> Run:
        before = worked_by(process)
        count, took = map(float, said(app, words).split())
        after = worked_by(process)
        return Run(count / took, count / (after - before) if before and after else None)

    return visit


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
    return port


def _await(address: str) -> None:
    """Until it answers."""
    until = time.monotonic() + WITHIN
    while True:
        try:
            with closing(HTTPConnection(address, timeout=WITHIN)) as connection:
                connection.request("GET", "/healthz")
                connection.getresponse().read()
            return
        except OSError as error:
            if time.monotonic() > until:
                raise RuntimeError(f"nobody answers at {address}") from error
            time.sleep(0.1)
