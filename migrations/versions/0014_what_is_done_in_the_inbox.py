"""What is done in the inbox: steps to take back, what was put off, learned rules, texts as they were confirmed

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learned_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("expectation_id", sa.Integer(), nullable=True),
        sa.Column("platform", sa.String(length=24), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("acts", sa.Boolean(), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_learned_rule_account_id_account"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["expectation_id"], ["expectation.id"], name=op.f("fk_learned_rule_expectation_id_expectation"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_learned_rule_person_id_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_rule")),
    )
    with op.batch_alter_table("learned_rule") as table:
        table.create_index(op.f("ix_learned_rule_person_id_acts"), ["person_id", "acts"], unique=False)
        table.create_index(op.f("ix_learned_rule_account_id"), ["account_id"], unique=False)
    op.create_table(
        "snooze",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_snooze_activity_id_activity"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_snooze_person_id_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "activity_id", name=op.f("pk_snooze")),
    )
    with op.batch_alter_table("snooze") as table:
        table.create_index(op.f("ix_snooze_activity_id"), ["activity_id"], unique=False)
    op.create_table(
        "confirmed_text",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_confirmed_text_activity_id_activity"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_confirmed_text_person_id_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("activity_id", "person_id", "content_hash", name=op.f("pk_confirmed_text")),
    )
    with op.batch_alter_table("confirmed_text") as table:
        table.create_index(op.f("ix_confirmed_text_person_id"), ["person_id"], unique=False)
    op.create_table(
        "act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=24), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_act_person_id_person"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["rule_id"], ["learned_rule.id"], name=op.f("fk_act_rule_id_learned_rule"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
    )
    with op.batch_alter_table("act") as table:
        table.create_index(op.f("ix_act_person_id_at"), ["person_id", "at"], unique=False)
        table.create_index(op.f("ix_act_rule_id"), ["rule_id"], unique=False)
    op.create_table(
        "act_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("verdict_id", sa.Integer(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_act_item_act_id_act"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_act_item_activity_id_activity"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["verdict_id"], ["verdict.id"], name=op.f("fk_act_item_verdict_id_verdict"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_item")),
    )
    with op.batch_alter_table("act_item") as table:
        table.create_index(op.f("ix_act_item_act_id"), ["act_id"], unique=False)
        table.create_index(op.f("ix_act_item_activity_id"), ["activity_id"], unique=False)
        table.create_index(op.f("ix_act_item_verdict_id"), ["verdict_id"], unique=False)
    # Not in batch: on SQLite that would write the whole table anew, and it is the largest there is.
    op.add_column("evidence", sa.Column("hidden_by", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("evidence") as table:
        table.drop_column("hidden_by")
    op.drop_table("act_item")
    op.drop_table("act")
    op.drop_table("confirmed_text")
    op.drop_table("snooze")
    op.drop_table("learned_rule")
