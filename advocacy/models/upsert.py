"""Inserting what may be there already, on both databases; by table, which is faster than the ORM's bulk insert."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from advocacy.models.base import Base, db


def insert_new(table: type[Base], rows: Sequence[Mapping[str, Any]], key: Sequence[str] | None = None) -> None:
    """Insert what is not there; whoever came first stays."""
    if rows:
        db.session.execute(dialect_insert()(table.__table__).on_conflict_do_nothing(index_elements=key), list(rows))


def upsert(table: type[Base], rows: Sequence[Mapping[str, Any]], key: Sequence[str], columns: Sequence[str]) -> None:
    """Insert what is not there, and bring these columns of what is there up to date."""
    if rows:
        statement = dialect_insert()(table.__table__)
        fresh = {name: statement.excluded[name] for name in columns}
        db.session.execute(statement.on_conflict_do_update(index_elements=key, set_=fresh), list(rows))


def dialect_insert() -> Callable[[Any], Any]:
    """The insert that knows ON CONFLICT in the dialect at hand."""
    return sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
