"""People say what of theirs is not to be promoted: an item, or everything

Revision ID: 0026
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("activity_person", sa.Column("quiet", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("person", sa.Column("quiet", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("person") as table:
        table.drop_column("quiet")
    with op.batch_alter_table("activity_person") as table:
        table.drop_column("quiet")
