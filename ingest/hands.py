"""What a run works with: the sources, the rules, the time, and how many hands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import Flask

from advocacy import running
from advocacy.domain.activity import Platform
from advocacy.rules import Rules
from ingest import registry
from ingest.source import Source

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Hands:
    """What a sweep works with."""

    app: Flask
    sources: Mapping[Platform, Source]
    rules: Rules
    clock: Clock
    threads: int = 4
    lease: timedelta = timedelta(minutes=5)
    unready: Mapping[Platform, str] = field(default_factory=dict)  #: what there is no source for, and why


def hands_of(app: Flask) -> Hands:
    """What a sweep of this app works with."""
    settings = running.settings()
    sources = registry.build(settings)
    return Hands(
        app=app,
        sources=sources.ready,
        unready=sources.unready,
        rules=running.in_force(),
        clock=running.clock(),
        threads=settings.worker.threads,
        lease=timedelta(seconds=settings.worker.lease_seconds),
    )
