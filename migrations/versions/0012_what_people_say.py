"""What people say: as what a word counts, what is theirs by their own word, what others offer them

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("part", sa.String(length=24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_offer_activity_id_activity"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_offer_by_id_person"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_offer_to_id_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("activity_id", "to_id", name=op.f("uq_offer_activity_id_to_id")),
    )
    with op.batch_alter_table("offer") as table:
        table.create_index(op.f("ix_offer_to_id_answered_at"), ["to_id", "answered_at"], unique=False)
    with op.batch_alter_table("activity_person") as table:
        table.add_column(sa.Column("by_hand", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("cycle_start", sa.Date(), nullable=True))
    with op.batch_alter_table("verdict") as table:
        table.add_column(sa.Column("facet", sa.String(length=80), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("verdict") as table:
        table.drop_column("facet")
    with op.batch_alter_table("person") as table:
        table.drop_column("cycle_start")
    with op.batch_alter_table("activity_person") as table:
        table.drop_column("by_hand")
    op.drop_table("offer")
