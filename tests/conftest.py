"""What all tests stand on: an app with an empty schema, on SQLite and – when one answers – on PostgreSQL."""

import gc
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.engine import make_url

from advocacy import config
from advocacy.app import create_app
from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.models import db, facts, generations, logins, schema
from advocacy.models.activities import ActivityRow
from advocacy.models.fact import Owner
from advocacy.models.people import Person
from advocacy.rules import Rules
from advocacy.settings import Settings
from ingest.prepare import Reader, prepare
from tests.cast import Cast
from tests.fault_server import FaultServer
from tests.journey import Browser
from tests.once import Templates, compile_addresses_once

POSTGRES = os.environ.get("ADVOCACY_TEST_DATABASE_URL", "")
DATABASES = ["sqlite", *(["postgresql"] if POSTGRES else [])]
SRE = "For an SRE on Kubernetes with OpenEBS: what I do first.\n```\nkubectl describe pvc\n```\nThat is all."
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def pytest_collection_finish() -> None:
    """Let garbage be collected seldom, and what stays to the end be left alone: it took a third of a page's test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


compile_addresses_once()
TEMPLATES = Templates()


@contextmanager
def postgres(model: str = "template1") -> Iterator[str]:
    """The address of a new PostgreSQL database, copied from another one."""
    name = f"advocacy_{secrets.token_hex(6)}"
    server = sa.create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {model}")
    try:
        yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        server.dispose()


@pytest.fixture(scope="session")
def furnished() -> Iterator[str]:
    """The name of a PostgreSQL database with all tables: to copy it takes a fifth of making them."""
    with postgres() as url:
        engine = sa.create_engine(url)
        db.metadata.create_all(engine)
        engine.dispose()
        yield str(make_url(url).database)


@pytest.fixture(scope="session")
def furnished_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for SQLite: a file to copy."""
    file = tmp_path_factory.mktemp("furnished") / "advocacy.db"
    engine = sa.create_engine(f"sqlite:///{file}")
    db.metadata.create_all(engine)
    engine.dispose()
    return file


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of the test's own: empty, or with its tables for a test that asks for an app."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'advocacy.db'}"
        return
    wants_tables = "bare_app" in request.fixturenames
    with postgres(request.getfixturevalue("furnished") if wants_tables else "template1") as url:
        yield url


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


def stamp(app: Flask) -> None:
    """Write down that the schema is the newest, as a migration would."""
    newest = schema.wanted(app.extensions["migrate"].directory)
    db.session.execute(sa.text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)"))
    db.session.execute(sa.text("DELETE FROM alembic_version"))
    db.session.execute(sa.text("INSERT INTO alembic_version VALUES (:newest)"), {"newest": newest})


@pytest.fixture
def bare_app(settings: Settings, furnished_file: Path) -> Iterator[Flask]:
    """The app with its tables and nothing in them, at NOW; no app context is open."""
    app = create_app(settings)
    app.testing = True
    app.jinja_env.bytecode_cache = TEMPLATES
    app.extensions["advocacy.clock"] = lambda: NOW
    address = make_url(settings.database_url)
    if address.get_backend_name() == "sqlite":
        shutil.copy(furnished_file, str(address.database))
    with app.app_context():
        stamp(app)
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


@pytest.fixture
def stranger(bare_app: Flask) -> Browser:
    """A browser without a login that fills forms in as our pages do."""
    return Browser(bare_app.test_client())


@pytest.fixture
def sign_in(app: Flask) -> Callable[[Person], Browser]:
    """Give a person a browser that is signed in."""

    def begin(person: Person) -> Browser:
        browser = Browser(app.test_client())
        browser.client.set_cookie("advocacy", logins.begin(person.id, NOW))
        db.session.commit()
        return browser

    return begin


@pytest.fixture
def server() -> Iterator[FaultServer]:
    """A server on loopback that plays what a test sets."""
    with FaultServer() as running:
        yield running


@pytest.fixture
def article(app: Flask, rules: Rules) -> Callable[..., int]:
    """Let a person have published an article: its activity's id, evidence derived by the shipped rules."""

    def publish(
        person: Person,
        title: str = "An SRE's first hour",
        text: str = SRE,
        at: datetime = NOW,
        account: int | None = None,
    ) -> int:
        url = f"https://blog.example/{quote(title)}"
        one = Activity(
            ref=f"feed:{url}", kind=Kind.ARTICLE, platform=Platform.FEED, at=at, text=text, title=title, url=url
        )
        facts.keep(prepare([one], [Reader(Owner(account, person.id, person.zone), "")], rules).kept, NOW)
        activity_id = db.session.scalars(sa.select(ActivityRow.id).where(ActivityRow.ref == one.ref)).one()
        db.session.commit()
        return activity_id

    return publish
