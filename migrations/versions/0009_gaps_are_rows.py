"""gaps are rows

Revision ID: 0009
Revises: 0008
Create Date: 2026-11-26 07:45:00

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    # Until now a gap began coverage anew, and only its end was remembered.
    op.execute("UPDATE subscription SET complete_why = 'older items slipped out between two visits' "
               "WHERE gap_at IS NOT NULL AND complete_why = ''")
    with op.batch_alter_table('subscription', schema=None) as batch_op:
        batch_op.drop_column('gap_at')


def downgrade():
    with op.batch_alter_table('subscription', schema=None) as batch_op:
        batch_op.add_column(sa.Column('gap_at', sa.DateTime(), nullable=True))
