"""The migrations make what the models say, on both databases, and twice changes nothing."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask

from advocacy.app import create_app
from advocacy.models.base import db
from advocacy.models.people import Grant, Person
from advocacy.models.schema import revision, wanted
from advocacy.settings import Settings
from tests.conftest import NOW


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
        context = MigrationContext.configure(connection, opts={"compare_type": False, **_ways(empty)})
        assert compare_metadata(context, db.metadata) == []


def _ways(app: Flask) -> dict[str, Any]:
    return {"include_object": app.extensions["migrate"].configure_args["include_object"]}


def test_the_schema_knows_its_revision_and_a_second_upgrade_changes_nothing(empty: Flask) -> None:
    assert revision() is None
    flask_migrate.upgrade()
    first = revision()
    flask_migrate.upgrade()
    assert first == revision() == wanted(empty.extensions["migrate"].directory)


def test_what_the_database_keeps_is_the_same_whether_migrated_or_made_at_once(empty: Flask) -> None:
    flask_migrate.upgrade()
    migrated = _kept_by_the_database()
    flask_migrate.downgrade(revision="base")
    db.create_all()
    assert (_kept_by_the_database(), bool(migrated)) == (migrated, True)


def _kept_by_the_database() -> list[str]:
    """How the database itself tells of it."""
    told = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE (name LIKE '%\\_words%' ESCAPE '\\' OR type = 'trigger')"
        " AND sql IS NOT NULL",
        "postgresql": "SELECT table_name || generation_expression FROM information_schema.columns"
        " WHERE column_name = 'words' AND generation_expression IS NOT NULL"
        " UNION SELECT indexdef FROM pg_indexes WHERE indexname LIKE 'ix_%_words'"
        " UNION SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
        " UNION SELECT prosrc FROM pg_proc WHERE proname LIKE 'findable%'",
    }
    db.session.rollback()
    found = db.session.scalars(sa.text(told[db.engine.dialect.name])).all()
    db.session.rollback()
    return sorted(" ".join(words.split()) for words in found)


def test_it_can_be_taken_back(empty: Flask) -> None:
    flask_migrate.upgrade()
    flask_migrate.downgrade(revision="base")
    assert revision() is None


def test_a_table_built_anew_takes_nothing_with_it(empty: Flask, tmp_path: Path) -> None:
    """The next migration, whatever it alters, must not cost a row that points at the altered table."""
    folder = shutil.copytree(empty.extensions["migrate"].directory, tmp_path / "migrations")
    flask_migrate.upgrade(str(folder))
    db.session.execute(sa.insert(Person).values(email="a@tern.example", name="A", zone="UTC", created_at=NOW))
    db.session.execute(sa.insert(Grant).values(person_id=1, capability="lead"))
    db.session.commit()
    (folder / "versions" / "next.py").write_text(NEXT.replace("TODAY", str(revision())))
    flask_migrate.upgrade(str(folder))
    flask_migrate.downgrade(str(folder))
    assert db.session.execute(sa.select(Person.email, Grant.capability).join(Grant)).one() == ("a@tern.example", "lead")


NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "next", "TODAY"


def upgrade():
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("willing", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade():
    with op.batch_alter_table("person") as table:
        table.drop_column("willing")
"""
