"""A platform that refuses us: said once, blamed on nobody, asked by one batch a day, and back when it is mended."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from advocacy.domain.activity import Platform
from advocacy.domain.health import Health, Outcome
from advocacy.models import platforms
from advocacy.models.accounts import Subscription
from advocacy.models.base import db
from advocacy.models.operation import operation
from advocacy.models.platforms import PlatformState
from advocacy.models.runs import Pull
from ingest import claims
from ingest.purse import MonthlyPurse
from ingest.selection import Selection
from ingest.source import Misconfigured, Page, Polled, Purse, TryLater
from ingest.sweep import begin, look_at_platforms
from tests.cast import Cast
from tests.ingest.crowd import REQUEST, Crowd, gather
from tests.ingest.scene import Scene, rows

ALL, DUE = Selection(due_only=False), Selection()
REFUSED = "X refuses the plan of this key (403, code 453): choose another plan at the developer portal"


@pytest.fixture
def crowd(scene: Scene, cast: Cast) -> Crowd:
    """Enough people for eight batches, all due, and a platform whose plan was refused."""
    gather(scene, cast.asha.id, range(800))
    scene.source = Crowd(refuses=Misconfigured(REFUSED, cost=REQUEST))
    return scene.source


def state() -> tuple[bool, str]:
    [row] = rows(PlatformState)
    return row.is_ready, row.message


def test_a_refusal_is_told_once_and_ends_the_run_for_its_platform(
    scene: Scene, crowd: Crowd, caplog: pytest.LogCaptureFixture
) -> None:
    pulls = scene.sweeps(DUE)
    assert ({pull.outcome for pull in pulls.values()}, len(crowd.batches) <= 4) == ({Outcome.MISCONFIGURED}, True)
    assert (state(), caplog.text.count(REFUSED)) == ((False, REFUSED), 1)
    assert {(row.state, row.failures) for row in rows(Subscription)} == {(Health.HEALTHY, 0)}
    assert (scene.sweeps(DUE), scene.sweeps(ALL), claims.any_free(DUE, scene.now)) == ({}, {}, False)
    assert operation(scene.now).due == 0, "more workers would not help"


def test_one_batch_a_day_asks_again_and_brings_all_back(scene: Scene, crowd: Crowd) -> None:
    scene.sweeps(DUE)
    asked = len(crowd.batches)
    for day in (1, 2):
        scene.later(days=1)
        assert len(scene.sweeps(DUE)) == 100
        assert (scene.sweeps(DUE), len(crowd.batches), state()[0]) == ({}, asked + day, False)
    crowd.refuses = None
    scene.later(days=1)
    assert {pull.outcome for pull in scene.sweeps(DUE).values()} == {Outcome.UNCHANGED}
    assert (state(), len(crowd.batches)) == ((True, ""), asked + 2 + 8)
    assert {row.last_ok_at for row in rows(Subscription)} == {scene.now}


def test_whoever_starts_a_worker_or_a_run_may_have_mended_it(scene: Scene, crowd: Crowd) -> None:
    scene.sweeps(DUE)
    asked = len(crowd.batches)
    look_at_platforms(scene.hands)
    scene.sweeps(DUE)
    assert (len(crowd.batches), state()[0]) == (asked + 1, False)
    crowd.refuses = None
    look_at_platforms(scene.hands)
    assert (len(scene.sweeps(DUE)), state()) == (800, (True, ""))


def test_a_try_that_found_out_nothing_is_made_again_soon(scene: Scene, crowd: Crowd) -> None:
    scene.sweeps(DUE)
    scene.later(days=1)
    crowd.refuses = TryLater("502")
    assert len(scene.sweeps(DUE)) == 100
    assert scene.sweeps(DUE) == {}
    scene.later(minutes=16)
    crowd.refuses = None
    assert (len(scene.sweeps(DUE)) > 100, state()) == (True, (True, ""))


def test_of_two_claimers_one_asks(scene: Scene, crowd: Crowd) -> None:
    scene.sweeps(DUE)
    scene.later(days=1)
    assert platforms.take_probe(Platform.FEED, scene.now) is True
    db.session.commit()
    assert (platforms.take_probe(Platform.FEED, scene.now), platforms.to_probe(scene.now)) == (False, frozenset())


def test_what_was_read_before_the_refusal_stays(scene: Scene, crowd: Crowd, cast: Cast) -> None:
    class Half(Crowd):
        def fetch(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
            self.says(batch[0].address)
            yield from self._page(batch[0])
            raise Misconfigured(REFUSED)

    scene.source = Half()
    pulls = scene.sweeps(DUE)
    assert ({pull.outcome for pull in pulls.values()}, state()) == ({Outcome.MISCONFIGURED}, (False, REFUSED))
    assert sum(pull.new for pull in pulls.values()) == len([row for row in rows(Subscription) if row.cursor])


class Dear(Crowd):
    """Each request may cost 40 cents, and costs 25."""

    purse: Purse

    def fetch(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
        self.purse.reserve(0.4)
        yield from super().fetch(batch, now)
        self.purse.settle(0.4, 0.25)


def test_when_the_months_money_is_spent_nobody_asks_until_there_is_some(scene: Scene, crowd: Crowd) -> None:
    dear = scene.source = Dear()
    dear.purse = MonthlyPurse(Platform.FEED, 1.0, lambda: scene.now)
    pulls = scene.sweeps(DUE)
    assert {pull.outcome for pull in pulls.values()} == {Outcome.UNCHANGED, Outcome.LATER}
    assert (state()[0], state()[1].startswith("of the 1.00 USD for blog in November")) == (False, True)
    assert 0.5 <= platforms.spent(scene.now.date())[Platform.FEED] <= 1.0
    assert {(row.failures, row.held_until) for row in rows(Subscription)} == {(0, None)}
    asked = len(dear.batches)
    scene.later(days=1)
    scene.sweeps(DUE)
    assert (len(dear.batches), state()[0]) == (asked, False), "to find the purse empty is no request"
    scene.now = datetime(2026, 12, 1, tzinfo=scene.now.tzinfo)
    scene.sweeps(DUE)
    assert platforms.spent(scene.now.date())[Platform.FEED] >= 0.5


def test_a_raised_budget_lets_it_go_on_at_the_next_start(scene: Scene, crowd: Crowd) -> None:
    dear = scene.source = Dear()
    dear.purse = MonthlyPurse(Platform.FEED, 0.5, lambda: scene.now)
    scene.sweeps(DUE)
    assert state()[0] is False
    dear.purse = MonthlyPurse(Platform.FEED, 50.0, lambda: scene.now)
    look_at_platforms(scene.hands)
    scene.sweeps(DUE)
    assert (state(), {row.last_ok_at for row in rows(Subscription)}) == ((True, ""), {scene.now})


def test_which_sources_can_be_made_is_written_down_at_each_run(scene: Scene, cast: Cast) -> None:
    missing = "ADVOCACY_X__BEARER_TOKEN is not set"
    begin(replace(scene.hands, unready={Platform.X: missing}), "test")
    told = {row.platform: (row.is_ready, row.message, row.since) for row in rows(PlatformState)}
    assert told == {Platform.FEED: (True, "", scene.now), Platform.X: (False, missing, scene.now)}
    first = scene.now
    scene.later(days=3)
    begin(replace(scene.hands, unready={Platform.X: missing}), "test")
    assert {row.since for row in rows(PlatformState)} == {first}, "nothing turned"
    begin(replace(scene.hands, sources={Platform.X: Crowd(), Platform.FEED: Crowd()}), "test")
    assert {row.platform: (row.is_ready, row.message) for row in rows(PlatformState)} == {
        Platform.FEED: (True, ""),
        Platform.X: (True, ""),
    }


def test_a_source_that_can_be_made_again_is_not_ready_before_its_platform_takes_us(scene: Scene, crowd: Crowd) -> None:
    scene.sweeps(DUE)
    begin(scene.hands, "test")
    assert (state(), len(rows(Pull)) > 0) == ((False, REFUSED), True)
    scene.later(hours=3)
    assert scene.sweeps(DUE) == {}
