"""Fault cases 64, 65, 68, 69, 71, 73 and 74: many workers, wrong clocks, other schemas, stops, herds and impatience."""

import signal
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from advocacy.domain.activity import Platform
from advocacy.domain.health import Health, Outcome
from advocacy.models import connect, jobs, logins, ticks
from advocacy.models.accounts import Account, Subscription
from advocacy.models.activities import ActivityRow
from advocacy.models.base import db
from advocacy.models.clock import SharedClock
from advocacy.models.runs import JobRun, Pull
from advocacy.models.words import WorkState
from advocacy.rules import Rules
from ingest import claims
from ingest.batches import PER_HOST, Room
from ingest.chores import mend_clock
from ingest.claims import EVERY, Claim
from ingest.pool import AHEAD, Pool
from ingest.pull import pull
from ingest.selection import Selection
from ingest.sweep import begin, sweep
from tests.cast import Cast
from tests.conftest import NOW
from tests.fault_server import FaultServer, Request, whole
from tests.ingest.scene import BLOG, FACTS, Scene, due, dump, rows
from tests.ingest.world import World, rss, servers, until
from tests.journey import TOKEN

ALL, DUE = Selection(due_only=False), Selection()
LEASE = timedelta(minutes=5)
DAY = timedelta(days=1)


@pytest.fixture
def scene(app: Flask, rules: Rules) -> Scene:
    return Scene(app, rules, NOW)


@pytest.fixture
def world(app: Flask, environ: dict[str, str]) -> World:
    return World(app, environ)


@pytest.fixture
def nothing_asked(cast: Cast) -> Cast:
    """The cast, after the derivation that their role page asked for."""
    db.session.execute(sa.delete(JobRun))
    db.session.commit()
    return cast


def claim(scene: Scene, selection: Selection = ALL, limit: int = 10) -> list[Claim]:
    found = claims.claim(selection, Room(batches=limit), begin(scene.hands, "test"), scene.now, LEASE)
    db.session.rollback()
    return [one for batch in found for one in batch]


def ask(scene: Scene, kind: str, subject: str = "", by: int | None = None, **payload: Any) -> int:
    job_id = jobs.ask(kind, subject, payload, by, scene.now).id
    db.session.commit()
    return job_id


def test_case_64_two_claimers_never_get_the_same_address(scene: Scene, cast: Cast) -> None:
    for n in range(24):
        scene.connects(cast.asha, f"https://blog.example/{n}")
    run_id = begin(scene.hands, "test")

    def take(_: int) -> list[int]:
        with scene.app.app_context():
            taken: list[int] = []
            while held := claims.claim(ALL, Room(batches=2), run_id, scene.now, LEASE):
                taken += [one.subscription_id for [one] in held]
            return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [one for each in pool.map(take, range(4)) for one in each]
    assert (len(taken), len(set(taken)), len(rows(Pull))) == (24, 24, 24)


def test_case_64_of_a_zombie_nothing_is_written(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 30)
    zombies = claim(scene)
    scene.later(minutes=6)
    [heir] = claim(scene)
    pull(zombies, scene.blogs, scene.rules, lambda: scene.now)
    assert dump(*FACTS) == {name: [] for name in FACTS}
    told = scene.subscription()
    assert (told.lease_token, told.cursor, told.state, told.last_ok_at) == (heir.token, {}, Health.NEW, None)
    pull([heir], scene.blogs, scene.rules, lambda: scene.now)
    assert [(row.outcome, row.new) for row in rows(Pull)] == [(Outcome.LOST, 0), (Outcome.OK, 30)]


def test_case_64_a_zombie_that_wakes_in_mid_walk_keeps_its_pages_and_writes_no_more(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 60)
    held = claim(scene)
    walk = scene.blogs.fetch

    def slow(batch: Sequence[object], now: datetime) -> object:
        for number, page in enumerate(walk(batch, now)):  # type: ignore[arg-type]
            if number == 1:
                scene.later(minutes=6)
                scene.elsewhere(lambda: claims.claim(ALL, Room(batches=1), held[0].pull_id, scene.now, LEASE))
            yield page

    scene.blogs.fetch = slow  # type: ignore[method-assign, assignment]
    pull(held, scene.blogs, scene.rules, lambda: scene.now)
    assert (len(dump()["activity"]), scene.subscription().cursor) == (20, {"read": 20})


def test_case_68_who_leaves_while_a_pull_is_under_way_gets_nothing_any_more(scene: Scene, cast: Cast) -> None:
    asha, account = cast.asha.id, scene.connects(cast.asha).id
    scene.connects(cast.lena)
    scene.blogs.posts(BLOG, 2)
    scene.blogs.meanwhile(lambda: scene.elsewhere(lambda: connect.forget(account, asha, scene.now)))
    pull = scene.sweeps()[BLOG]
    assert (pull.new, pull.poison, scene.items_of(cast.asha), len(scene.items_of(cast.lena))) == (2, 0, [], 2)


def test_case_74_asked_twenty_times_at_once_it_is_one_job(scene: Scene, nothing_asked: Cast) -> None:
    asha = nothing_asked.asha.id
    db.session.rollback()

    def press(_: int) -> int:
        with scene.app.app_context():
            return ask(scene, jobs.PULL, "1", asha)

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(press, range(20)))
    assert (len(ids), len(rows(JobRun))) == (1, 1)


@pytest.mark.parametrize("act", [connect.pause, connect.refuse])
def test_case_68_consent_taken_back_in_flight_stores_nothing(scene: Scene, cast: Cast, act: Any) -> None:
    asha, account = cast.asha.id, scene.connects(cast.asha).id
    scene.blogs.posts(BLOG, 3)
    scene.blogs.meanwhile(lambda: scene.elsewhere(lambda: act(account, asha, scene.now)))
    pull = scene.sweeps()[BLOG]
    assert (pull.new, dump(*FACTS)) == (0, {name: [] for name in FACTS})
    assert (scene.subscription().next_due, scene.sweeps()) == (None, {})


def test_case_65_a_clock_that_jumps_a_day_ahead_reads_all_once_and_no_more(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 3)
    scene.sweeps(DUE)
    scene.now += DAY
    assert [set(scene.sweeps(DUE)) for _ in range(3)] == [{BLOG}, set(), set()]
    assert (len(rows(ActivityRow)), due(scene.subscription()) >= scene.now + EVERY) == (3, True)


def test_case_65_who_lost_a_lease_by_a_jump_before_asking_asks_no_more(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 3)
    [robbed] = claim(scene)
    scene.now += DAY
    [heir] = claim(scene)
    pull([heir], scene.blogs, scene.rules, lambda: scene.now)
    pull([robbed], scene.blogs, scene.rules, lambda: scene.now)
    assert (len(scene.blogs.asked), len(rows(ActivityRow))) == (1, 3)
    assert [row.outcome for row in rows(Pull)] == [Outcome.LOST, Outcome.OK]


def test_case_65_after_a_day_too_far_ahead_nothing_sleeps_until_that_day_comes(scene: Scene, cast: Cast) -> None:
    other = "https://other.example/feed"
    scene.connects(cast.asha)
    scene.connects(cast.lena, other)
    scene.now += DAY
    scene.sweeps(Selection(platforms=frozenset([Platform.FEED])))
    scene.connects(cast.sven, "https://third.example/feed")
    held = claim(scene)  # its worker dies, and its lease ends in a future that never comes
    scene.now -= DAY
    assert (len(held), claims.any_free(DUE, scene.now)) == (3, False)
    mend_clock(scene.now)
    db.session.commit()
    assert set(scene.sweeps(DUE)) == {BLOG, other, "https://third.example/feed"}
    assert scene.sweeps(DUE) == {}


def test_case_65_a_clock_within_its_usual_tolerance_takes_no_lease_away(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    claim(scene)
    for wrong in (timedelta(minutes=-4), timedelta(minutes=4)):
        mend_clock(scene.now + wrong)
        db.session.commit()
        assert claims.any_free(ALL, scene.now + wrong) is False


def test_case_65_slots_go_on_by_the_clock_that_was_set_back_and_by_no_lagging_one(app: Flask) -> None:
    minute = timedelta(minutes=1)
    taken = [
        ticks.take("x", minute, NOW + ahead) for ahead in (DAY, DAY, timedelta(), timedelta(), minute, timedelta())
    ]
    assert taken == [True, False, True, False, True, False]


def test_case_65_workers_go_by_the_clock_of_their_database(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """On PostgreSQL a machine that is a day wrong does no harm; on SQLite there is but one machine."""
    right = datetime.now(UTC)
    if db.engine.dialect.name == "sqlite":
        pytest.skip("a file has no clock but the machine's")
    monkeypatch.setattr("advocacy.models.clock.datetime", WrongByADay)
    clock = SharedClock()
    assert abs(clock() - right) > timedelta(hours=23)
    clock.look()
    assert abs(clock() - right) < timedelta(minutes=5)


class WrongByADay(datetime):
    """What a machine believes whose clock is a day ahead."""

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + DAY


def hangs(connection: object, request: Request) -> None:
    time.sleep(60)


def stopped_in_time(process: Any) -> bool:
    process.send_signal(signal.SIGTERM)
    began = time.monotonic()
    return process.wait(30) == 0 and time.monotonic() - began < 10


def test_case_69_a_worker_with_fifty_hanging_pulls_stops_in_time_and_gives_all_back(world: World) -> None:
    with servers(13) as hosts:
        addresses = [host.url(f"/{n}") for host in hosts for n in range(4)]
        for host in hosts:
            host.plays |= {f"/{n}": hangs for n in range(4)}
        world.connects(*addresses)
        with world.worker(ADVOCACY_WORKER__THREADS="50") as process:
            assert until(lambda: sum(len(host.requests) for host in hosts) >= 50, 60)
            assert stopped_in_time(process)
        assert world.count(Subscription, Subscription.lease_token.is_not(None)) == 0
        for host in hosts:
            host.plays |= {f"/{n}": whole(rss(1, f"{host.port}.{n}.example")) for n in range(4)}
        with world.worker(ADVOCACY_WORKER__THREADS="8"):
            read = Subscription.last_ok_at.is_not(None)
            assert until(lambda: world.count(Subscription, read) == 52, 90), "at once, not when the leases end"
    assert world.count(ActivityRow) == 52


def test_case_69_what_ends_within_seconds_is_finished_before_the_stop(world: World) -> None:
    begun = threading.Event()

    def slow(connection: Any, request: Request) -> None:
        begun.set()
        time.sleep(1.5)
        whole(rss(5))(connection, request)

    with FaultServer() as server:
        server.plays["/feed"] = slow
        world.connects(server.url("/feed"))
        with world.worker() as process:
            assert begun.wait(40)
            assert stopped_in_time(process)
    assert (world.count(ActivityRow), world.count(Pull, Pull.outcome == Outcome.OK)) == (5, 1)


def test_case_69_serving_stops_in_time_with_its_hanging_worker(world: World) -> None:
    with FaultServer() as server:
        server.plays["/feed"] = hangs
        world.connects(server.url("/feed"))
        with world.runs("serve", "--port", "0") as process:
            assert until(lambda: bool(server.requests), 60)
            assert stopped_in_time(process)
    assert world.count(Subscription, Subscription.lease_token.is_not(None)) == 0


def set_schema(revision: str) -> None:
    db.session.execute(sa.text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    db.session.commit()


@pytest.mark.parametrize(
    ("there", "words"),
    [("9999", b"of a later version than this one"), ("0001", b"run `advocacy db upgrade`")],
)
def test_case_71_a_worker_picks_nothing_up_from_another_schema_and_works_when_it_fits(
    world: World, there: str, words: bytes
) -> None:
    newest = world.asks(sa.text("SELECT version_num FROM alembic_version"))  # type: ignore[arg-type]
    set_schema(there)
    with FaultServer() as server:
        world.connects(server.answers("/feed", rss(2)))
        with world.worker() as process:
            assert process.stderr
            while words not in (line := process.stderr.readline()):
                assert line, "it ended without the words"
            time.sleep(3)
            assert (process.poll(), server.requests, world.count(Pull)) == (None, [], 0)
            set_schema(newest)
            assert until(lambda: world.count(ActivityRow) == 2, 40)
            assert stopped_in_time(process)


@pytest.mark.parametrize(("there", "words"), [("9999", "of a later version"), ("0001", "older than this version's")])
def test_case_71_the_web_says_that_it_is_not_ready(
    bare_app: Flask, client: FlaskClient, there: str, words: str
) -> None:
    assert client.get("/readyz").status_code == 200
    with bare_app.app_context():
        set_schema(there)
    answer = client.get("/readyz")
    assert (answer.status_code, words in answer.json["mend"]) == (503, True)  # type: ignore[index]
    assert client.get("/healthz").status_code == 200


def fill(scene: Scene, person: int, count: int, hosts: int) -> None:
    """So many addresses on so many hosts, all due."""
    known = {"platform": Platform.FEED, "state_since": scene.now, "next_due": scene.now, "cursor": {}}
    named = [f"https://{n % hosts}.example/{n}" for n in range(count)]
    db.session.execute(sa.insert(Subscription), [{**known, "address": address} for address in named])
    joined = {"platform": Platform.FEED, "person_id": person, "created_at": scene.now, "accepted_at": scene.now}
    ids = db.session.execute(sa.select(Subscription.id, Subscription.address)).all()
    db.session.execute(sa.insert(Account), [{**joined, "subscription_id": key, "handle": at} for key, at in ids])
    db.session.commit()


def test_case_73_of_two_thousand_due_at_once_few_are_held_and_no_host_meets_a_herd(scene: Scene, cast: Cast) -> None:
    """What a claimer holds is bounded by its threads alone, so ten thousand are no different."""
    fill(scene, cast.asha.id, 2000, 40)
    at_once, together, lock = Counter[str](), list[int](), threading.Lock()
    fetch = scene.blogs.fetch

    def watched(batch: Sequence[Any], now: datetime) -> Any:
        host = urlsplit(batch[0].address).netloc
        with lock:
            at_once[host] += 1
            together.append(at_once[host])
        yield from fetch(batch, now)
        with lock:
            at_once[host] -= 1

    scene.blogs.fetch = watched  # type: ignore[method-assign]
    held: list[int] = []
    steps: list[int] = []

    def look(done: int) -> None:
        steps.append(done)
        if len(steps) % 50 == 0:
            held.append(db.session.scalar(sa.select(sa.func.count()).where(Subscription.lease_token.is_not(None))) or 0)
            db.session.rollback()

    run_id = sweep(scene.hands, DUE, on_progress=look)
    assert db.session.scalar(sa.select(sa.func.count()).where(Pull.run_id == run_id, Pull.outcome != "lost")) == 2000
    assert (max(held) <= scene.hands.threads * AHEAD, max(together) <= PER_HOST, max(steps) <= PER_HOST) == (True,) * 3


def test_case_73_one_hosts_many_addresses_do_not_keep_the_others_waiting(scene: Scene, cast: Cast) -> None:
    fill(scene, cast.asha.id, 300, 1)
    scene.later(seconds=1)
    scene.connects(cast.lena, "https://small.example/feed")
    pool = Pool(scene.hands)
    taken = claims.claim(DUE, Room(batches=8), begin(scene.hands, "test"), scene.now, LEASE)
    pool.close()
    assert Counter(one.host for [one] in taken) == {"0.example": PER_HOST, "small.example": 1}


def test_case_74_pressed_twenty_times_at_once_it_is_one_run(world: World, cast: Cast) -> None:
    """Through HTTP, with a worker that reads it: one job, one visit, and twenty people told alike."""
    with FaultServer() as server:
        account = connect.add(cast.asha.id, Platform.FEED, server.url("/feed"), by=cast.asha.id, now=datetime.now(UTC))
        db.session.execute(sa.delete(JobRun))
        row = db.session.get_one(Subscription, account.subscription_id)
        row.next_due = datetime.now(UTC) + DAY  # so that nothing but the button has it read
        path, token = f"/sources/{account.id}/pull", logins.begin(cast.asha.id, datetime.now(UTC))
        db.session.commit()

        def slow(connection: Any, request: Request) -> None:
            time.sleep(5)
            whole(rss(3))(connection, request)

        server.plays["/feed"] = slow
        with world.runs("serve", "--port", "0", ADVOCACY_SERVER__THREADS="8") as process:
            assert process.stdout
            base = process.stdout.readline().split()[3].decode()
            browser = Pressing(base, token)
            with ThreadPoolExecutor(20) as pool:
                told = list(pool.map(lambda _: browser.press(path), range(20)))
            assert until(lambda: world.count(JobRun, JobRun.kind == jobs.PULL, JobRun.state == WorkState.DONE) == 1, 60)
        pressed = world.count(JobRun, JobRun.kind == jobs.PULL)
    assert (Counter(told), len(server.requests), pressed, world.count(Pull)) == ({303: 20}, 1, 1, 1)
    assert world.count(ActivityRow) == 3


class Pressing:
    """A browser that is signed in and presses buttons of the served pages."""

    def __init__(self, base: str, login: str) -> None:
        self._host = urlsplit(base).netloc
        self._cookie = f"advocacy={login}"
        page, cookies = self._send("GET", "/sources/connect/feed")
        found = TOKEN.search(page)
        assert found, page
        self._token = found[1]
        self._cookie = "; ".join([self._cookie, *cookies])

    def press(self, path: str) -> int:
        return self._last(*self._ask("POST", path, urlencode({"csrf_token": self._token})))

    def _send(self, method: str, path: str) -> tuple[str, list[str]]:
        connection, answer = self._ask(method, path)
        with connection:
            text = answer.read().decode()
        return text, [value.partition(";")[0] for value in answer.headers.get_all("Set-Cookie") or ()]

    def _ask(self, method: str, path: str, body: str = "") -> Any:
        connection = HTTPConnection(self._host, timeout=60)
        headers = {"Cookie": self._cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, body or None, headers)
        return closing_later(connection), connection.getresponse()

    def _last(self, connection: Any, answer: Any) -> int:
        with connection:
            answer.read()
        status: int = answer.status
        return status


def closing_later(connection: HTTPConnection) -> ExitStack:
    stack = ExitStack()
    stack.callback(connection.close)
    return stack
