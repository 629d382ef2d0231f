"""A host's trouble is not met a thousand times, and our own outage is nobody's failure."""

from datetime import timedelta

from advocacy.domain.health import Health, Outcome
from advocacy.models import hosts, sources
from advocacy.models.accounts import Subscription
from advocacy.models.base import db
from ingest.selection import Selection
from ingest.source import Cost, Page, TryLater
from tests.cast import Cast
from tests.ingest.scene import Scene, due, rows

DUE = Selection()


def cut_off(words: str = "it refuses connections") -> TryLater:
    return TryLater(words, cost=Cost(requests=1), unreachable=True)


def blogs(scene: Scene, cast: Cast, count: int, host: str = "") -> list[str]:
    """So many blogs, each on a host of its own or all on one."""
    named = [f"https://{host or f'{n}.example'}/{n}" for n in range(count)]
    for address in named:
        scene.connects(cast.asha, address)
    return named


def told(scene: Scene) -> set[tuple[Health, int]]:
    return {(row.state, row.failures) for row in rows(Subscription)}


def test_when_nothing_answers_nobody_is_blamed_and_all_goes_on_with_the_first_answer(scene: Scene, cast: Cast) -> None:
    named = blogs(scene, cast, 5)
    scene.sweeps(DUE)
    assert (told(scene), hosts.offline_since()) == ({(Health.HEALTHY, 0)}, None)
    for address in named:
        scene.blogs.fails_after(address, error=cut_off())
    scene.later(hours=2)
    began = scene.now
    for _ in range(20):
        pulls = scene.sweeps(DUE)
        assert {pull.outcome for pull in pulls.values()} <= {Outcome.LATER}
        scene.later(minutes=6)
    assert (told(scene), hosts.offline_since()) == ({(Health.HEALTHY, 0)}, began)
    assert [card.fix for card in sources.cards(cast.asha, scene.now) if card.broken] == []

    for address in named:
        scene.blogs.recovers(address)
    assert set(scene.sweeps(DUE)) == set(named), "an outage costs minutes, not a back-off of hours"
    assert (told(scene), hosts.offline_since()) == ({(Health.HEALTHY, 0)}, None)


def test_one_that_is_out_of_reach_while_others_answer_is_blamed_at_the_second_try(scene: Scene, cast: Cast) -> None:
    bad, *good = blogs(scene, cast, 4)
    scene.sweeps(DUE)
    scene.blogs.fails_after(bad, error=cut_off())
    outcomes = []
    others = frozenset(scene.subscription(one).id for one in good)
    for _ in range(3):
        scene.later(hours=2)
        outcomes.append(scene.sweeps(DUE)[bad].outcome)
        scene.later(minutes=1)
        assert set(scene.sweeps(Selection(subscriptions=others, due_only=False))) == set(good)
    assert outcomes == [Outcome.LATER, Outcome.FAILED, Outcome.FAILED]
    assert (scene.subscription(bad).failures, hosts.offline_since()) == (2, None)
    assert {scene.subscription(one).state for one in good} == {Health.HEALTHY}


def test_with_few_hosts_a_silence_counts_at_once_for_nobody_can_tell(scene: Scene, cast: Cast) -> None:
    [bad, _] = blogs(scene, cast, 2)
    scene.blogs.fails_after(bad, error=cut_off())
    assert scene.sweeps(DUE)[bad].outcome is Outcome.FAILED
    assert hosts.offline_since() is None


def test_of_a_dead_host_a_few_addresses_are_asked_and_the_others_wait_unblamed(scene: Scene, cast: Cast) -> None:
    named = blogs(scene, cast, 30, "medium.example")
    for address in named:
        scene.blogs.fails_after(address, error=cut_off())
    asked = scene.sweeps(DUE)
    assert 3 <= len(asked) <= 8
    spared = [one for one in rows(Subscription) if one.address not in asked]
    assert {(one.state, one.failures, one.last_error) for one in spared} == {(Health.NEW, 0, "")}
    assert scene.sweeps(Selection(due_only=False)) == {}, "nobody goes there before the pause is over"

    for address in named:
        scene.blogs.recovers(address)
    scene.later(hours=1, minutes=1)
    assert set(scene.sweeps(DUE)) == set(named)


def test_when_a_host_asks_us_to_stay_away_its_other_addresses_do_too(scene: Scene, cast: Cast) -> None:
    named = blogs(scene, cast, 12, "medium.example")
    other = "https://small.example/feed"
    scene.connects(cast.lena, other)
    later = scene.now + timedelta(hours=3)
    for address in named:
        scene.blogs.says(address, TryLater("429", at=later, ours=True, cost=Cost(requests=1)))
    asked = scene.sweeps(DUE)
    assert (other in asked, len(asked) <= 9) == (True, True)
    assert {row.failures for row in rows(Subscription)} == {0}
    assert set(scene.sweeps(Selection(due_only=False))) == {other}
    scene.blogs.said.clear()
    scene.now = later
    assert set(scene.sweeps(Selection(due_only=False))) == {*named, other}


def test_an_answer_that_says_nothing_new_costs_one_transaction(scene: Scene, cast: Cast) -> None:
    [address] = blogs(scene, cast, 1)
    page = Page(address=address, activities=(), cursor={"etag": "x"}, cost=Cost(requests=1, bytes=9), title="A blog")
    scene.blogs.says(address, page)
    pull = scene.sweeps(DUE)[address]
    row = scene.subscription(address)
    assert (pull.outcome, pull.requests, pull.bytes) == (Outcome.UNCHANGED, 1, 9)
    assert (row.cursor, row.title, row.last_ok_at, row.lease_token) == ({"etag": "x"}, "A blog", scene.now, None)
    assert due(row) > scene.now


def test_a_walk_that_is_cut_after_a_page_without_items_keeps_its_cursor_and_cost(scene: Scene, cast: Cast) -> None:
    [address] = blogs(scene, cast, 1)
    page = Page(address=address, activities=(), cursor={"etag": "x"}, cost=Cost(requests=1, bytes=9))
    fetch = scene.blogs.fetch

    def cut(batch: object, now: object) -> object:
        yield page
        raise TryLater("502", cost=Cost(requests=1))

    scene.blogs.fetch = cut  # type: ignore[method-assign, assignment]
    pull = scene.sweeps(DUE)[address]
    scene.blogs.fetch = fetch  # type: ignore[method-assign]
    assert (pull.outcome, pull.requests, scene.subscription(address).cursor) == (Outcome.FAILED, 2, {"etag": "x"})
    db.session.rollback()
