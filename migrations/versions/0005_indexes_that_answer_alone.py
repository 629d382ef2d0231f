"""Indexes that answer alone: a person's days, and how the readings of an address went

Revision ID: 0005
Revises: 0004
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_activity_person_timeline", "activity_person", ["person_id", "at", "activity_id", "day"])
    op.drop_index("ix_activity_person_person_id_at_activity_id", "activity_person")
    op.create_index("ix_pull_strip", "pull", ["subscription_id", "started_at", "outcome"])
    op.drop_index("ix_pull_subscription_id_started_at", "pull")


def downgrade() -> None:
    op.create_index("ix_activity_person_person_id_at_activity_id", "activity_person", ["person_id", "at", "activity_id"])
    op.drop_index("ix_activity_person_timeline", "activity_person")
    op.create_index("ix_pull_subscription_id_started_at", "pull", ["subscription_id", "started_at"])
    op.drop_index("ix_pull_strip", "pull")
