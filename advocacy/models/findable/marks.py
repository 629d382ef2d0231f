"""Triggers that mark whose rows are stale: whatever writes evidence or activities, none can forget it.

The same stands in the migration 0022. A migration that builds `evidence`, `activity` or `generation` anew on SQLite
must make the triggers again.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from advocacy.models.base import Base
from advocacy.models.evidence import Evidence
from advocacy.models.findable.tables import FindableStale

_RELEASED = "{0}.verdict = 'confirmed' AND {0}.visibility <> 'private'"
NEW, OLD = _RELEASED.format("NEW"), _RELEASED.format("OLD")
CHANGES = {
    "new": ("INSERT", f"({NEW})", "NEW"),
    "changed": ("UPDATE", f"({NEW} OR {OLD})", "NEW"),
    "gone": ("DELETE", f"({OLD})", "OLD"),
}
"""What happens to evidence: by which act, when it matters, and which of its rows names the person."""

SAYS = "title, text, url, kind, tags, deleted_at, dropped_at"
"""What an activity says; a change of it matters to whoever released it."""

ITEMS = (
    "INSERT INTO findable_stale(person_id) SELECT DISTINCT e.person_id FROM evidence e"
    f" WHERE e.activity_id = NEW.id AND {_RELEASED.format('e')}"
)
EVERYBODY = (
    "INSERT INTO findable_stale(person_id) SELECT DISTINCT person_id FROM verdict"
    " WHERE word = 'confirmed' AND superseded_at IS NULL"
)

SQLITE = (
    *(
        f"CREATE TRIGGER findable_{name} AFTER {act} ON evidence WHEN {when} AND NOT EXISTS"
        f" (SELECT 1 FROM findable_stale WHERE person_id = {row}.person_id) BEGIN"
        f" INSERT INTO findable_stale(person_id) VALUES ({row}.person_id); END"
        for name, (act, when, row) in CHANGES.items()
    ),
    f"CREATE TRIGGER findable_said AFTER UPDATE OF {SAYS} ON activity BEGIN {ITEMS}; END",
    "CREATE TRIGGER findable_live AFTER UPDATE OF live_at ON generation"
    f" WHEN NEW.live_at IS NOT NULL AND OLD.live_at IS NULL BEGIN {EVERYBODY}; END",
)
POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION findable_mark() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " INSERT INTO findable_stale(person_id)"
    " VALUES (CASE WHEN TG_OP = 'DELETE' THEN OLD.person_id ELSE NEW.person_id END); RETURN NULL; END $$",
    f"CREATE OR REPLACE FUNCTION findable_mark_item() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {ITEMS};"
    " RETURN NULL; END $$",
    f"CREATE OR REPLACE FUNCTION findable_mark_all() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {EVERYBODY};"
    " RETURN NULL; END $$",
    *(
        f"CREATE OR REPLACE TRIGGER findable_{name} AFTER {act} ON evidence FOR EACH ROW WHEN {when}"
        " EXECUTE FUNCTION findable_mark()"
        for name, (act, when, _) in CHANGES.items()
    ),
    f"CREATE OR REPLACE TRIGGER findable_said AFTER UPDATE OF {SAYS} ON activity FOR EACH ROW"
    " EXECUTE FUNCTION findable_mark_item()",
    "CREATE OR REPLACE TRIGGER findable_live AFTER UPDATE OF live_at ON generation FOR EACH ROW"
    " WHEN (NEW.live_at IS NOT NULL AND OLD.live_at IS NULL) EXECUTE FUNCTION findable_mark_all()",
)


def _keep(metadata: sa.MetaData, connection: sa.Connection, tables: Sequence[sa.Table], **_: Any) -> None:
    """Make the triggers whenever the tables are made."""
    if {FindableStale.__table__, Evidence.__table__} <= set(tables):
        for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
            connection.exec_driver_sql(statement)


sa.event.listen(Base.metadata, "after_create", _keep)
