"""One row in every table there is, about one person, with words in it that stand nowhere else."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from advocacy.models.base import Base, db
from tests.conftest import NOW

CANARY = "canary"
KEPT = {"person", "generation"}
"""Tables whose row is there already."""


def plant(person_id: int) -> dict[str, dict[str, Any]]:
    """Fill each table by its own metadata; the rows by table."""
    rows: dict[str, dict[str, Any]] = {"person": {"id": person_id}, "generation": {"id": 1}}
    for table in Base.metadata.sorted_tables:
        if table.name not in KEPT:
            row = {column.key: _value(column, rows) for column in table.columns if not _is_own_key(column)}
            done: Any = db.session.execute(sa.insert(table).values(row))
            key = dict(zip(table.primary_key.columns.keys(), done.inserted_primary_key or (), strict=False))
            rows[table.name] = {**row, **key}
    db.session.commit()
    return rows


def left() -> set[str]:
    """The tables in which a planted word still stands."""
    db.session.rollback()
    return {table.name for table in Base.metadata.sorted_tables if any(_planted(table))}


def pointing(person_id: int) -> set[str]:
    """The tables that still point at the person."""
    db.session.rollback()
    return {
        key.parent.table.name
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "person"
        and db.session.execute(sa.select(key.parent).where(key.parent == person_id)).first()
    }


def row_of(table: sa.FromClause) -> dict[str, Any]:
    """A row that points at nothing."""
    return {column.key: _of_type(column) for column in table.columns if not column.foreign_keys and column.key != "id"}


def _planted(table: sa.Table) -> Iterator[bool]:
    for row in db.session.execute(sa.select(table)):
        yield CANARY in repr(tuple(row))


def _is_own_key(column: sa.Column[Any]) -> bool:
    alone = len(column.table.primary_key.columns) == 1
    made = column.primary_key and alone and column.autoincrement is not False
    return bool(made and not column.foreign_keys and isinstance(column.type, sa.Integer))


def _value(column: sa.Column[Any], rows: dict[str, dict[str, Any]]) -> Any:
    for key in column.foreign_keys:
        parent = rows.get(key.column.table.name)
        return parent[key.column.name] if parent else None
    return _of_type(column)


def _of_type(column: Any) -> Any:
    """A value of the column's type that names where it was planted."""
    words = f"{CANARY} {column.table.name} {column.name}"
    kind = column.type
    if isinstance(kind, sa.Enum) and kind.enum_class is not None:
        return list(kind.enum_class)[-1]
    if isinstance(kind, sa.JSON):
        return {"told": words}
    if isinstance(kind, sa.LargeBinary):
        return words.encode()
    for type_, value in ((bool, True), (int, 1), (float, 1.0), (datetime, NOW), (date, NOW.date())):
        if _python_type(kind) is type_:
            return value
    return words[: getattr(kind, "length", None) or 200]


def _python_type(kind: sa.types.TypeEngine[Any]) -> Any:
    plain = kind.impl if isinstance(kind, sa.types.TypeDecorator) else kind
    return plain.python_type
