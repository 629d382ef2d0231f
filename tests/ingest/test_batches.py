"""Which addresses are asked for together, and that they stay together."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from advocacy.domain.activity import Platform
from advocacy.domain.health import Health, Outcome
from advocacy.models import connect
from advocacy.models.accounts import Subscription
from advocacy.models.base import db
from ingest import claims
from ingest.batches import PER_HOST, Room
from ingest.claims import EVERY, Batch
from ingest.pool import AHEAD, Pool
from ingest.selection import Selection
from ingest.source import TryLater
from ingest.sweep import begin, sweep
from tests.cast import Cast
from tests.ingest.crowd import HOST, Crowd, address, gather
from tests.ingest.scene import Scene, due, rows, statements

ALL, DUE = Selection(due_only=False), Selection()
LEASE = timedelta(minutes=5)


@pytest.fixture
def crowd(scene: Scene) -> Crowd:
    scene.source = Crowd()
    return scene.source


def claim(scene: Scene, selection: Selection = DUE, batches: int = 10, **room: int) -> list[Batch]:
    wanted = Room(batches=batches, sizes={Platform.FEED: 100}, **room)  # type: ignore[arg-type]
    found = claims.claim(selection, wanted, begin(scene.hands, "test"), scene.now, LEASE)
    db.session.rollback()
    return found


def sizes(batches: list[Batch]) -> list[tuple[str, int]]:
    return [(batch[0].host, len(batch)) for batch in batches]


def puts(scene: Scene, numbers: list[int], **values: object) -> None:
    """These people's rows are so."""
    where = Subscription.address.in_([address(n) for n in numbers])
    db.session.execute(sa.update(Subscription).where(where).values(**values))
    db.session.commit()


def test_what_is_due_on_a_host_is_asked_for_in_full_batches(scene: Scene, cast: Cast, crowd: Crowd) -> None:
    gather(scene, cast.asha.id, range(250))
    assert sizes(claim(scene)) == [(HOST, 100), (HOST, 100), (HOST, 50)]


def test_a_batch_is_of_one_host_and_the_longest_due_comes_first(scene: Scene, cast: Cast, crowd: Crowd) -> None:
    gather(scene, cast.asha.id, range(30))
    scene.later(seconds=1)
    gather(scene, cast.asha.id, range(20), "other.example")
    assert sizes(claim(scene)) == [(HOST, 30), ("other.example", 20)]


def test_of_a_crowd_no_more_batches_are_held_than_a_host_bears(scene: Scene, cast: Cast, crowd: Crowd) -> None:
    gather(scene, cast.asha.id, range(1000))
    scene.later(seconds=1)
    gather(scene, cast.asha.id, range(20), "other.example")
    assert sizes(claim(scene)) == [(HOST, 100)] * PER_HOST + [("other.example", 20)]
    assert claim(scene, busy={HOST: PER_HOST}) == []  # type: ignore[arg-type]
    assert sizes(claim(scene, batches=2)) == [(HOST, 100)] * 2


def test_what_is_due_soon_fills_a_batch_and_makes_none(scene: Scene, cast: Cast, crowd: Crowd) -> None:
    gather(scene, cast.asha.id, range(120))
    puts(scene, list(range(10, 120)), next_due=scene.now + EVERY / 2)
    puts(scene, [110], next_due=scene.now + EVERY)
    [batch] = claim(scene)
    assert {one.address for one in batch} == {address(n) for n in range(100)}
    assert claim(scene) == []


def test_what_is_in_trouble_waits_as_long_as_its_trouble_says(scene: Scene, cast: Cast, crowd: Crowd) -> None:
    gather(scene, cast.asha.id, range(5))
    soon = scene.now + timedelta(minutes=9)
    puts(scene, [1], next_due=soon, state=Health.DEGRADED, failures=1)
    puts(scene, [2], next_due=soon, state=Health.GONE, failures=1)
    puts(scene, [3], next_due=soon, held_until=soon)
    puts(scene, [4], next_due=soon)
    [batch] = claim(scene)
    assert {one.address for one in batch} == {address(0), address(4)}


def test_whoever_has_a_history_to_be_read_goes_apart_and_keeps_nobody_waiting(
    scene: Scene, cast: Cast, crowd: Crowd
) -> None:
    gather(scene, cast.asha.id, range(1000, 1600), known=False)
    scene.later(minutes=1)
    gather(scene, cast.asha.id, range(150))
    puts(scene, [7], vocabulary="")  # somebody wants all of it anew
    taken = claim(scene)
    assert [(batch[0].is_newcomer, len(batch)) for batch in taken] == [(True, 100)] * 2 + [(False, 100), (False, 49)]
    assert [len({one.is_newcomer for one in batch}) for batch in taken] == [1] * 4
    assert claim(scene, most_newcomers=2, newcomers={"third.example": 2}) == [], "no thread is left for them"  # type: ignore[arg-type]


def test_visits_stay_together_whatever_each_came_to(scene: Scene, cast: Cast, crowd: Crowd) -> None:
    gather(scene, cast.asha.id, range(30))
    for n in (3, 5):
        crowd.says(address(n))
    for _ in range(3):
        scene.sweeps(DUE)
        assert {due(row) for row in rows(Subscription)} == {scene.now + EVERY}
        scene.later(hours=1)
    assert [len(batch) for batch in crowd.batches] == [30] * 3


def test_a_sweep_asks_each_once_in_as_few_requests_as_there_are_batches(scene: Scene, cast: Cast, crowd: Crowd) -> None:
    gather(scene, cast.asha.id, range(1050))
    pulls = scene.sweeps(DUE)
    assert (len(pulls), {pull.outcome for pull in pulls.values()}) == (1050, {Outcome.UNCHANGED})
    assert sorted(len(batch) for batch in crowd.batches) == [50, *[100] * 10]
    assert (sum(pull.requests for pull in pulls.values()), len(set(sum(crowd.batches, [])))) == (11, 1050)


def test_a_quiet_sweep_of_a_crowd_costs_a_fraction_of_a_statement_each(scene: Scene, cast: Cast, crowd: Crowd) -> None:
    """Single addresses cost six and more; what is left here is the claim, and one ending for all."""
    gather(scene, cast.asha.id, range(1000))
    with statements() as sent:
        sweep(scene.hands, DUE)
    assert len(sent) < 300


def test_what_is_held_is_bounded_by_the_threads_and_the_size_of_a_batch(scene: Scene, cast: Cast, crowd: Crowd) -> None:
    for host in ("a.example", "b.example", "c.example"):
        gather(scene, cast.asha.id, range(450), host)
    pool = Pool(scene.hands)
    held: list[int] = []
    crowd.between = lambda: held.append(len(pool.held))
    run_id = begin(scene.hands, "test")
    while pool.fill(DUE, run_id) or not pool.is_empty:
        pool.wait()
    pool.close()
    assert (len(held), max(held) <= 100 * scene.hands.threads * AHEAD) == (15, True)


def test_a_rate_limit_holds_back_all_of_a_host_after_the_requests_under_way(
    scene: Scene, cast: Cast, crowd: Crowd
) -> None:
    gather(scene, cast.asha.id, range(1000))
    later = scene.now + timedelta(minutes=15)
    crowd.refuses = TryLater("429", at=later, ours=True)
    scene.sweeps(DUE)
    assert (len(crowd.batches) <= PER_HOST, scene.sweeps(ALL)) == (True, {})
    assert {(row.state, row.failures) for row in rows(Subscription)} == {(Health.HEALTHY, 0)}
    crowd.refuses, scene.now = None, later
    assert len(scene.sweeps(DUE)) == 1000, "nobody waits longer than the platform said"


def test_a_limit_of_an_api_that_serves_many_sites_holds_back_all_of_them(scene: Scene, cast: Cast) -> None:
    for n in range(9):
        connect.add(
            cast.asha.id,
            Platform.STACKEXCHANGE,
            f"https://site{n}.stackexchange.com/users/1",
            by=cast.asha.id,
            now=scene.now,
        )
    db.session.commit()
    later = scene.now + timedelta(hours=3)
    exchange = Crowd(platform=Platform.STACKEXCHANGE, refuses=TryLater("throttled", at=later, ours=True))
    hands = replace(scene.hands, sources={Platform.STACKEXCHANGE: exchange}, threads=1)
    for _ in range(3):
        sweep(hands, ALL)
    assert len(exchange.batches) <= AHEAD
    exchange.refuses, scene.now = None, later
    sweep(hands, ALL)
    assert {row.last_ok_at for row in rows(Subscription)} == {later}


@pytest.mark.parametrize(("platform", "host"), [(Platform.X, "api.x.com"), (Platform.REDDIT, "oauth.reddit.com")])
def test_handles_stand_on_the_host_of_their_platform(scene: Scene, cast: Cast, platform: Platform, host: str) -> None:
    connect.add(cast.asha.id, platform, "asha_k", by=cast.asha.id, now=scene.now)
    db.session.commit()
    assert [row.host for row in rows(Subscription)] == [host]


def test_a_source_hears_from_which_day_on_anybody_wants_something(scene: Scene, cast: Cast, crowd: Crowd) -> None:
    """Asha's first of March begins on the last of February where days are counted in UTC."""
    kolkata = scene.person("ravi", zone="Asia/Kolkata")
    scene.connects(kolkata, address(1), start_on=date(2026, 3, 1))
    scene.connects(cast.lena, address(1), start_on=date(2026, 5, 1))
    scene.connects(kolkata, address(2), start_on=date(2026, 3, 1))
    scene.connects(cast.lena, address(2))
    scene.sweeps()
    told = {n: crowd.asked[address(n)].since for n in (1, 2)}
    assert told == {1: date(2026, 2, 28), 2: None}
