"""Letters on an app at NOW, with a folder for what leaves."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from advocacy.models import db, letter_wishes
from advocacy.models.people import Person
from advocacy.settings import Mail
from tests.conftest import NOW


@pytest.fixture
def set_up(app: Flask) -> Callable[[str], None]:
    """Let letters leave by this way."""

    def by(url: str) -> None:
        settings = app.extensions["advocacy.settings"]
        mail = Mail(url=url, sender="advocacy@tern.example")
        app.extensions["advocacy.settings"] = replace(settings, mail=mail, base_url="https://tern.example/adv")

    return by


@pytest.fixture
def folder(set_up: Callable[[str], None], tmp_path: Path) -> Path:
    """The folder into which letters go."""
    out = tmp_path / "out"
    set_up(f"file://{out}")
    return out


@pytest.fixture
def wants(app: Flask) -> Callable[..., None]:
    """Let a person want letters on a day and at an hour, said long ago."""

    def say(person: Person, weekday: int = 0, hour: int = 9) -> None:
        letter_wishes.say(person.id, weekday, hour, NOW.replace(month=1))
        db.session.commit()

    return say
