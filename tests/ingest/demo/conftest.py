"""The company of a year, built once for all tests of the demo."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.ingest.demo.stage import company


@pytest.fixture(scope="package")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with company(tmp_path_factory.mktemp("demo") / "year", "year") as app:
        yield app
