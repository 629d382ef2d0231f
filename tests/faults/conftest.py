"""Installations on databases of their own, and a web they read."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.conftest import DATABASES, postgres
from tests.fault_server import FaultServer
from tests.faults.kills import Installation

Makes = Callable[[str], Installation]


@pytest.fixture(params=DATABASES)
def installed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Makes]:
    """Make an installation of that name with an empty database, on each kind of database."""
    with ExitStack() as ending:

        def make(name: str) -> Installation:
            folder = tmp_path / name
            url = f"sqlite:///{folder / 'advocacy.db'}"
            if request.param == "postgresql":
                url = ending.enter_context(postgres())
            one = Installation(folder, url)
            ending.callback(one.close)
            return one

        yield make


@pytest.fixture
def web() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server
