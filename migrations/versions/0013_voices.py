"""Voices beside each other, links and witnesses for what rests on a word, the three best pinned

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('artefact',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_artefact_activity_id_activity'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_artefact_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_artefact'))
    )
    with op.batch_alter_table('artefact') as table:
        table.create_index(op.f('ix_artefact_activity_id'), ['activity_id'], unique=False)
        table.create_index(op.f('ix_artefact_person_id_activity_id'), ['person_id', 'activity_id'], unique=False)

    op.create_table('witness',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('witness_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('saw', sa.Boolean(), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_witness_activity_id_activity'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_witness_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['witness_id'], ['person.id'], name=op.f('fk_witness_witness_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_witness')),
    sa.UniqueConstraint('activity_id', 'person_id', 'witness_id', name=op.f('uq_witness_activity_id_person_id_witness_id'))
    )
    with op.batch_alter_table('witness') as table:
        table.create_index(op.f('ix_witness_person_id'), ['person_id'], unique=False)
        table.create_index(op.f('ix_witness_witness_id_answered_at'), ['witness_id', 'answered_at'], unique=False)

    op.create_table('pin',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('expectation_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_pin_activity_id_activity'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['expectation_id'], ['expectation.id'], name=op.f('fk_pin_expectation_id_expectation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_pin_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'expectation_id', 'activity_id', name=op.f('pk_pin'))
    )
    with op.batch_alter_table('pin') as table:
        table.create_index(op.f('ix_pin_activity_id'), ['activity_id'], unique=False)

    op.create_table('voice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('expectation_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('as_lead', sa.Boolean(), nullable=False),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('last', sa.Date(), nullable=False),
    sa.Column('claim', sa.String(length=24), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('shown', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_voice_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['expectation_id'], ['expectation.id'], name=op.f('fk_voice_expectation_id_expectation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_voice_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_voice'))
    )
    with op.batch_alter_table('voice') as table:
        table.create_index(op.f('ix_voice_person_id_expectation_id_at'), ['person_id', 'expectation_id', 'at'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('voice') as table:
        table.drop_index(op.f('ix_voice_person_id_expectation_id_at'))

    op.drop_table('voice')
    with op.batch_alter_table('pin') as table:
        table.drop_index(op.f('ix_pin_activity_id'))

    op.drop_table('pin')
    with op.batch_alter_table('witness') as table:
        table.drop_index(op.f('ix_witness_witness_id_answered_at'))
        table.drop_index(op.f('ix_witness_person_id'))

    op.drop_table('witness')
    with op.batch_alter_table('artefact') as table:
        table.drop_index(op.f('ix_artefact_person_id_activity_id'))
        table.drop_index(op.f('ix_artefact_activity_id'))

    op.drop_table('artefact')
