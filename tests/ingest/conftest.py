"""The stage with the cast on it."""

import pytest
from flask import Flask

from advocacy.rules import Rules
from tests.conftest import NOW
from tests.ingest.scene import Scene


@pytest.fixture
def scene(app: Flask, rules: Rules) -> Scene:
    """The app at NOW with a fake platform; ask for `cast` too when people are wanted."""
    return Scene(app, rules, NOW)
