"""Asking a person to speak at an event, and what became of it

Revision ID: 0025
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("speaking_request",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("person_id", sa.Integer(), nullable=False),
    sa.Column("by_id", sa.Integer(), nullable=True),
    sa.Column("asked_as", sa.String(length=24), nullable=False),
    sa.Column("event_id", sa.Integer(), nullable=False),
    sa.Column("topic", sa.Text(), nullable=False),
    sa.Column("format", sa.Text(), nullable=False),
    sa.Column("note", sa.Text(), nullable=False),
    sa.Column("state", sa.String(length=24), nullable=False),
    sa.Column("until", sa.Date(), nullable=True),
    sa.Column("proposal_id", sa.Integer(), nullable=True),
    sa.Column("day", sa.Date(), nullable=False),
    sa.Column("created_at", sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_speaking_request_by_id_person"), ondelete="SET NULL"),
    sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_speaking_request_event_id_event"), ondelete="CASCADE"),
    sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_speaking_request_person_id_person"), ondelete="CASCADE"),
    sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_speaking_request_proposal_id_proposal"), ondelete="SET NULL"),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_speaking_request"))
    )
    standing = sa.text("state <> 'withdrawn'")
    with op.batch_alter_table("speaking_request") as table:
        table.create_index(table.f("ix_speaking_request_by_id"), ["by_id"], unique=False)
        table.create_index(table.f("ix_speaking_request_event_id"), ["event_id"], unique=False)
        table.create_index(table.f("ix_speaking_request_person_id_id"), ["person_id", "id"], unique=False)
        table.create_index(table.f("ix_speaking_request_proposal_id"), ["proposal_id"], unique=False)
        table.create_index("uq_speaking_request_standing", ["person_id", "event_id"], unique=True, sqlite_where=standing, postgresql_where=standing)

    op.create_table("speaking_request_step",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("request_id", sa.Integer(), nullable=False),
    sa.Column("state", sa.String(length=24), nullable=False),
    sa.Column("until", sa.Date(), nullable=True),
    sa.Column("note", sa.Text(), nullable=False),
    sa.Column("by_id", sa.Integer(), nullable=True),
    sa.Column("at", sa.DateTime(), nullable=False),
    sa.Column("taken_back_at", sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_speaking_request_step_by_id_person"), ondelete="SET NULL"),
    sa.ForeignKeyConstraint(["request_id"], ["speaking_request.id"], name=op.f("fk_speaking_request_step_request_id_speaking_request"), ondelete="CASCADE"),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_speaking_request_step"))
    )
    with op.batch_alter_table("speaking_request_step") as table:
        table.create_index(table.f("ix_speaking_request_step_request_id"), ["request_id"], unique=False)


def downgrade() -> None:
    op.drop_table("speaking_request_step")
    op.drop_table("speaking_request")
