"""The demo's company for tests: built in a folder, its world outside still there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from advocacy import config
from advocacy.app import create_app
from advocacy.models.base import db
from ingest.demo import ground
from ingest.demo.build import Site, populate
from ingest.demo.outside import outside
from ingest.demo.stages import STAGES
from ingest.loopback.server import Platforms

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@contextmanager
def company(folder: Path, stage: str) -> Iterator[Flask]:
    """A built company in a folder of its own."""
    ground.clear(folder, stage, seed=7)
    with Platforms({}) as world:
        world.handlers.update(outside(NOON, 7, world.address, untidy=STAGES[stage].untidy))
        app = create_app(config.load(ground.environ(folder, "127.0.0.1", 8000, world.address), folder))
        app.extensions["advocacy.clock"] = lambda: NOON
        with app.app_context():
            db.create_all()
            populate(Site(app=app, world=world, anchor=NOON), STAGES[stage])
            yield app
            db.session.remove()
            db.engine.dispose()
