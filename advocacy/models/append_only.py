"""The triggers by which the database itself keeps the audit log: entries stand, only an erased person is blanked.

The same stands in the migration 0004: there for databases that were there before, here for tables made at once.
"""

import sqlalchemy as sa

_REFUSES = "the audit log is append-only"
_DDL = (
    (
        "sqlite",
        "after_create",
        f"CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, '{_REFUSES}'); END",
    ),
    (
        "sqlite",
        "after_create",
        f"""
        CREATE TRIGGER audit_stands BEFORE UPDATE ON audit
        WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.act IS NOT OLD.act
          OR (NEW.actor_id IS NOT NULL AND NEW.actor_id IS NOT OLD.actor_id)
          OR (NEW.about_id IS NOT NULL AND NEW.about_id IS NOT OLD.about_id)
          OR (NEW.detail IS NOT OLD.detail AND NEW.detail IS NOT '{{}}')
        BEGIN SELECT RAISE(ABORT, '{_REFUSES}'); END
        """,
    ),
    (
        "postgresql",
        "after_create",
        f"""
        CREATE FUNCTION audit_stands() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.act = OLD.act
            AND (NEW.actor_id IS NULL OR NEW.actor_id = OLD.actor_id)
            AND (NEW.about_id IS NULL OR NEW.about_id = OLD.about_id)
            AND NEW.detail::text IN ('{{}}', OLD.detail::text)
          THEN RETURN NEW; END IF;
          RAISE EXCEPTION '{_REFUSES}';
        END $$
        """,
    ),
    (
        "postgresql",
        "after_create",
        "CREATE TRIGGER audit_stands BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_stands()",
    ),
    ("postgresql", "after_drop", "DROP FUNCTION IF EXISTS audit_stands()"),
)


def keep(table: sa.FromClause) -> None:
    """Make the triggers whenever the table is made."""
    for dialect, moment, statement in _DDL:
        ddl = sa.DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy does not say
        sa.event.listen(table, moment, ddl.execute_if(dialect=dialect))
