"""What a run of this installation works with."""

from datetime import timedelta

from flask import Flask

from advocacy import running
from ingest import registry
from ingest.sweep import Hands


def hands_of(app: Flask) -> Hands:
    """What a sweep of this app works with."""
    settings = running.settings()
    return Hands(
        app=app,
        sources=registry.build(settings),
        rules=running.in_force(),
        clock=running.clock(),
        threads=settings.worker.threads,
        lease=timedelta(seconds=settings.worker.lease_seconds),
    )
