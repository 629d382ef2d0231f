"""batches of a platform

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-26 07:30:00

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('platform_state', schema=None) as batch_op:
        batch_op.add_column(sa.Column('probe_at', sa.DateTime(), nullable=True))

    with op.batch_alter_table('subscription', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_subscription_host_next_due_id'), ['host', 'next_due', 'id'], unique=False)

    # Handles had no host: their platform's trouble was nobody's.
    for platform, host in (('x', 'api.x.com'), ('reddit', 'oauth.reddit.com')):
        known = sa.text("UPDATE subscription SET host = :host WHERE platform = :platform AND host = ''")
        op.execute(known.bindparams(host=host, platform=platform))


def downgrade():
    with op.batch_alter_table('subscription', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_subscription_host_next_due_id'))

    with op.batch_alter_table('platform_state', schema=None) as batch_op:
        batch_op.drop_column('probe_at')
