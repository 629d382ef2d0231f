"""Who brought an item first: what a batch brought goes with it, what it only met stays

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("import_item") as table:
        table.add_column(sa.Column("brought", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    with op.batch_alter_table("import_item") as table:
        table.drop_column("brought")
