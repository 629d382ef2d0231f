"""Events as a shared calendar: what files tell of them, who watches them, what was read in

Revision ID: 0023
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

NEW = (
    *("cfp_url", "country", "online", "languages", "topics", "about"),
    *("ref", "said", "off_at"),
)


def upgrade() -> None:
    for name in ("cfp_url", "country", "about"):
        op.add_column("event", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column("event", sa.Column("online", sa.Boolean(), server_default=sa.false(), nullable=False))
    for name in ("languages", "topics", "said"):
        op.add_column("event", sa.Column(name, sa.JSON(), server_default="[]", nullable=False))
    op.add_column("event", sa.Column("ref", sa.String(length=200), nullable=True))
    op.add_column("event", sa.Column("off_at", sa.DateTime(), nullable=True))
    op.create_index("ix_event_ref", "event", ["ref"], unique=True)
    op.create_table(
        "event_watch",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_watch_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_event_watch_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "event_id", name=op.f("pk_event_watch")),
    )
    op.create_index(op.f("ix_event_watch_event_id"), "event_watch", ["event_id"], unique=False)
    op.create_table(
        "event_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("did", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_event_import_by_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_import")),
    )
    op.create_index(op.f("ix_event_import_by_id"), "event_import", ["by_id"], unique=False)


def downgrade() -> None:
    op.drop_table("event_import")
    op.drop_table("event_watch")
    op.drop_index("ix_event_ref", table_name="event")
    with op.batch_alter_table("event") as table:
        for name in NEW:
            table.drop_column(name)
