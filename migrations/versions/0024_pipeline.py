"""The pipeline: talks for the company's library and their variants, who says yes to a proposal

Revision ID: 0024
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("talk_variant",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("talk_id", sa.Integer(), nullable=False),
    sa.Column("title", sa.Text(), nullable=False),
    sa.Column("abstract", sa.Text(), nullable=False),
    sa.Column("language", sa.String(length=80), nullable=False),
    sa.Column("level", sa.String(length=24), nullable=True),
    sa.Column("minutes", sa.Integer(), nullable=True),
    sa.Column("created_at", sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name=op.f("fk_talk_variant_talk_id_talk"), ondelete="CASCADE"),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_variant"))
    )
    op.create_index("ix_talk_variant_talk_id", "talk_variant", ["talk_id"], unique=False)

    op.create_table("approval",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("proposal_id", sa.Integer(), nullable=False),
    sa.Column("kind", sa.String(length=24), nullable=False),
    sa.Column("asked_id", sa.Integer(), nullable=True),
    sa.Column("by_id", sa.Integer(), nullable=True),
    sa.Column("said", sa.String(length=24), nullable=False),
    sa.Column("title", sa.Text(), nullable=False),
    sa.Column("text", sa.String(length=64), nullable=False),
    sa.Column("note", sa.Text(), nullable=False),
    sa.Column("at", sa.DateTime(), nullable=False),
    sa.Column("taken_back_at", sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(["asked_id"], ["person.id"], name=op.f("fk_approval_asked_id_person"), ondelete="SET NULL"),
    sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_approval_by_id_person"), ondelete="SET NULL"),
    sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_approval_proposal_id_proposal"), ondelete="CASCADE"),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_approval"))
    )
    op.create_index("ix_approval_asked_id_said", "approval", ["asked_id", "said"], unique=False)
    op.create_index("ix_approval_by_id_said", "approval", ["by_id", "said"], unique=False)
    op.create_index("ix_approval_proposal_id", "approval", ["proposal_id"], unique=False)

    op.create_index("ix_proposal_visibility_day_id", "proposal", ["visibility", "day", "id"], unique=False)

    op.add_column("talk", sa.Column("language", sa.String(length=80), server_default="", nullable=False))
    op.add_column("talk", sa.Column("level", sa.String(length=24), nullable=True))
    op.add_column("talk", sa.Column("minutes", sa.Integer(), nullable=True))
    op.add_column("talk", sa.Column("form", sa.String(length=24), server_default="", nullable=False))
    op.add_column("talk", sa.Column("visibility", sa.String(length=24), server_default="private", nullable=False))
    op.create_index("ix_talk_visibility_id", "talk", ["visibility", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_talk_visibility_id", table_name="talk")
    with op.batch_alter_table("talk") as table:
        table.drop_column("visibility")
        table.drop_column("form")
        table.drop_column("minutes")
        table.drop_column("level")
        table.drop_column("language")

    op.drop_index("ix_proposal_visibility_day_id", table_name="proposal")
    op.drop_table("approval")
    op.drop_table("talk_variant")
