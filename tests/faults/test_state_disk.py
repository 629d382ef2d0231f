"""What the database cannot take at the moment: a full disk, a lock that somebody else holds; and savepoints."""

import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from advocacy import config
from advocacy.app import create_app
from advocacy.models import db
from advocacy.models.accounts import Subscription
from tests.cli.console import PAGE, Program
from tests.cli.test_group import KEY
from tests.disk import fill, small_disk
from tests.fault_server import FaultServer
from tests.faults.installed import Makes
from tests.faults.kills import Installation, Size, Web, until
from tests.faults.state import rows, standing
from tests.faults.test_state_crash import integrity, waits
from tests.journey import Browser
from tests.one_table import engine, numbers

__all__ = ["engine"]

ONE_BLOG = Size(feeds=1, items=40, walkers=0, posts=0)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", megabytes=8) as folder:
        yield folder


@contextmanager
def working(one: Installation) -> Iterator[None]:
    """A worker runs while the block lasts."""
    process, _ = one.start("worker")
    try:
        yield
        assert process.poll() is None
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def browsing(one: Installation) -> Iterator[Browser]:
    """The app's own pages, without a login."""
    app = create_app(config.load(one.environ, one.folder))
    yield Browser(app.test_client())
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def sign_in(client: Browser) -> TestResponse:
    """Try a wrong password, which is written down."""
    return client.post("/sign-in", email="asha@x.example", password="a wrong password")


def health(one: Installation) -> list[tuple[object, ...]]:
    """(state, failures, last error, whether it was ever read) of every address."""
    with one.engine.connect() as connection:
        query = sa.select(Subscription.state, Subscription.failures, Subscription.last_error, Subscription.last_ok_at)
        return [(row[0].value, row[1], row[2], row[3] is not None) for row in connection.execute(query)]


def facts(one: Installation) -> tuple[int, int]:
    found = rows(one.engine)
    return len(found["activity"]), len(found["passed_over"])


def test_case_62_a_worker_on_a_full_disk_says_so_stores_no_half_and_goes_on_when_there_is_room(
    web: FaultServer, disk: Path
) -> None:
    """The disk fills up between the question and the answer, which is too large for what is left."""
    site, go = Web(web, ONE_BLOG), threading.Event()
    site.publishes(0)
    web.plays["/feed/0"] = waits(web.plays["/feed/0"], go)
    one = Installation(disk / "one", f"sqlite:///{disk}/one/advocacy.db")
    one.furnish(site)
    one.log = disk.parent / "log"
    with working(one):
        until(lambda: web.requests)
        filler = fill(disk)
        go.set()
        until(lambda: "disk is full" in one.log.read_text())
        assert facts(one) == (0, 0)
        assert health(one) == [("new", 0, "", False)]
        filler.unlink()
        until(lambda: facts(one)[0] > 0)
        until(lambda: not standing(one.engine)["leases"])
    assert health(one) == [("degraded", 0, "", True)]  # for the one item that nobody can read
    assert (integrity(one.engine), standing(one.engine)["nobody's"]) == ([], [])
    one.close()


def test_case_62_pages_on_a_full_disk_are_read_and_what_writes_is_told_to_come_again(
    web: FaultServer, disk: Path
) -> None:
    one = Installation(disk / "one", f"sqlite:///{disk}/one/advocacy.db")
    one.furnish(Web(web, ONE_BLOG))
    with browsing(one) as client:
        assert client.get("/readyz").status_code == 200
        assert sign_in(client).status_code == 401
        filler = fill(disk)
        answer = sign_in(client)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "The database is busy or not set up. Try again in a moment" in answer.text
        assert [client.get(path).status_code for path in ("/sign-in", "/readyz", "/healthz")] == [200, 200, 200]
        filler.unlink()
        assert sign_in(client).status_code == 401
    one.close()


def test_case_62_a_backup_without_room_leaves_nothing(web: FaultServer, disk: Path, tmp_path: Path) -> None:
    one = Installation(tmp_path / "one", f"sqlite:///{tmp_path}/one/advocacy.db")
    one.furnish(Web(web, ONE_BLOG))
    filler = fill(disk)
    assert one.run("backup", str(disk / "b.zip")) == 3
    assert [path.name for path in disk.iterdir()] == [filler.name]
    said = one.log.read_text().splitlines()[-1]
    assert re.fullmatch(rf"Error: .*{disk}.*(full|No space left).*", said)
    filler.unlink()
    assert one.run("backup", str(disk / "b.zip")) == 0
    one.close()


@contextmanager
def locked(one: Installation) -> Iterator[None]:
    """Somebody else, another process, holds the write lock."""
    hold = (
        "import sqlite3, sys; database = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30);"
        "database.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
    )
    if one.engine.dialect.name == "sqlite":
        command = [sys.executable, "-c", hold, str(one.engine.url.database)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == b"held\n"
            yield
            other.communicate()
        return
    with one.engine.begin() as connection:
        connection.exec_driver_sql("LOCK TABLE subscription, activity IN EXCLUSIVE MODE")
        yield


def test_case_70_a_database_that_another_process_locks_costs_no_item_and_is_blamed_on_no_source(
    installed: Makes, web: FaultServer
) -> None:
    """The lock is held for longer than we wait for one; the answer of the blog comes meanwhile."""
    site, go = Web(web, ONE_BLOG), threading.Event()
    site.publishes(0)
    web.plays["/feed/0"] = waits(web.plays["/feed/0"], go)
    one = installed("one")
    one.furnish(site)
    with working(one):
        until(lambda: web.requests)
        with locked(one):
            go.set()
            if one.engine.dialect.name == "sqlite":
                until(lambda: "/feed/0 (database is locked); it is read again" in one.log.read_text())
            else:
                time.sleep(2)  # PostgreSQL lets us wait for as long as it takes
        assert {row[:3] for row in health(one)} <= {("new", 0, ""), ("degraded", 0, "")}
        until(lambda: health(one) == [("degraded", 0, "", True)])
        until(lambda: not standing(one.engine)["leases"])
    calm = installed("calm")
    calm.furnish(site)
    calm.finish()
    one.finish()
    assert rows(one.engine) == rows(calm.engine)


def test_case_70_pages_beside_a_lock_are_read_and_what_writes_is_told_to_come_again(
    web: FaultServer, tmp_path: Path
) -> None:
    one = Installation(tmp_path / "one", f"sqlite:///{tmp_path}/one/advocacy.db")
    one.furnish(Web(web, ONE_BLOG))
    with browsing(one) as client:
        client.get("/sign-in")
        with locked(one):
            answer = sign_in(client)
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
            assert [client.get(path).status_code for path in ("/sign-in", "/readyz")] == [200, 200]
        assert sign_in(client).status_code == 401
    one.close()


def test_case_63_a_savepoint_rolled_back_takes_only_its_own_rows(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO t VALUES (1)")
        with connection.begin_nested() as savepoint:
            connection.exec_driver_sql("INSERT INTO t VALUES (2)")
            savepoint.rollback()
        connection.exec_driver_sql("INSERT INTO t VALUES (3)")
    with engine.connect() as connection:
        assert numbers(connection) == [1, 3]


def test_case_63_a_transaction_rolled_back_takes_its_released_savepoints_along(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        with connection.begin_nested():
            connection.exec_driver_sql("INSERT INTO t VALUES (1)")
        connection.rollback()
        assert numbers(connection) == []


def test_case_62_a_full_disk_and_a_read_only_one_end_a_command_in_words(tmp_path: Path, disk: Path) -> None:
    program, page = Program(tmp_path), "thinker.md"
    (tmp_path / page).write_text(PAGE, "utf-8")
    settings = {"ADVOCACY_DATABASE_URL": f"sqlite:///{disk}/a.db", "ADVOCACY_SECRET_KEY": KEY}
    assert program.run("db", "upgrade", **settings).returncode == 0
    filler = fill(disk)
    full = program.run("ladder", "import", page, **settings)
    assert full.returncode == 3
    assert full.stderr.endswith("its disk is writable and not full; `advocacy doctor` tells more.\n")
    filler.unlink()
    assert program.run("ladder", "show", "--json", **settings).stdout == "[]\n"
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    fixed = program.run("ladder", "import", page, **settings)
    assert fixed.returncode == 3
    assert fixed.stderr.endswith("its disk is writable and not full; `advocacy doctor` tells more.\n")
