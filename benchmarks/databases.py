"""Installations to measure on: SQLite always, PostgreSQL when ADVOCACY_TEST_DATABASE_URL names a server."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import flask_migrate
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.engine import make_url

from advocacy import config, ladder
from advocacy.app import create_app
from advocacy.models import generations, ladder_import, roster
from advocacy.models.base import db

NOW = datetime(2026, 11, 23, tzinfo=UTC)
SERVER = os.environ.get("ADVOCACY_TEST_DATABASE_URL", "")
DATABASES = {"SQLite": "", **({"PostgreSQL": SERVER} if SERVER else {})}
"""What each is called, and the address of its server."""


@contextmanager
def installed(server: str) -> Iterator[Flask]:
    """A fresh installation with the starter ladder and one person; dropped afterwards."""
    with tempfile.TemporaryDirectory() as folder, _database(server) as url:
        environ = {"ADVOCACY_SECRET_KEY": secrets.token_hex(32), "ADVOCACY_DATA_DIR": folder}
        app = create_app(config.load({**environ, **({"ADVOCACY_DATABASE_URL": url} if url else {})}, Path(folder)))
        with app.app_context():
            _furnish(app)
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def _furnish(app: Flask) -> None:
    flask_migrate.upgrade()
    rules, page = app.extensions["advocacy.rules"], ladder.text("starter.md").encode()
    ladder_import.apply(ladder_import.preview(page, "starter.md", rules), page, None, NOW)
    person = roster.add("asha@example.org", "Asha", NOW)
    roster.give_role(person.id, "starter", roster.EVER)
    generations.ensure(rules.fingerprint, NOW)
    db.session.commit()


@contextmanager
def _database(server: str) -> Iterator[str]:
    if not server:
        yield ""
        return
    name = f"benchmark_{secrets.token_hex(6)}"
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        engine.dispose()
