"""Which version of the schema the database has, and which this program wants."""

from functools import cache

import sqlalchemy as sa
from alembic.script import ScriptDirectory

from advocacy.models import sqlite
from advocacy.models.base import db


def revision() -> str | None:
    """The schema's revision in the database; None when it has none."""
    with db.engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        return _read(connection)


def wanted(migrations: str) -> str | None:
    """The newest revision this program knows, from its folder of migrations."""
    return known(migrations)[0]


@cache
def known(migrations: str) -> tuple[str, ...]:
    """All revisions that this program knows, the newest first; what was installed at its start."""
    return tuple(script.revision for script in ScriptDirectory(migrations).walk_revisions())


def difference(migrations: str) -> str:
    """What keeps this program from working with the database's schema, in words; empty when it is the one it wants."""
    try:
        with sqlite.reading(), db.engine.connect() as connection:
            there = _read(connection)
    except sa.exc.DBAPIError:
        there = revision()  # raises when the database does not answer
    want = wanted(migrations)
    if there == want:
        return ""
    if there is None:
        return "the database has no schema yet: run `advocacy db upgrade`"
    if there in known(migrations):
        return f"the database's schema is {there}, older than this version's {want}: run `advocacy db upgrade`"
    return (
        f"the database's schema is {there}, of a later version than this one, which wants {want}: "
        "install that version and start it again"
    )


def _read(connection: sa.Connection) -> str | None:
    found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return found
