"""A year of ten people on all platforms ends in the state that the simulator says is true."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from ingest.loopback import platforms
from ingest.loopback.server import Platforms
from ingest.loopback.simulation import VISITS, Year, simulate
from tests.ingest.ending import disagreements, works_apart
from tests.ingest.life import Life


@pytest.fixture
def outside() -> Iterator[Platforms]:
    with Platforms({}) as running:
        yield running


@pytest.fixture
def environ(environ: dict[str, str], outside: Platforms) -> dict[str, str]:
    """The installation's settings, its readers pointed at the loopback platforms, with little money."""
    return {**environ, **platforms.environ(outside.address), "ADVOCACY_X__MONTHLY_BUDGET_USD": "3"}


pytestmark = pytest.mark.usefixtures("cast")


def live(app: Flask, outside: Platforms, folder: Path, year: Year) -> None:
    """Live it, and hold the end against what is true."""
    outside.handlers.update(platforms.handlers(year.world))
    life = Life(app, year, outside, folder)
    life.begin()
    life.live()
    assert life.kills > 0
    assert disagreements(life) == []
    assert works_apart(life) == []


def test_a_simulated_quarter_ends_in_the_true_state(app: Flask, outside: Platforms, tmp_path: Path) -> None:
    live(app, outside, tmp_path, simulate(seed=3, days=100, hours=VISITS[:1]))


@pytest.mark.soak
def test_a_simulated_year_ends_in_the_true_state(app: Flask, outside: Platforms, tmp_path: Path) -> None:
    live(app, outside, tmp_path, simulate())
