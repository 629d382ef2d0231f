"""What all tests stand on: an app with an empty schema, on SQLite and – when one answers – on PostgreSQL."""

import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.engine import make_url

from advocacy import config
from advocacy.app import create_app
from advocacy.models import db, generations
from advocacy.rules import Rules
from advocacy.settings import Settings
from tests.cast import Cast

POSTGRES = os.environ.get("ADVOCACY_TEST_DATABASE_URL", "")
DATABASES = ["sqlite", *(["postgresql"] if POSTGRES else [])]
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of the test's own."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'advocacy.db'}"
        return
    name = f"advocacy_{secrets.token_hex(6)}"
    server = sa.create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        server.dispose()


@pytest.fixture
def environ(database_url: str, tmp_path: Path) -> dict[str, str]:
    """The settings of the test's own installation, as environment variables."""
    return {
        "ADVOCACY_DATABASE_URL": database_url,
        "ADVOCACY_SECRET_KEY": secrets.token_hex(32),
        "ADVOCACY_DATA_DIR": str(tmp_path / "var"),
        "ADVOCACY_FETCH__ALLOW_NETS": "127.0.0.0/8",
    }


@pytest.fixture
def settings(environ: dict[str, str], tmp_path: Path) -> Settings:
    """The settings, read as at a real start."""
    return config.load(environ, tmp_path)


@pytest.fixture
def bare_app(settings: Settings) -> Iterator[Flask]:
    """The app with its tables and nothing in them, at NOW; no app context is open."""
    app = create_app(settings)
    app.testing = True
    app.extensions["advocacy.clock"] = lambda: NOW
    with app.app_context():
        db.create_all()
        generations.ensure(app.extensions["advocacy.rules"].fingerprint, NOW)
        db.session.commit()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(bare_app: Flask) -> Iterator[Flask]:
    """The app with its context open, for tests that speak to the tables."""
    with bare_app.app_context():
        yield bare_app


@pytest.fixture
def rules(app: Flask) -> Rules:
    """The shipped rules."""
    found: Rules = app.extensions["advocacy.rules"]
    return found


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Asha, Lena, Mark, Adam and the stranger, with the starter ladder."""
    return Cast.enter(app)


@pytest.fixture
def client(bare_app: Flask) -> FlaskClient:
    """A browser without a login."""
    return bare_app.test_client()
