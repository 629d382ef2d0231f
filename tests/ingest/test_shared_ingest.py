"""All of the real blogs through the whole line, twice: the second time writes no activity, number or evidence."""

from collections import Counter

from flask import Flask

from advocacy.domain.activity import Platform
from advocacy.domain.health import Outcome
from advocacy.rules import Rules
from ingest.registry import build
from tests.cast import Cast
from tests.conftest import NOW
from tests.fault_server import FaultServer
from tests.ingest.scene import FACTS, Scene, dump
from tests.test_shared_feeds import feeds, rebuilt

__all__ = ["feeds"]


def test_real_blogs_become_rows_once(app: Flask, cast: Cast, rules: Rules, feeds: dict[str, bytes]) -> None:
    scene = Scene(app, rules, NOW)
    scene.source = build(app.extensions["advocacy.settings"]).ready[Platform.FEED]
    with FaultServer() as server:
        for name, body in feeds.items():
            address = server.answers(f"/{name}", body)
            scene.connects(cast.asha, address)
            scene.connects(cast.lena, address, author="Nobody Of That Name")
        first = scene.sweeps()
        assert Counter(pull.outcome for pull in first.values()) == {Outcome.OK: len(feeds)}
        assert sum(pull.new for pull in first.values()) > 500
        assert sum(pull.poison for pull in first.values()) == 0
        before = dump(*FACTS)
        assert len(before["activity"]) == len(before["activity_person"]) == sum(pull.new for pull in first.values())
        for name, body in feeds.items():
            server.answers(f"/{name}", rebuilt(body))
        scene.later(hours=2)
        second = scene.sweeps()
        assert sum(pull.new + pull.changed for pull in second.values()) == 0
        assert dump(*FACTS) == before
