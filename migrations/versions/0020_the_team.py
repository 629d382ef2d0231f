"""The team: seats, times and what a class serves, required trainings, drafts, talks between two, letters unwanted

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("conversation",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("person_id", sa.Integer(), nullable=False),
    sa.Column("lead_id", sa.Integer(), nullable=False),
    sa.Column("day", sa.Date(), nullable=False),
    sa.Column("at", sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(["lead_id"], ["person.id"], name=op.f("fk_conversation_lead_id_person"), ondelete="CASCADE"),
    sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_conversation_person_id_person"), ondelete="CASCADE"),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation"))
    )
    with op.batch_alter_table("conversation") as table:
        table.create_index(table.f("ix_conversation_lead_id"), ["lead_id"], unique=False)
        table.create_index(table.f("ix_conversation_person_id_lead_id_day"), ["person_id", "lead_id", "day"], unique=False)

    op.create_table("draft",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("author_id", sa.Integer(), nullable=False),
    sa.Column("reviewer_id", sa.Integer(), nullable=True),
    sa.Column("title", sa.Text(), nullable=False),
    sa.Column("url", sa.Text(), nullable=False),
    sa.Column("state", sa.String(length=24), nullable=False),
    sa.Column("created_at", sa.DateTime(), nullable=False),
    sa.Column("touched_at", sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_draft_author_id_person"), ondelete="CASCADE"),
    sa.ForeignKeyConstraint(["reviewer_id"], ["person.id"], name=op.f("fk_draft_reviewer_id_person"), ondelete="SET NULL"),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_draft"))
    )
    with op.batch_alter_table("draft") as table:
        table.create_index(table.f("ix_draft_author_id_state"), ["author_id", "state"], unique=False)
        table.create_index(table.f("ix_draft_reviewer_id_state"), ["reviewer_id", "state"], unique=False)

    op.create_table("letter_stop",
    sa.Column("person_id", sa.Integer(), nullable=False),
    sa.Column("kind", sa.String(length=24), nullable=False),
    sa.Column("at", sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_letter_stop_person_id_person"), ondelete="CASCADE"),
    sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_letter_stop"))
    )
    op.create_table("draft_step",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("draft_id", sa.Integer(), nullable=False),
    sa.Column("state", sa.String(length=24), nullable=False),
    sa.Column("note", sa.Text(), nullable=False),
    sa.Column("by_id", sa.Integer(), nullable=True),
    sa.Column("at", sa.DateTime(), nullable=False),
    sa.Column("taken_back_at", sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_draft_step_by_id_person"), ondelete="SET NULL"),
    sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_step_draft_id_draft"), ondelete="CASCADE"),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_step"))
    )
    with op.batch_alter_table("draft_step") as table:
        table.create_index(table.f("ix_draft_step_draft_id"), ["draft_id"], unique=False)

    op.create_table("required_training",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("training_id", sa.Integer(), nullable=False),
    sa.Column("team_id", sa.Integer(), nullable=False),
    sa.Column("due", sa.Date(), nullable=False),
    sa.Column("months", sa.Integer(), nullable=True),
    sa.Column("why", sa.Text(), nullable=False),
    sa.Column("by_id", sa.Integer(), nullable=True),
    sa.Column("created_at", sa.DateTime(), nullable=False),
    sa.Column("ended_at", sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_required_training_by_id_person"), ondelete="SET NULL"),
    sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_required_training_team_id_team"), ondelete="CASCADE"),
    sa.ForeignKeyConstraint(["training_id"], ["training.id"], name=op.f("fk_required_training_training_id_training"), ondelete="CASCADE"),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_required_training"))
    )
    with op.batch_alter_table("required_training") as table:
        table.create_index(table.f("ix_required_training_by_id"), ["by_id"], unique=False)
        table.create_index(table.f("ix_required_training_team_id_ended_at"), ["team_id", "ended_at"], unique=False)
        table.create_index(table.f("ix_required_training_training_id"), ["training_id"], unique=False)

    public = sa.text("verdict = 'confirmed' AND visibility = 'public'")
    op.create_index(
        "ix_evidence_public",
        "evidence",
        ["generation_id", "day", "id"],
        unique=False,
        sqlite_where=public,
        postgresql_where=public,
    )
    with op.batch_alter_table("letter") as table:
        table.add_column(sa.Column("calendar", sa.Text(), server_default="", nullable=False))
        table.create_index(table.f("ix_letter_kind_key"), ["kind", "key"], unique=False)

    with op.batch_alter_table("survey_done") as table:
        table.add_column(sa.Column("read_in_by", sa.Integer(), nullable=True))
        table.create_index(table.f("ix_survey_done_read_in_by"), ["read_in_by"], unique=False)
        table.create_foreign_key(table.f("fk_survey_done_read_in_by_person"), "person", ["read_in_by"], ["id"], ondelete="SET NULL")

    with op.batch_alter_table("training_class") as table:
        table.add_column(sa.Column("begins_at", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("zone", sa.Text(), server_default="", nullable=False))
        table.add_column(sa.Column("capacity", sa.Integer(), nullable=True))
        table.add_column(sa.Column("objectives", sa.Text(), server_default="", nullable=False))
        table.add_column(sa.Column("serves", sa.JSON(), server_default="[]", nullable=False))
        table.add_column(sa.Column("topics", sa.JSON(), server_default="[]", nullable=False))
        table.add_column(sa.Column("recording", sa.Text(), server_default="", nullable=False))
        table.add_column(sa.Column("sequence", sa.Integer(), server_default="0", nullable=False))
        table.add_column(sa.Column("series", sa.Integer(), nullable=True))
        table.add_column(sa.Column("origin_uid", sa.Text(), nullable=True))
        table.add_column(sa.Column("check_in", sa.Text(), server_default="", nullable=False))
        table.add_column(sa.Column("check_in_until", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("feedback_told_at", sa.DateTime(), nullable=True))
        table.create_index(table.f("ix_training_class_series"), ["series"], unique=False)
        table.create_unique_constraint(table.f("uq_training_class_origin_uid"), ["origin_uid"])

    with op.batch_alter_table("attendance") as table:
        table.add_column(sa.Column("how", sa.String(length=24), server_default="page", nullable=False))

    with op.batch_alter_table("class_trainer") as table:
        table.add_column(sa.Column("no_at", sa.DateTime(), nullable=True))

    with op.batch_alter_table("training_request") as table:
        table.add_column(sa.Column("external", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.add_column(sa.Column("offer", sa.Text(), server_default="", nullable=False))
        table.add_column(sa.Column("cost", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_index("ix_evidence_public", table_name="evidence")
    with op.batch_alter_table("attendance") as table:
        table.drop_column("how")

    with op.batch_alter_table("class_trainer") as table:
        table.drop_column("no_at")

    with op.batch_alter_table("training_request") as table:
        table.drop_column("cost")
        table.drop_column("offer")
        table.drop_column("external")

    with op.batch_alter_table("training_class") as table:
        table.drop_constraint(table.f("uq_training_class_origin_uid"), type_="unique")
        table.drop_index(table.f("ix_training_class_series"))
        table.drop_column("feedback_told_at")
        table.drop_column("check_in_until")
        table.drop_column("check_in")
        table.drop_column("origin_uid")
        table.drop_column("series")
        table.drop_column("sequence")
        table.drop_column("recording")
        table.drop_column("topics")
        table.drop_column("serves")
        table.drop_column("objectives")
        table.drop_column("capacity")
        table.drop_column("zone")
        table.drop_column("begins_at")

    with op.batch_alter_table("survey_done") as table:
        table.drop_constraint(table.f("fk_survey_done_read_in_by_person"), type_="foreignkey")
        table.drop_index(table.f("ix_survey_done_read_in_by"))
        table.drop_column("read_in_by")

    with op.batch_alter_table("letter") as table:
        table.drop_index(table.f("ix_letter_kind_key"))
        table.drop_column("calendar")

    op.drop_table("required_training")
    op.drop_table("draft_step")
    op.drop_table("letter_stop")
    op.drop_table("draft")
    op.drop_table("conversation")
