"""Inserting what may be there already, on both databases."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from advocacy.models.base import Base, db


def insert_new(table: type[Base], rows: Sequence[Mapping[str, Any]], key: Sequence[str] | None = None) -> None:
    """Insert what is not there; whoever came first stays."""
    if rows:
        insert = dialect_insert(db.session.get_bind().dialect.name)
        db.session.execute(insert(table.__table__).on_conflict_do_nothing(index_elements=key), list(rows))


def dialect_insert(dialect: str) -> Callable[[Any], Any]:
    """The insert that knows ON CONFLICT in a dialect."""
    return sqlite.insert if dialect == "sqlite" else postgresql.insert
