"""Who sees what: rules of release and steps to take back, profiles, and whether the rules judge a person's things

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "release_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("to", sa.String(length=24), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("platforms", sa.JSON(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=200), nullable=False),
        sa.Column("backwards", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_release_rule_account_id_account"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_release_rule_person_id_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_rule")),
    )
    op.create_index(op.f("ix_release_rule_person_id"), "release_rule", ["person_id"])
    op.create_index(op.f("ix_release_rule_account_id"), "release_rule", ["account_id"])
    op.create_table(
        "release_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_release_step_person_id_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_step")),
    )
    op.create_index(op.f("ix_release_step_person_id"), "release_step", ["person_id"])
    op.create_table(
        "profile",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("seen_by", sa.JSON(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_profile_person_id_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_profile")),
    )
    with op.batch_alter_table("activity_person") as table:
        table.add_column(sa.Column("said_at", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("release_rule_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_activity_person_release_rule_id_release_rule"),
            "release_rule",
            ["release_rule_id"],
            ["id"],
            ondelete="SET NULL",
        )
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("judging", sa.String(length=24), nullable=False, server_default="automatic"))


def downgrade() -> None:
    with op.batch_alter_table("person") as table:
        table.drop_column("judging")
    with op.batch_alter_table("activity_person") as table:
        table.drop_constraint(op.f("fk_activity_person_release_rule_id_release_rule"), type_="foreignkey")
        table.drop_column("release_rule_id")
        table.drop_column("said_at")
    op.drop_table("profile")
    op.drop_table("release_step")
    op.drop_table("release_rule")
