"""How a database goes about statements: which tables it reads from end to end, and which it reads by an index alone."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

_SQLITE = re.compile(r"(?P<verb>SCAN|SEARCH) (?P<table>\w+)(?: USING (?P<covering>COVERING )?INDEX (?P<index>\w+))?")


@dataclass(slots=True)
class Plans:
    """What was learned of some statements."""

    statements: int = 0
    scanned: set[str] = field(default_factory=set)  #: tables (or their aliases) read from end to end
    alone: set[str] = field(default_factory=set)  #: indexes that answered without their table


@contextmanager
def explained(engine: sa.Engine) -> Iterator[Plans]:
    """Explain every statement of the block; PostgreSQL is told to scan only where nothing else is possible."""
    plans = Plans()

    def explain(connection: sa.Connection, cursor: Any, statement: str, values: Any, *rest: object) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
            plans.statements += 1
            first = values[0] if isinstance(values, list) else values  # one of many rows
            _explain(plans, cursor, connection.dialect.name, statement, first)

    sa.event.listen(engine, "before_cursor_execute", explain)
    try:
        yield plans
    finally:
        sa.event.remove(engine, "before_cursor_execute", explain)


def _explain(plans: Plans, cursor: Any, database: str, statement: str, values: Any) -> None:
    if database == "sqlite":
        for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values):
            _note_sqlite(plans, row[3])
        return
    for method in ("seqscan", "bitmapscan"):
        cursor.execute(f"SET LOCAL enable_{method} = off")
    (told,) = cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", values).fetchone()
    _note_postgresql(plans, (told if isinstance(told, list) else json.loads(told))[0]["Plan"])


def _note_sqlite(plans: Plans, line: str) -> None:
    found = _SQLITE.match(line)
    if found and found["verb"] == "SCAN":
        plans.scanned.add(found["table"])
    elif found and found["covering"]:
        plans.alone.add(found["index"])


def _note_postgresql(plans: Plans, node: dict[str, Any]) -> None:
    if node["Node Type"].endswith("Scan") and "Relation Name" in node and "Index Cond" not in node:
        plans.scanned.add(node["Relation Name"])
    elif node["Node Type"] == "Index Only Scan":
        plans.alone.add(node["Index Name"])
    for inner in node.get("Plans", ()):
        _note_postgresql(plans, inner)
