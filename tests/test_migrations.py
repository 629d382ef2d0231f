"""The migrations make what the models say, on both databases, and twice changes nothing."""

from collections.abc import Iterator

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask

from advocacy.app import create_app
from advocacy.models.base import db
from advocacy.models.schema import revision, wanted
from advocacy.settings import Settings


@pytest.fixture
def empty(settings: Settings) -> Iterator[Flask]:
    """An app on a database without any table."""
    app = create_app(settings)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_an_empty_database_comes_to_the_models_of_today(empty: Flask) -> None:
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, db.metadata) == []


def test_the_schema_knows_its_revision_and_a_second_upgrade_changes_nothing(empty: Flask) -> None:
    assert revision() is None
    flask_migrate.upgrade()
    first = revision()
    flask_migrate.upgrade()
    assert first == revision() == wanted(empty.extensions["migrate"].directory)


def test_it_can_be_taken_back(empty: Flask) -> None:
    flask_migrate.upgrade()
    flask_migrate.downgrade(revision="base")
    assert revision() is None
