"""Alembic runs the migrations in the running app's database; Flask-Migrate calls this file."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import context
from flask import current_app

extension = current_app.extensions["migrate"]


def run() -> None:
    """Migrate in one transaction: all of it, or nothing; SQLite can do that too, now that we send BEGIN ourselves."""
    ours = {**extension.configure_args, "transactional_ddl": True}
    with extension.db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=extension.db.metadata, **ours)
        with unwatched(connection), context.begin_transaction():
            context.run_migrations()


@contextmanager
def unwatched(connection: sa.Connection) -> Iterator[None]:
    """On SQLite a table is altered by building it anew, and dropping the old one would delete what points at it.

    So foreign keys are not watched meanwhile, and checked before the end.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")
    if broken := raw.execute("PRAGMA foreign_key_check").fetchall():
        raise SystemExit(f"The migration left rows that point nowhere: {broken[:5]}. Restore your backup and tell us.")


if context.is_offline_mode():
    raise SystemExit("Migrations run against a live database: leave out --sql.")
run()
