"""What an installation holds, so that two of them can be compared row for row whatever way each came there."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from advocacy.models.base import Base

LEFT_OUT: Mapping[str, Mapping[str, str]] = {
    "account": {"id": "a number in order of arrival"},
    "activity": {
        "id": "a number in order of arrival",
        "first_seen_at": "the moment of the attempt that stored it",
        "changed_at": "the moment of the attempt that stored it",
        "deleted_at": "the moment of the attempt that heard of it; that the text is gone is compared",
        "dropped_at": "the moment of the attempt that heard of it; that the text is gone is compared",
        "look_at": "follows from the moment of the last look",
        "looked_at": "the moment of the last look",
    },
    "activity_person": {},
    "provenance": {"seen_at": "the moment of the attempt that stored it"},
    "metric_snapshot": {"day": "the day of the attempt that stored it; the newest is compared"},
    "passed_over": {},
    "quarantine": {"id": "a number in order of arrival", "seen_at": "the moment of the attempt that stored it"},
    "evidence": {"id": "a number in order of arrival", "generation_id": "a number; only the live one is compared"},
    "verdict": {"id": "a number in order of arrival"},
    "subscription": {
        "id": "a number in order of arrival",
        "next_due": "the moment of the last attempt and a random delay",
        "held_until": "follows from the moment of the last attempt",
        "state_since": "the moment of the attempt that found it so",
        "last_try_at": "the moment of the last attempt",
        "last_ok_at": "the moment of the last attempt",
        "complete_to": "the moment of the last attempt",
    },
}
"""Every table of facts, with the columns that tell of attempts and not of what is known; all others are compared.

`run`, `pull` and `job_run` are records of attempts altogether; `generation` is compared by `standing`.
"""

NATURAL = {
    "person": ("email",),
    "role_page": ("slug",),
    "expectation": ("page_id", "key"),
    "ladder_version": ("page_id", "number"),
    "subscription": ("platform", "address"),
    "account": ("person_id", "platform", "handle", "author"),
    "activity": ("ref_hash",),
}
"""By what a row is known elsewhere, instead of its number."""

MEANT = {("evidence", "work_id"): "activity"}
"""A number of another table that no foreign key says so of."""


def rows(engine: sa.Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of facts, without what is left out and with names for numbers, sorted."""
    with engine.connect() as connection:
        known = {name: _names(connection, name) for name in NATURAL}
        return {name: _rows(connection, name, known) for name in LEFT_OUT}


def standing(engine: sa.Engine) -> dict[str, Any]:
    """What must hold of an installation at rest: (one live generation, by which rules), nothing held, nothing open."""
    with engine.connect() as connection:

        def ask(query: str) -> list[tuple[Any, ...]]:
            return [tuple(row) for row in connection.execute(sa.text(query))]

        return {
            "generations": ask(
                "SELECT live_at IS NOT NULL, fingerprint FROM generation WHERE retired_at IS NULL ORDER BY id"
            ),
            "evidence of retired generations": ask(
                "SELECT count(*) FROM evidence JOIN generation ON generation.id = generation_id "
                "WHERE retired_at IS NOT NULL"
            ),
            "leases": ask("SELECT address FROM subscription WHERE lease_token IS NOT NULL"),
            "open jobs": ask("SELECT kind, subject FROM job_run WHERE state IN ('waiting', 'running')"),
            "nobody's": ask(
                "SELECT ref FROM activity WHERE NOT EXISTS (SELECT 1 FROM activity_person WHERE activity_id = id) "
                "OR NOT EXISTS (SELECT 1 FROM provenance WHERE activity_id = id)"
            ),
        }


def _names(connection: sa.Connection, name: str) -> dict[int, Any]:
    table = Base.metadata.tables[name]
    columns = [table.c[column] for column in NATURAL[name]]
    found = connection.execute(sa.select(table.c.id, *columns))
    deep = {index: target for index, column in enumerate(columns) if (target := _target(column))}
    known = {target: _names(connection, target) for target in deep.values()}
    return {
        row[0]: tuple(known[deep[i]][cell] if i in deep else cell for i, cell in enumerate(row[1:])) for row in found
    }


def _rows(connection: sa.Connection, name: str, known: Mapping[str, Mapping[int, Any]]) -> list[tuple[Any, ...]]:
    table = Base.metadata.tables[name]
    columns = [column for column in table.columns if column.name not in LEFT_OUT[name]]
    targets = [_target(column) for column in columns]
    found = connection.execute(_query(table).with_only_columns(*columns))
    named = (
        tuple(known[to].get(cell, cell) if to else _plain(cell) for to, cell in zip(targets, row, strict=True))
        for row in found
    )
    return sorted(named, key=repr)


def _query(table: sa.Table) -> sa.Select[Any]:
    query = sa.select(table)
    if table.name == "evidence":
        live = sa.text("SELECT id FROM generation WHERE live_at IS NOT NULL AND retired_at IS NULL")
        return query.where(table.c.generation_id.in_(live))
    if table.name == "metric_snapshot":
        newest = table.alias()
        same = sa.and_(newest.c.activity_id == table.c.activity_id, newest.c.metric == table.c.metric)
        return query.where(table.c.day == sa.select(sa.func.max(newest.c.day)).where(same).scalar_subquery())
    return query


def _target(column: sa.Column[Any]) -> str | None:
    """The table whose number a column holds."""
    if (column.table.name, column.name) in MEANT:
        return MEANT[column.table.name, column.name]
    return next((key.column.table.name for key in column.foreign_keys if key.column.table.name in NATURAL), None)


def _plain(cell: Any) -> Any:
    return repr(sorted(cell.items())) if isinstance(cell, dict) else cell
