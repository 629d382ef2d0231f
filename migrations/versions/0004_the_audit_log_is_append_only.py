"""The audit log is append-only

The database itself refuses to change or delete an entry; only what it tells of an erased person may be blanked.
Whoever alters the table in a later migration: on SQLite that builds it anew, and the triggers must be made again.

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-25 22:50:00

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

SQLITE = (
    """
    CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
    """,
    """
    CREATE TRIGGER audit_stands BEFORE UPDATE ON audit
    WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.act IS NOT OLD.act
      OR (NEW.actor_id IS NOT NULL AND NEW.actor_id IS NOT OLD.actor_id)
      OR (NEW.about_id IS NOT NULL AND NEW.about_id IS NOT OLD.about_id)
      OR (NEW.detail IS NOT OLD.detail AND NEW.detail IS NOT '{}')
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION audit_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.act = OLD.act
        AND (NEW.actor_id IS NULL OR NEW.actor_id = OLD.actor_id)
        AND (NEW.about_id IS NULL OR NEW.about_id = OLD.about_id)
        AND NEW.detail::text IN ('{}', OLD.detail::text)
      THEN RETURN NEW; END IF;
      RAISE EXCEPTION 'the audit log is append-only';
    END $$
    """,
    """
    CREATE TRIGGER audit_stands BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_stands()
    """,
)


def upgrade():
    for statement in SQLITE if op.get_bind().dialect.name == 'sqlite' else POSTGRESQL:
        op.execute(statement)


def downgrade():
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TRIGGER audit_is_kept')
        op.execute('DROP TRIGGER audit_stands')
    else:
        op.execute('DROP TRIGGER audit_stands ON audit')
        op.execute('DROP FUNCTION audit_stands()')
