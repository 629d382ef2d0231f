"""Fault cases 25, 34, 64, 66, 68 and 69 where one request serves many people: what hits one must not hit all."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Platform
from advocacy.domain.health import Health, Outcome
from advocacy.models import connect
from advocacy.models.accounts import Account, Subscription
from advocacy.models.activities import ActivityRow
from advocacy.models.base import db
from advocacy.models.hosts import Host
from advocacy.models.runs import Pull
from ingest import claims
from ingest.batches import Room
from ingest.pull import pull
from ingest.selection import Selection
from ingest.source import Misconfigured, Page, Polled, TryLater
from ingest.sweep import begin
from tests.cast import Cast
from tests.fault_server import FaultServer, whole
from tests.faults.test_state_workers import hangs, stopped_in_time
from tests.ingest.crowd import REQUEST, Crowd, address, gather
from tests.ingest.platform import post
from tests.ingest.scene import FACTS, Scene, due, dump, rows
from tests.ingest.world import World, until

ALL, DUE = Selection(due_only=False), Selection()
LEASE = timedelta(minutes=5)
ROOM = Room(batches=1, sizes={Platform.FEED: 100})


@pytest.fixture
def crowd(scene: Scene, cast: Cast) -> Crowd:
    """A hundred people on one host, all due, each of whom says something."""
    gather(scene, cast.asha.id, range(100))
    crowd = scene.source = Crowd()
    for n in range(100):
        crowd.says(address(n))
    return crowd


def take(scene: Scene, room: Room = ROOM, selection: Selection = ALL) -> claims.Batch:
    [batch] = claims.claim(selection, room, begin(scene.hands, "test"), scene.now, LEASE)
    db.session.rollback()
    return batch


def read(scene: Scene, batch: Sequence[claims.Claim]) -> None:
    assert scene.source
    pull(batch, scene.source, scene.rules, lambda: scene.now)


def test_case_25_refused_keys_are_met_by_one_batch_and_blamed_on_nobody(scene: Scene, cast: Cast, crowd: Crowd) -> None:
    gather(scene, cast.asha.id, range(100, 900))
    crowd.refuses = Misconfigured("the key is refused (401): make another one", cost=REQUEST)
    scene.sweeps(DUE)
    first = len(crowd.batches)
    for _ in range(24):
        scene.later(hours=1)
        scene.sweeps(DUE)
    assert (first <= 4, len(crowd.batches)) == (True, first + 1)
    assert {(row.state, row.failures) for row in rows(Subscription)} == {(Health.HEALTHY, 0)}


@pytest.mark.parametrize(
    ("at", "until"),
    [
        (timedelta(days=-1), timedelta()),
        (timedelta(minutes=15), timedelta(minutes=15)),
        (timedelta(days=36500), timedelta(days=1)),
        (None, timedelta(minutes=15)),
    ],
)
def test_case_34_whatever_a_limit_says_its_platform_is_left_alone_for_a_day_at_most(
    scene: Scene, crowd: Crowd, at: timedelta | None, until: timedelta
) -> None:
    crowd.refuses = TryLater("429", at=None if at is None else scene.now + at, ours=True)
    scene.sweeps(DUE)
    assert {row.failures for row in rows(Subscription)} == {0}
    crowd.refuses, scene.now = None, scene.now + max(until, timedelta(minutes=5))
    assert len(scene.sweeps(DUE)) == 100
    assert [row.shut_until for row in rows(Host)] == [None]


def test_case_64_two_claimers_never_get_the_same_batch(scene: Scene, crowd: Crowd, cast: Cast) -> None:
    gather(scene, cast.asha.id, range(100, 1000))
    run_id = begin(scene.hands, "test")

    def all_of(_: int) -> list[list[int]]:
        with scene.app.app_context():
            taken: list[list[int]] = []
            while held := claims.claim(ALL, ROOM, run_id, scene.now, LEASE):
                taken += [[one.subscription_id for one in batch] for batch in held]
            return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [batch for each in pool.map(all_of, range(4)) for batch in each]
    ids = [key for batch in taken for key in batch]
    assert (len(ids), len(set(ids)), len(rows(Pull))) == (1000, 1000, 1000)


def test_case_64_of_a_zombies_batch_nothing_is_written_and_nothing_asked(scene: Scene, crowd: Crowd) -> None:
    zombies = take(scene)
    scene.later(minutes=6)
    heirs = take(scene)
    read(scene, zombies)
    assert (crowd.batches, dump(*FACTS)) == ([], {name: [] for name in FACTS})
    read(scene, heirs)
    assert sum(row.new for row in rows(Pull)) == len(rows(ActivityRow)) == 100


def test_case_64_of_a_batch_only_those_are_written_whose_lease_is_still_ours(scene: Scene, crowd: Crowd) -> None:
    batch = take(scene)
    robbed = {one.subscription_id for one in batch[::2]}

    def rob() -> None:
        taken = sa.update(Subscription).where(Subscription.id.in_(robbed)).values(lease_token="of another")
        db.session.execute(taken)

    crowd.between = lambda: scene.elsewhere(rob)
    read(scene, batch)
    ours = {row.subscription_id for row in rows(Pull) if row.outcome is Outcome.OK}
    assert ours == {one.subscription_id for one in batch} - robbed
    assert {row.lease_token for row in rows(Subscription) if row.id in robbed} == {"of another"}
    assert (len(rows(ActivityRow)), sum(row.requests for row in rows(Pull))) == (50, 1), "what it cost is told"


class Circling(Crowd):
    """Its page token leads back to the page it came from, for ever."""

    circle = 1

    def fetch(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
        self.batches.append([polled.address for polled in batch])
        for turn in range(10_000):
            n = turn % self.circle
            items = (post(n, address=batch[0].address),) if self.log else ()
            yield Page(address=batch[0].address, activities=items, cursor={"page": n}, cost=REQUEST)


@pytest.mark.parametrize("circle", [1, 3])
@pytest.mark.parametrize("says", [True, False])
def test_case_66_a_walk_in_a_circle_ends_and_is_told(scene: Scene, crowd: Crowd, circle: int, says: bool) -> None:
    scene.source = circling = Circling(log={"somebody": []} if says else {})
    circling.circle = circle
    pulls = scene.sweeps(DUE)
    first = pulls[address(0)]
    assert (first.outcome, first.requests <= 5 * circle, len(rows(ActivityRow))) == (
        *(Outcome.FAILED, True),
        circle if says else 0,
    )
    assert first.message.startswith("the same page came 5 times")
    assert due(scene.subscription(address(0))) > scene.now


def test_case_66_pages_that_only_look_alike_are_all_read(scene: Scene, crowd: Crowd) -> None:
    """Forty empty stretches of an account's history, each remembered, and then the one with something in it."""

    class Sparse(Crowd):
        def fetch(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
            for month in range(40):
                yield Page(address=batch[0].address, activities=(), cursor={"before": month})
            yield Page(address=batch[0].address, activities=(post(1),), cursor={"done": True})

    scene.source = Sparse()
    pulls = scene.sweeps(DUE)
    assert (pulls[address(0)].outcome, scene.subscription(address(0)).cursor) == (Outcome.OK, {"done": True})


@pytest.mark.parametrize("act", [connect.pause, connect.refuse, connect.forget])
def test_case_68_who_leaves_a_batch_in_flight_gets_nothing_and_the_others_all(
    scene: Scene, cast: Cast, crowd: Crowd, act: Any
) -> None:
    crowd.batch_size = 200
    gather(scene, cast.lena.id, [100])
    crowd.says(address(100), 3)
    crowd.says(address(7), 1)
    lena = cast.lena.id
    key = db.session.scalars(sa.select(Account.id).where(Account.person_id == lena)).one()
    db.session.rollback()
    crowd.between = lambda: scene.elsewhere(lambda: act(key, lena, scene.now))
    scene.sweeps(DUE)
    assert (len(crowd.batches), scene.items_of(cast.lena), len(scene.items_of(cast.asha))) == (1, [], 101)
    assert scene.subscription(address(100)).next_due is None


def test_case_69_a_worker_that_holds_full_batches_stops_in_time_and_gives_all_back(
    app: Flask, environ: dict[str, str]
) -> None:
    world, started = World(app, environ), datetime.now(UTC)
    module = {"module": "tests.faults.crowd_child"}
    with FaultServer() as server:
        server.plays["/batch"] = hangs
        _join(world.connects(), [server.url(f"/users/{n}") for n in range(600)])
        with world.runs("worker", **module, ADVOCACY_WORKER__THREADS="2") as process:
            assert until(lambda: len(server.requests) >= 2, 60)
            held = Subscription.lease_token.is_not(None)
            assert until(lambda: world.count(Subscription, held) == 400, 30), "two batches read, two that wait"
            assert stopped_in_time(process)
        assert world.count(Subscription, Subscription.lease_token.is_not(None)) == 0
        server.plays["/batch"] = whole(b"{}")
        with world.runs("worker", **module, ADVOCACY_WORKER__THREADS="2"):
            read = Subscription.last_ok_at > started
            assert until(lambda: world.count(Subscription, read) == 600, 60), "at once, not when the leases end"
    assert world.count(Pull, Pull.message == "the worker was stopped") == 400


def _join(person: int, addresses: Sequence[str]) -> None:
    now = datetime.now(UTC)
    row = {"platform": Platform.YOUTUBE, "state_since": now, "next_due": now, "cursor": {}, "vocabulary": "some"}
    row |= {"last_ok_at": now - timedelta(hours=1)}
    db.session.execute(sa.insert(Subscription), [{**row, "address": one} for one in addresses])
    joined = {"platform": Platform.YOUTUBE, "person_id": person, "created_at": now, "accepted_at": now}
    ids = db.session.execute(sa.select(Subscription.id, Subscription.address)).all()
    db.session.execute(sa.insert(Account), [{**joined, "subscription_id": key, "handle": at} for key, at in ids])
    db.session.commit()
