"""Killed at any instant: nothing is lost, nothing is doubled, and a backup taken meanwhile restores clean."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import current_app

from advocacy.domain.activity import Platform
from advocacy.models import connect, db, roster
from advocacy.models.accounts import Subscription
from advocacy.models.activities import ActivityRow
from advocacy.models.schema import revision, wanted
from advocacy.signing_key import kept_key
from tests.fault_server import FaultServer, Play, Request, whole
from tests.faults.installed import Makes
from tests.faults.kills import JOINED, LEASE, ROOT, Installation, Size, Tally, Web, batter, open_writes, until
from tests.faults.state import rows, standing
from tests.faults.walker import PAGE, pages

SMALL, LARGE = Size(feeds=8, items=20, walkers=2, posts=60), Size(feeds=24, items=40, walkers=3, posts=100)
TICK = 1  #: seconds between two looks of the worker


def integrity(engine: sa.Engine) -> list[str]:
    """What the database itself finds wrong with its pages and indexes."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            return [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
        if not connection.scalar(sa.text("SELECT count(*) FROM pg_available_extensions WHERE name = 'amcheck'")):
            pytest.skip("PostgreSQL has no amcheck here")
        connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS amcheck")
        trees = (
            "SELECT bt_index_check(i.indexrelid, true) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "JOIN pg_am a ON a.oid = c.relam AND a.amname = 'btree' WHERE c.relnamespace = 'public'::regnamespace"
        )
        heaps = (
            "SELECT h.msg FROM pg_class c, LATERAL verify_heapam(c.oid) h "
            "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
        )
        connection.exec_driver_sql(trees)
        return [row[0] for row in connection.exec_driver_sql(heaps)]


def compared(
    installed: Makes, web: Web, states: int, kills: int, told: Callable[[str], object] = lambda line: None
) -> Tally:
    """Let two installations that are the same live through the same states of the web, one of them killed.

    They must end alike in each: every row of every fact, and what stands.
    """
    calm = installed("calm")
    calm.furnish(web)
    web.publishes(0)
    calm.finish()
    shaken = installed("shaken", like=calm)
    tally, random = Tally(), Random(60)
    for state in range(1, states + 1):
        web.publishes(state)
        for one in (calm, shaken):
            one.people_act(state)
        calm.finish()
        batter(shaken, kills * state // states - tally.kills, random, tally, told)
        shaken.finish()
        assert rows(shaken.engine) == rows(calm.engine)
        assert standing(shaken.engine) == standing(calm.engine)
        assert integrity(shaken.engine) == []
    held = standing(shaken.engine)
    assert (held["leases"], held["open jobs"], held["nobody's"]) == ([], [], [])
    return tally


def test_case_60_killed_at_random_the_end_is_as_if_it_never_was(installed: Makes, web: FaultServer) -> None:
    tally = compared(installed, Web(web, SMALL), states=1, kills=5)
    assert tally.kills == 5
    assert tally.inside > 0


@pytest.mark.soak
def test_case_60_a_hundred_kills_lose_nothing_and_double_nothing(
    installed: Makes, web: FaultServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """The states go on: items are edited and added, evidence is derived anew, people decide and press sync."""

    def told(line: str) -> None:
        with capsys.disabled():
            print(f"\r{line}\x1b[K", end="", flush=True)

    tally = compared(installed, Web(web, LARGE), states=10, kills=100, told=told)
    told(f"{tally}: 0 lost, 0 doubled\n")
    assert tally.kills == 100
    assert tally.inside >= 40
    assert {"subscription", "pull", "activity", "evidence"} <= set(tally.where)


def redone(one: Installation, server: FaultServer, path: str) -> float:
    """Seconds from the kill of a worker in mid-request until another one, there already, has done its work."""
    answer, asked, hung = server.plays[path], threading.Event(), threading.Event()

    def hang(connection: socket.socket, request: Request) -> None:
        server.plays[path] = answer
        asked.set()
        hung.wait(60)

    server.plays[path] = hang
    workers = [one.start("worker", ADVOCACY_DATA_DIR=str(one.folder / name)) for name in ("first", "second")]
    try:
        until(lambda: all("begins" in seen.read_text() for _, seen in workers))
        one.time_passes()
        assert asked.wait(30)
        [victim] = [process for process, seen in workers if "wrote pull" in seen.read_text()]
        victim.kill()
        killed = time.monotonic()
        until(lambda: not standing(one.engine)["leases"])
        return time.monotonic() - killed
    finally:
        hung.set()
        for process, _ in workers:
            process.kill()
            process.wait()


def test_case_60_what_a_killed_worker_held_is_done_again_after_its_lease_and_a_tick(
    installed: Makes, web: FaultServer
) -> None:
    """The bound has room for a machine that is busy with other things; `make soak` tells the longest of five."""
    assert longest(installed, web, 1) < LEASE + TICK + 10


@pytest.mark.soak
def test_case_60_the_longest_redo_of_five(
    installed: Makes, web: FaultServer, capsys: pytest.CaptureFixture[str]
) -> None:
    took = longest(installed, web, 5)
    with capsys.disabled():
        print(f"longest redo {took:.1f} s, with a lease of {LEASE} s and a tick of {TICK} s")
    assert took < LEASE + TICK + 10


def longest(installed: Makes, web: FaultServer, times: int) -> float:
    site = Web(web, Size(feeds=1, items=10, walkers=0, posts=0))
    one = installed("one")
    one.furnish(site)
    one.postpone()
    took = []
    for state in range(times):
        site.publishes(state)
        took.append(redone(one, web, "/feed/0"))
        assert len(rows(one.engine)["activity"]) == sum(n % 4 != 3 for n in range(10 + 5 * state))
    return max(took)


@pytest.mark.parametrize("write", [1, 12, 31])
def test_case_60_an_upgrade_of_the_schema_that_is_killed_is_none_and_the_next_is_whole(
    installed: Makes, write: int
) -> None:
    one = installed("one")
    process, seen = one.start("db", "upgrade", kill_at=write)
    assert process.wait(60) == -signal.SIGKILL
    assert len(open_writes(seen.read_text())) == 1
    with one.opened():
        assert revision() is None
        assert sa.inspect(db.engine).get_table_names() == []
    assert one.run("db", "upgrade") == 0
    with one.opened():
        assert revision() == wanted(str(ROOT / "migrations"))
        with db.engine.connect() as connection:
            ours = current_app.extensions["migrate"].configure_args["include_object"]
            opts = {"compare_type": False, "include_object": ours}
            context = MigrationContext.configure(connection, opts=opts)
            assert compare_metadata(context, db.metadata) == []


def test_case_60_a_signing_key_is_whole_or_not_there(tmp_path: Path) -> None:
    """Killed after the key was written and before it had its name."""
    program = (
        "import os, signal, sys; from pathlib import Path; from advocacy.signing_key import kept_key\n"
        "sys.addaudithook(lambda event, _: event == 'os.link' and os.kill(os.getpid(), signal.SIGKILL))\n"
        "kept_key(Path('secret_key'))"
    )
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=environ).returncode == -signal.SIGKILL
    assert not (tmp_path / "secret_key").exists()
    assert len(kept_key(tmp_path / "secret_key")) == 64


@pytest.mark.soak
def test_case_60_a_demo_whose_build_is_killed_is_built_anew(installed: Makes, tmp_path: Path) -> None:
    one, demo = installed("one"), ("demo", "--build-only", "--dir", str(tmp_path / "demo"), "--stage", "first-week")
    for write in (5, 100, 200):
        process, _ = one.start(*demo, kill_at=write)
        assert process.wait(120) == -signal.SIGKILL
        assert not json.loads((tmp_path / "demo/demo.json").read_text())["finished"]
    assert one.run(*demo) == 0
    assert json.loads((tmp_path / "demo/demo.json").read_text())["finished"]


def walked(one: Installation) -> set[str]:
    with one.engine.connect() as connection:
        return set(connection.scalars(sa.select(ActivityRow.ref).where(ActivityRow.platform == Platform.YOUTUBE)))


def cursor(one: Installation) -> dict[str, object]:
    with one.engine.connect() as connection:
        found: dict[str, object] = connection.execute(sa.select(Subscription.cursor)).scalar_one()
        return found


def test_case_61_killed_in_mid_walk_the_next_run_closes_the_hole(installed: Makes, web: FaultServer) -> None:
    """Newest first: 60 posts are known, 100 more are posted, the kill comes with the third page, ten more follow."""

    def posted(count: int) -> set[str]:
        for end, body in pages(count).items():
            web.plays[f"/walk{end}"] = whole(body)
        return {f"walker:{web.url('/walk')}/{n}" for n in range(1, count + 1)}

    one = installed("one")
    everything = posted(60)
    with one.opened():
        one.furnish(Web(web, Size(0, 0, 0, 0)))
    with one.opened():
        asha = roster.by_email("asha@x.example")
        connect.add(asha.id, Platform.YOUTUBE, web.url("/walk"), by=asha.id, now=JOINED)
        db.session.commit()
    assert one.run("ingest", "run") == 0
    assert (walked(one), cursor(one)) == (everything, {"mark": 60})

    posted(160)
    third: Play = lambda connection, request: process.kill()  # noqa: E731
    web.plays[f"/walk/{161 - 2 * PAGE}"] = third
    process, _ = one.start("ingest", "run")
    assert process.wait(60) == -signal.SIGKILL
    hole = {f"walker:{web.url('/walk')}/{n}" for n in range(61, 121)}
    assert walked(one) == posted(160) - hole
    assert cursor(one) == {"mark": 60, "top": 160, "before": "121"}

    everything, asked = posted(170), len(web.requests)
    until(lambda: not held(one))
    assert one.run("ingest", "run") == 0
    assert (walked(one), cursor(one)) == (everything, {"mark": 170})
    assert [request.path for request in web.requests[asked:]] == [
        "/walk/121",
        "/walk/101",
        "/walk/81",
        "/walk/61",
        "/walk",
    ]


def held(one: Installation) -> bool:
    """Whether a lease still runs."""
    with one.engine.connect() as connection:
        until_then = connection.execute(sa.select(Subscription.lease_until)).scalar_one()
        return until_then is not None and until_then.timestamp() > time.time()


def waits(play: Play, go: threading.Event) -> Play:
    def wait(connection: socket.socket, request: Request) -> None:
        go.wait(60)
        play(connection, request)

    return wait


def restored(installed: Makes, one: Installation, file: Path, name: str) -> Installation:
    """The backup put back into an installation of its own, whose leases and facts hold."""
    there = installed(name)
    assert one.run("restore", str(file), "--check") == 0
    assert there.run("restore", str(file)) == 0
    found = standing(there.engine)
    assert (found["leases"], found["nobody's"], integrity(there.engine)) == ([], [], [])
    return there


def test_case_72_a_backup_during_ingest_restores_clean_and_goes_on_to_the_same_end(
    installed: Makes, web: FaultServer, tmp_path: Path
) -> None:
    """Half of the feeds are stored when the backup is taken, the others are under way and their leases held."""
    site, go = Web(web, SMALL), threading.Event()
    site.publishes(0)
    one = installed("one")
    one.furnish(site)
    for number in range(4, SMALL.feeds):
        path = f"/feed/{number}"
        web.plays[path] = waits(web.plays[path], go)
    worker, _ = one.start("worker")
    try:
        until(lambda: len(rows(one.engine)["activity"]) >= 60 and standing(one.engine)["leases"] != [])
        assert one.run("backup", str(tmp_path / "b.zip")) == 0
    finally:
        go.set()
        worker.terminate()
        worker.wait(20)
    there = restored(installed, one, tmp_path / "b.zip", "there")
    assert 0 < len(rows(there.engine)["activity"]) < 8 * 15
    there.finish()
    one.finish()
    assert rows(there.engine) == rows(one.engine)
    assert standing(there.engine) == standing(one.engine)


@pytest.mark.soak
def test_case_72_backups_at_any_moment_of_a_long_ingest_restore_clean(
    installed: Makes, web: FaultServer, tmp_path: Path
) -> None:
    site = Web(web, LARGE)
    site.publishes(0)
    one = installed("one")
    one.furnish(site)
    for state in range(3):
        site.publishes(state)
        one.people_act(state)
        worker, seen = one.start("worker")
        until(lambda seen=seen: seen.stat().st_size > 0)  # type: ignore[misc]
        files = [tmp_path / f"{state}-{number}.zip" for number in range(2)]
        for file in files:
            assert one.run("backup", str(file)) == 0
        worker.terminate()
        worker.wait(20)
        one.finish()
        for file in files:
            there = restored(installed, one, file, file.stem)
            there.finish()
            assert rows(there.engine) == rows(one.engine)
