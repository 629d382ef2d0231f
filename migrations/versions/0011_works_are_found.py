"""works are found

Revision ID: 0011
Revises: 0010
Create Date: 2026-11-26 07:40:00

The table of links was never filled before; on SQLite its key is the table itself now. What is stored is folded by the
next derivation of all evidence, which the changed fingerprint asks for.
"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def _links(**more):
    op.create_table('activity_link',
    sa.Column('link_hash', sa.LargeBinary(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('own', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_activity_link_activity_id_activity'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('link_hash', 'activity_id', 'own', name=op.f('pk_activity_link')),
    **more
    )
    op.create_index(op.f('ix_activity_link_activity_id'), 'activity_link', ['activity_id'], unique=False)


def upgrade():
    op.drop_table('activity_link')
    _links(sqlite_with_rowid=False)
    op.execute("UPDATE generation SET fingerprint = 'before works were known' WHERE retired_at IS NULL")


def downgrade():
    op.drop_table('activity_link')
    _links()
