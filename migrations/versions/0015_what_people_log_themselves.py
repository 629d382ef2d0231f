"""What people log themselves, by the fields that they filled in

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "log_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("expectation_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("day_said", sa.Boolean(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("link_hash", sa.LargeBinary(), nullable=True),
        sa.Column("row_hash", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("gone_at", sa.DateTime(), nullable=True),
        sa.Column("held", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_log_entry_activity_id_activity"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["expectation_id"], ["expectation.id"], name=op.f("fk_log_entry_expectation_id_expectation"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_log_entry_person_id_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_entry")),
    )
    with op.batch_alter_table("log_entry") as table:
        table.create_index(op.f("ix_log_entry_person_id_day_id"), ["person_id", "day", "id"], unique=False)
        table.create_index(op.f("ix_log_entry_person_id_link_hash"), ["person_id", "link_hash"], unique=False)
        table.create_index(op.f("ix_log_entry_activity_id"), ["activity_id"], unique=False)
        table.create_index(op.f("ix_log_entry_gone_at"), ["gone_at"], unique=False)


def downgrade() -> None:
    op.drop_table("log_entry")
