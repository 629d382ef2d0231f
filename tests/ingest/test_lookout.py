"""The worker's thread for second looks: begins a round when something is due, and stops when the worker does."""

import threading

import pytest
from flask import Flask

from advocacy.models.look_again import LookRecord
from advocacy.models.runs import Run
from advocacy.rules import Rules
from ingest.lookout import Lookout
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.lookers import Stage
from tests.ingest.scene import rows
from tests.ingest.world import until


@pytest.fixture
def stage(app: Flask, rules: Rules, cast: Cast) -> Stage:
    """Two posts of Asha's, overdue."""
    stage = Stage(app, rules, NOW)
    stage.joins(cast.asha, "asha_k")
    stage.forum.writes("asha_k", 2)
    stage.sweeps()
    stage.later(hours=45)
    return stage


def test_it_looks_and_tells_the_minutes_run(stage: Stage) -> None:
    lookout = Lookout(stage.hands)
    lookout.tick()
    assert lookout.stop(20)
    [record] = rows(LookRecord)
    assert (record.asked, record.run_id) == (2, max(run.id for run in rows(Run) if run.asked_by == "worker"))


def test_where_nothing_is_due_there_is_no_run_and_where_nothing_can_look_no_thread(stage: Stage) -> None:
    stage.now = NOW
    runs = len(rows(Run))
    lookout = Lookout(stage.hands)
    lookout.tick()
    assert lookout.stop(20)
    assert (len(rows(Run)), stage.forum.looked) == (runs, [])
    threads = threading.active_count()
    Lookout(super(Stage, stage).hands).tick()
    assert threading.active_count() == threads


def test_one_round_follows_the_other_and_none_begins_when_the_worker_stops(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.lookout.EVERY", 0.0)
    lookout = Lookout(stage.hands)
    lookout.tick()
    assert until(lambda: len(stage.forum.looked) == 1, 20)
    stage.later(hours=45)
    assert until(lambda: ticked(lookout, stage) == 2, 20)
    lookout.stop(20)
    stage.later(hours=45)
    lookout.tick()
    assert len(stage.forum.looked) == 2


def ticked(lookout: Lookout, stage: Stage) -> int:
    """How many requests there were, after one tick more."""
    lookout.tick()
    return len(stage.forum.looked)


def test_a_request_that_hangs_does_not_keep_the_worker(stage: Stage) -> None:
    asked, answer = threading.Event(), threading.Event()
    stage.forum.in_between += [lambda: answer.wait(20), asked.set]  # the last comes first
    lookout = Lookout(stage.hands)
    lookout.tick()
    assert asked.wait(20)
    assert not lookout.stop(0.1)
    answer.set()
    assert lookout.stop(20)


def test_a_fault_ends_the_round_and_not_the_worker(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("ingest.lookout.EVERY", 0.0)
    lookout = Lookout(stage.hands)
    with stage.breaking("UPDATE activity SET look_at"):
        lookout.tick()
        assert until(lambda: "a round of second looks failed" in caplog.text, 20)
    assert until(lambda: ticked(lookout, stage) == 1, 20)
    assert lookout.stop(20)
