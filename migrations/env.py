"""Alembic runs the migrations in the running app's database; Flask-Migrate calls this file."""

from alembic import context
from flask import current_app

extension = current_app.extensions["migrate"]


def run() -> None:
    """Migrate in one transaction: all of it, or nothing."""
    with extension.db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=extension.db.metadata, **extension.configure_args)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations run against a live database: leave out --sql.")
run()
