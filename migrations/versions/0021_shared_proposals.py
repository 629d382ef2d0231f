"""A proposal is its owner's alone until they let others follow it

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("proposal", sa.Column("visibility", sa.String(length=24), server_default="private", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("proposal") as table:
        table.drop_column("visibility")
