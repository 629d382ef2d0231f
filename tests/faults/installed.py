"""Installations on databases of their own, and a web they read."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest

from tests.conftest import DATABASES, postgres
from tests.fault_server import FaultServer
from tests.faults.kills import Installation


class Makes(Protocol):
    """Make an installation of that name, with an empty database or with a copy of another one's."""

    def __call__(self, name: str, like: Installation | None = None) -> Installation: ...


@pytest.fixture(params=DATABASES)
def installed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Makes]:
    """Make installations on each kind of database."""
    with ExitStack() as ending:

        def make(name: str, like: Installation | None = None) -> Installation:
            folder = tmp_path / name
            url = f"sqlite:///{folder / 'advocacy.db'}"
            if like is not None:
                like.engine.dispose()
            if request.param == "postgresql":
                model = "template1" if like is None else str(like.engine.url.database)
                url = ending.enter_context(postgres(model))
            elif like is not None:
                folder.mkdir()
                shutil.copy(str(like.engine.url.database), folder / "advocacy.db")
            one = Installation(folder, url)
            ending.callback(one.close)
            return one

        yield make


@pytest.fixture
def web() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server
