"""An empty database for a while, on PostgreSQL."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import URL

from advocacy.backups.manifest import BackupError


@contextmanager
def scratch(url: URL) -> Iterator[URL]:
    """An empty database beside the installation's own, dropped in the end."""
    name = f"advocacy_check_{secrets.token_hex(6)}"
    server = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            try:
                connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0")
            except sa.exc.ProgrammingError as error:
                raise BackupError(
                    f"{url.username} may not make a scratch database to check in: give CREATEDB to that role, or "
                    "check where it has it."
                ) from error
            try:
                yield url.set(database=name)
            finally:
                connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        server.dispose()
