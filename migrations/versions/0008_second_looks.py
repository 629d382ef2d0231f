"""second looks

Revision ID: 0008
Revises: 0007

"""
from alembic import op
import sqlalchemy as sa


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

KEPT = sa.text('looked_at IS NOT NULL AND dropped_at IS NULL AND deleted_at IS NULL')


def upgrade():
    op.create_table('look_state',
    sa.Column('platform', sa.String(length=24), nullable=False),
    sa.Column('held_until', sa.DateTime(), nullable=True),
    sa.Column('message', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('platform', name=op.f('pk_look_state'))
    )
    op.create_table('look_record',
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('platform', sa.String(length=24), nullable=False),
    sa.Column('requests', sa.Integer(), nullable=False),
    sa.Column('bytes', sa.BigInteger(), nullable=False),
    sa.Column('cost_usd', sa.Float(), nullable=False),
    sa.Column('asked', sa.Integer(), nullable=False),
    sa.Column('seen', sa.Integer(), nullable=False),
    sa.Column('changed', sa.Integer(), nullable=False),
    sa.Column('deleted', sa.Integer(), nullable=False),
    sa.Column('dropped', sa.Integer(), nullable=False),
    sa.Column('message', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_look_record_run_id_run'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('run_id', 'platform', name=op.f('pk_look_record'))
    )
    with op.batch_alter_table('activity', schema=None) as batch_op:
        batch_op.add_column(sa.Column('looked_at', sa.DateTime(), nullable=True))
        batch_op.create_index('ix_activity_kept', ['platform', 'looked_at'], unique=False, sqlite_where=KEPT, postgresql_where=KEPT)


def downgrade():
    with op.batch_alter_table('activity', schema=None) as batch_op:
        batch_op.drop_index('ix_activity_kept', sqlite_where=KEPT, postgresql_where=KEPT)
        batch_op.drop_column('looked_at')
    op.drop_table('look_record')
    op.drop_table('look_state')
