"""A real worker process: does what is due and asked for, stops when told, and is replaced when killed."""

import signal
import socket
import threading
import time
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.models import jobs, ladder_import
from advocacy.models.accounts import Subscription
from advocacy.models.activities import ActivityRow
from advocacy.models.base import db
from advocacy.models.runs import JobRun, Pull, Run
from advocacy.models.words import WorkState
from advocacy.models.workers import WorkerSeen
from tests.cast import Cast
from tests.fault_server import FaultServer, Play, Request, whole
from tests.ingest.scene import expectation
from tests.ingest.world import World, rss, servers, until


@pytest.fixture
def world(app: Flask, environ: dict[str, str]) -> World:
    return World(app, environ, ADVOCACY_WORKER__LEASE_SECONDS="10")


def test_it_reads_what_is_due_does_what_is_asked_and_stops_within_ten_seconds(world: World) -> None:
    with FaultServer() as server:
        asha = world.connects(server.answers("/feed", rss(5)))
        address = server.answers("/other", rss(3))
        payload = {"address": address, "author": ""}
        job_id = jobs.ask(jobs.PREVIEW, address, payload, asha, datetime.now(UTC)).id
        db.session.commit()
        with world.worker() as process:
            assert until(lambda: world.count(ActivityRow) == 5, 40)
            assert until(lambda: world.asks(sa.select(JobRun.state).where(JobRun.id == job_id)) is WorkState.DONE, 20)
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
            time.sleep(30)
        answer(connection, request)  # type: ignore[arg-type]

    with FaultServer() as server:
        server.plays["/feed"] = first_hangs
        world.connects(server.url("/feed"))
        with world.worker() as process:
            assert asked.wait(40)
            process.kill()
            process.wait(5)
        killed = time.monotonic()
        assert world.count(ActivityRow) == 0
        with world.worker():
            assert until(lambda: world.count(ActivityRow) == 5, 60)
        assert time.monotonic() - killed < 25, "the lease and a tick, not the hour that is usual"


def test_three_workers_share_what_is_due_and_read_each_address_once(world: World) -> None:
    """Whoever claims it, an address is asked once, however many look for work at the same moment."""
    with servers(10) as hosts, ExitStack() as stack:
        addresses = [host.answers(f"/{n}", rss(1, f"{host.port}.{n}.example")) for host in hosts for n in range(20)]
        for one in hosts:
            for path in list(one.plays):
                one.plays[path] = late(one.plays[path])
        world.connects(*addresses)
        for _ in range(3):
            stack.enter_context(world.worker(ADVOCACY_WORKER__THREADS="4"))
        assert until(lambda: world.count(Subscription, Subscription.last_ok_at.is_not(None)) == 200, 120)
        asked = Counter(host.url(request.path) for host in hosts for request in host.requests)
        assert until(lambda: world.count(WorkerSeen) == 3, 60)
    assert asked == dict.fromkeys(addresses, 1)
    assert world.count(Pull) == 200


def late(play: Play) -> Play:
    """The same answer after a tenth of a second, so that one worker alone is not done before the others came."""

    def after(connection: socket.socket, request: Request) -> None:
        time.sleep(0.1)
        play(connection, request)

    return after


def test_four_workers_make_one_run_a_minute_and_derive_evidence_anew_once(world: World, cast: Cast) -> None:
    """What is periodic happens once a slot, and what each worker finds stale at its start is asked for once."""
    db.session.execute(sa.delete(JobRun))
    ladder_import.correct(expectation("advocacy"), None, "", None, datetime.now(UTC))
    db.session.execute(sa.delete(JobRun))
    db.session.commit()
    with FaultServer() as server, ExitStack() as stack:
        world.connects(*[server.answers(f"/{n}", rss(1)) for n in range(8)], who="nia")
        for _ in range(4):
            stack.enter_context(world.worker(ADVOCACY_WORKER__THREADS="2"))
        assert until(lambda: world.count(WorkerSeen) == 4, 90)
        end = time.monotonic() + 15
        while time.monotonic() < end:
            world.makes_all_due()
            time.sleep(0.5)
        runs = [run.started_at for run in db.session.scalars(sa.select(Run))]
        derived = world.count(JobRun, JobRun.kind == jobs.REMAP)
    minutes = {moment.replace(second=0, microsecond=0) for moment in runs}
    assert (len(runs), derived) == (len(minutes), 1)
    assert world.count(Pull) > len(runs), "there was more to do than a visit a minute"


def test_a_worker_that_stops_leaves_no_sign_of_life_and_one_that_was_killed_leaves_the_last(world: World) -> None:
    with world.worker() as process:
        assert until(lambda: world.count(WorkerSeen) == 1, 40)
        process.kill()
        process.wait(10)
    assert world.count(WorkerSeen) == 1
    with world.worker() as process:
        assert until(lambda: world.count(WorkerSeen) == 2, 40)
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    now = datetime.now(UTC)
    assert world.count(WorkerSeen, WorkerSeen.seen_at > now - timedelta(minutes=2)) == 1
