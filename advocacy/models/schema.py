"""Which version of the schema the database has, and which this program wants."""

import sqlalchemy as sa
from alembic.script import ScriptDirectory

from advocacy.models.base import db


def revision() -> str | None:
    """The schema's revision in the database; None when it has none."""
    with db.engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        return found


def wanted(migrations: str) -> str | None:
    """The newest revision this program knows, from its folder of migrations."""
    return ScriptDirectory(migrations).get_current_head()
