"""A batch read from end to end: each address ends as it ended, and what a request cost is told once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from advocacy.domain.health import Health, Outcome
from advocacy.models.accounts import Subscription
from advocacy.models.activities import ActivityRow
from advocacy.models.base import db
from advocacy.models.runs import Pull, last_pulls
from ingest import claims
from ingest.selection import Selection
from ingest.source import AccountGone, Cost, Page, Polled, Refused, SourceError, TryLater
from tests.cast import Cast
from tests.ingest.crowd import REQUEST, Crowd, address, gather
from tests.ingest.platform import post
from tests.ingest.scene import Scene, due, rows, statements

ALL, DUE = Selection(due_only=False), Selection()


@pytest.fixture
def crowd(scene: Scene, cast: Cast) -> Crowd:
    """Twelve people on one host, all due."""
    gather(scene, cast.asha.id, range(12))
    scene.source = Crowd()
    return scene.source


class Scripted(Crowd):
    """Answers a batch with these pages, then perhaps with an error."""

    def __init__(self, *pages: Page, error: SourceError | None = None) -> None:
        super().__init__()
        self.pages, self.error = pages, error

    def fetch(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
        self.batches.append([polled.address for polled in batch])
        yield from self.pages
        if self.error:
            raise self.error


def page(n: int, *items: int, **more: object) -> Page:
    activities = tuple(post(item, address=address(n)) for item in items)
    return replace(Page(address=address(n), activities=activities, cursor={"read": len(items)}), **more)  # type: ignore[arg-type]


def cost_of(pulls: dict[str, Pull]) -> Cost:
    return sum(
        (Cost(requests=one.requests, bytes=one.bytes, usd=round(one.cost_usd, 6)) for one in pulls.values()), Cost()
    )


def test_one_address_that_cannot_be_read_leaves_the_others_of_its_batch_alone(scene: Scene, crowd: Crowd) -> None:
    for n in range(12):
        crowd.says(address(n), 2)
    crowd.errors = {
        address(1): AccountGone("suspended"),
        address(2): Refused("a private profile"),
        address(3): TryLater("this one is broken"),
    }
    pulls = scene.sweeps(DUE)
    ends = {n: (pulls[address(n)].outcome, pulls[address(n)].message) for n in (1, 2, 3)}
    assert ends == {
        1: (Outcome.GONE, "suspended"),
        2: (Outcome.REFUSED, "a private profile"),
        3: (Outcome.FAILED, "this one is broken"),
    }
    assert {n: scene.subscription(address(n)).state for n in (0, 1, 2, 3)} == {
        **{0: Health.HEALTHY, 1: Health.GONE, 2: Health.REFUSED, 3: Health.DEGRADED}
    }
    read = [pull for pull in pulls.values() if pull.outcome is Outcome.OK]
    assert (len(crowd.batches), len(read), {pull.new for pull in read}) == (1, 9, {2})
    assert due(scene.subscription(address(1))) >= scene.now + timedelta(days=1)


def test_what_one_request_cost_is_told_once_whatever_page_it_stands_on(scene: Scene, crowd: Crowd) -> None:
    crowd.says(address(5))
    assert cost_of(scene.sweeps(DUE)) == REQUEST
    scene.later(hours=2)
    crowd.errors = {address(0): AccountGone("suspended")}
    assert cost_of(scene.sweeps(DUE)) == REQUEST
    scene.later(hours=2)
    crowd.refuses = TryLater("502", cost=REQUEST)
    assert cost_of(scene.sweeps(DUE)) == REQUEST


def test_costs_of_errors_of_strangers_and_of_broken_walks_add_up(scene: Scene, crowd: Crowd) -> None:
    error = AccountGone("suspended", cost=Cost(requests=1, usd=0.01))
    scene.source = Scripted(
        page(0, 1, 2, cost=REQUEST),
        page(0, cost=REQUEST, cursor={"read": 9}),
        Page(address=address(1), activities=(), error=error, cost=REQUEST),
        page(1, 1, cost=REQUEST),
        page(99, 1, cost=REQUEST),
        error=TryLater("429", ours=True, cost=Cost(requests=3)),
    )
    pulls = scene.sweeps(DUE)
    assert cost_of(pulls) == Cost(requests=9, bytes=5000, usd=0.06)
    assert (pulls[address(1)].outcome, pulls[address(0)].new) == (Outcome.GONE, 2)
    told = last_pulls([scene.subscription(address(0)).id])
    assert [(one.outcome, one.seen, one.new) for one in told.values()] == [(Outcome.LATER, 2, 2)]


def test_an_error_that_ends_a_batch_ends_what_was_not_known_to_be_read(scene: Scene, crowd: Crowd) -> None:
    later = scene.now + timedelta(minutes=15)
    scene.source = Scripted(page(0, 1), page(1, 1), error=TryLater("429", at=later, ours=True, cursor={"whose": "?"}))
    pulls = scene.sweeps(DUE)
    assert {pull.outcome for pull in pulls.values()} == {Outcome.LATER}
    cursors = {n: scene.subscription(address(n)).cursor for n in (0, 1, 2)}
    assert cursors == {0: {"read": 1}, 1: {"read": 1}, 2: {}}
    assert {row.held_until for row in rows(Subscription)} == {later}


def test_a_gone_account_that_nobody_names_marks_nobody(scene: Scene, crowd: Crowd) -> None:
    crowd.refuses = AccountGone("410")
    assert {pull.outcome for pull in scene.sweeps(DUE).values()} == {Outcome.FAILED}
    assert {row.state for row in rows(Subscription)} == {Health.DEGRADED}


def test_a_fault_of_ours_in_one_page_ends_only_its_address(
    scene: Scene, crowd: Crowd, caplog: pytest.LogCaptureFixture
) -> None:
    scene.source = Scripted(page(0, 1, cost=REQUEST), page(1, 1), page(2, 1))
    bad = scene.subscription(address(1)).id

    def fault(connection: object, cursor: object, statement: str, values: object, *rest: object) -> None:
        given = values.values() if isinstance(values, dict) else values
        if statement.startswith("SELECT") and "lease_token = " in statement and bad in given:  # type: ignore[operator]
            raise RuntimeError("a slip")

    sa.event.listen(db.engine, "before_cursor_execute", fault)
    try:
        pulls = scene.sweeps(DUE)
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", fault)
    ends = {n: (pulls[address(n)].outcome, pulls[address(n)].new) for n in (0, 1, 2, 3)}
    assert ends == {
        **{0: (Outcome.OK, 1), 1: (Outcome.FAILED, 0), 2: (Outcome.OK, 1), 3: (Outcome.UNCHANGED, 0)},
    }
    assert (cost_of(pulls), "a slip" in caplog.text) == (REQUEST, True)


def test_a_page_that_only_says_what_is_known_to_be_covered_costs_no_transaction(scene: Scene, crowd: Crowd) -> None:
    begun = scene.subscription(address(0)).complete_from
    pages = [page(n, covers_from=begun, cursor={"seen": n}) for n in range(12)]
    scene.source = Scripted(*pages)
    with statements() as sent:
        scene.sweeps(DUE)
    ended = [one for one in sent if one.startswith("UPDATE subscription")]
    assert len(ended) <= 4, "the claim, the cursors, and one ending for all"
    assert [row.cursor for row in rows(Subscription)] == [{"seen": n} for n in range(12)]
    assert {row.complete_to for row in rows(Subscription)} == {scene.now}


def test_what_the_platform_says_is_deleted_is_counted_and_marked_once(scene: Scene, crowd: Crowd) -> None:
    crowd.says(address(0), 3)
    scene.sweeps(DUE)
    refs = [row.ref for row in rows(ActivityRow)]
    for deleted in (2, 0):
        scene.later(hours=2)
        scene.source = Scripted(page(0, gone=(refs[0], refs[1], "feed:of/nobody")))
        pull = scene.sweeps(DUE)[address(0)]
        assert (pull.outcome, pull.deleted, pull.seen) == (Outcome.OK, deleted, 0)
    assert [row.deleted_at is not None for row in rows(ActivityRow)] == [True, True, False]


def test_a_walk_cut_at_any_page_costs_at_most_that_page_again(scene: Scene, crowd: Crowd) -> None:
    """Each page brings its cursor, and the next visit asks from there."""
    read: list[int] = []

    class Walking(Crowd):
        cut = 0

        def fetch(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
            [polled] = batch
            for number in range(int(str(polled.cursor.get("page", 0))), 6):
                read.append(number)
                if len(read) == self.cut:
                    raise TryLater("502")
                yield page(0, number, cursor={"page": number + 1}, cost=REQUEST)

    only = Selection(subscriptions=frozenset([scene.subscription(address(0)).id]), due_only=False)
    for cut in range(1, 7):
        scene.source = walking = Walking()
        walking.cut = cut
        read.clear()
        db.session.execute(sa.update(Subscription).values(cursor={}))
        db.session.commit()
        assert scene.sweeps(only)[address(0)].outcome is Outcome.FAILED
        assert scene.sweeps(only)[address(0)].outcome is Outcome.OK
        assert read == [*range(cut), *range(cut - 1, 6)]


def test_many_pages_keep_their_lease(scene: Scene, crowd: Crowd) -> None:
    """Ten pages of two minutes each, under a lease of five; nobody else gets the batch meanwhile."""
    free: list[bool] = []

    class Slow(Crowd):
        def fetch(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
            for number in range(10):
                scene.later(minutes=2)
                yield page(0, number)
                scene.elsewhere(lambda: free.append(claims.any_free(ALL, scene.now)))

    scene.source = Slow()
    pulls = scene.sweeps(DUE)
    assert (free, pulls[address(0)].new, {pull.outcome for pull in pulls.values()}) == (
        [False] * 10,
        10,
        {Outcome.OK, Outcome.UNCHANGED},
    )


def test_the_newest_visit_of_each_address_in_figures(scene: Scene, crowd: Crowd) -> None:
    crowd.says(address(0), 3)
    scene.sweeps(DUE)
    scene.later(hours=2)
    crowd.says(address(0), 1)
    scene.sweeps(DUE)
    ids = [scene.subscription(address(n)).id for n in (0, 1)]
    found = last_pulls([*ids, 999])
    told = [(found[key].started_at, found[key].seen, found[key].new, found[key].requests) for key in ids]
    assert (told, len(found)) == ([(scene.now, 1, 1, 1), (scene.now, 0, 0, 0)], 2)
    assert found[ids[0]].cost_usd == 0.01
