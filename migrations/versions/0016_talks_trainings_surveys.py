"""Talks, trainings and surveys: what is planned, what became of it, who was there

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("cfp_closes", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_event_owner_id_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event") as table:
        table.create_index(op.f("ix_event_cfp_closes"), ["cfp_closes"], unique=False)
        table.create_index(op.f("ix_event_owner_id_key"), ["owner_id", "key"], unique=False)

    op.create_table(
        "survey_campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("opens", sa.Date(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("addressed", sa.String(length=24), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_survey_campaign_by_id_person"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_survey_campaign_team_id_team"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_campaign")),
    )
    with op.batch_alter_table("survey_campaign") as table:
        table.create_index(op.f("ix_survey_campaign_by_id"), ["by_id"], unique=False)
        table.create_index(op.f("ix_survey_campaign_deadline_id"), ["deadline", "id"], unique=False)

    op.create_table(
        "talk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("slides", sa.Text(), nullable=False),
        sa.Column("recording", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_talk_owner_id_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk")),
    )
    with op.batch_alter_table("talk") as table:
        table.create_index(op.f("ix_talk_owner_id_id"), ["owner_id", "id"], unique=False)

    op.create_table(
        "training",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_training_by_id_person"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training")),
        sa.UniqueConstraint("key", name=op.f("uq_training_key")),
    )
    with op.batch_alter_table("training") as table:
        table.create_index(op.f("ix_training_by_id"), ["by_id"], unique=False)

    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("talk_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("slides", sa.Text(), nullable=False),
        sa.Column("recording", sa.Text(), nullable=False),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_proposal_event_id_event"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_proposal_owner_id_person"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name=op.f("fk_proposal_talk_id_talk"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    with op.batch_alter_table("proposal") as table:
        table.create_index(op.f("ix_proposal_event_id"), ["event_id"], unique=False)
        table.create_index(op.f("ix_proposal_owner_id_day_id"), ["owner_id", "day", "id"], unique=False)
        table.create_index(op.f("ix_proposal_talk_id"), ["talk_id"], unique=False)

    op.create_table(
        "survey_done",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["survey_campaign.id"], name=op.f("fk_survey_done_campaign_id_survey_campaign"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_survey_done_person_id_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("campaign_id", "person_id", name=op.f("pk_survey_done")),
    )
    with op.batch_alter_table("survey_done") as table:
        table.create_index(op.f("ix_survey_done_person_id"), ["person_id"], unique=False)

    op.create_table(
        "survey_person",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["survey_campaign.id"], name=op.f("fk_survey_person_campaign_id_survey_campaign"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_survey_person_person_id_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("campaign_id", "person_id", name=op.f("pk_survey_person")),
    )
    with op.batch_alter_table("survey_person") as table:
        table.create_index(op.f("ix_survey_person_person_id"), ["person_id"], unique=False)

    op.create_table(
        "talk_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("talk_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name=op.f("fk_talk_version_talk_id_talk"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_version")),
    )
    with op.batch_alter_table("talk_version") as table:
        table.create_index(op.f("ix_talk_version_talk_id"), ["talk_id"], unique=False)

    op.create_table(
        "training_class",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("noted", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("materials", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("external", sa.Boolean(), nullable=False),
        sa.Column("with_support", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_training_class_by_id_person"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["training_id"], ["training.id"], name=op.f("fk_training_class_training_id_training"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_class")),
    )
    with op.batch_alter_table("training_class") as table:
        table.create_index(op.f("ix_training_class_by_id_day"), ["by_id", "day"], unique=False)
        table.create_index(op.f("ix_training_class_state_day_id"), ["state", "day", "id"], unique=False)
        table.create_index(op.f("ix_training_class_training_id"), ["training_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("presence", sa.String(length=24), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_attendance_by_id_person"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["class_id"], ["training_class.id"], name=op.f("fk_attendance_class_id_training_class"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    with op.batch_alter_table("attendance") as table:
        table.create_index(op.f("ix_attendance_class_id_person_id"), ["class_id", "person_id"], unique=False)
        table.create_index(op.f("ix_attendance_person_id_at"), ["person_id", "at"], unique=False)

    op.create_table(
        "audience_number",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("counted", sa.String(length=24), nullable=False),
        sa.Column("teller", sa.String(length=24), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_audience_number_proposal_id_proposal"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("proposal_id", "counted", "teller", name=op.f("pk_audience_number")),
    )
    op.create_table(
        "class_answer",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("useful", sa.Integer(), nullable=False),
        sa.Column("will_use", sa.Text(), nullable=False),
        sa.Column("to_change", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["training_class.id"], name=op.f("fk_class_answer_class_id_training_class"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_class_answer_person_id_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("class_id", "person_id", name=op.f("pk_class_answer")),
    )
    with op.batch_alter_table("class_answer") as table:
        table.create_index(op.f("ix_class_answer_person_id"), ["person_id"], unique=False)

    op.create_table(
        "class_feedback",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("best", sa.Integer(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_class_feedback_by_id_person"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["class_id"], ["training_class.id"], name=op.f("fk_class_feedback_class_id_training_class"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("class_id", name=op.f("pk_class_feedback")),
    )
    op.create_table(
        "class_trainer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["training_class.id"], name=op.f("fk_class_trainer_class_id_training_class"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_class_trainer_offer_id_offer"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_class_trainer_person_id_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_trainer")),
        sa.UniqueConstraint("class_id", "person_id", name=op.f("uq_class_trainer_class_id_person_id")),
    )
    with op.batch_alter_table("class_trainer") as table:
        table.create_index(op.f("ix_class_trainer_offer_id"), ["offer_id"], unique=False)
        table.create_index(op.f("ix_class_trainer_person_id"), ["person_id"], unique=False)

    op.create_table(
        "proposal_speaker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_proposal_speaker_offer_id_offer"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_proposal_speaker_person_id_person"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_speaker_proposal_id_proposal"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_speaker")),
        sa.UniqueConstraint("proposal_id", "person_id", name=op.f("uq_proposal_speaker_proposal_id_person_id")),
    )
    with op.batch_alter_table("proposal_speaker") as table:
        table.create_index(op.f("ix_proposal_speaker_offer_id"), ["offer_id"], unique=False)
        table.create_index(op.f("ix_proposal_speaker_person_id"), ["person_id"], unique=False)

    op.create_table(
        "proposal_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_proposal_step_by_id_person"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_step_proposal_id_proposal"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_step")),
    )
    with op.batch_alter_table("proposal_step") as table:
        table.create_index(op.f("ix_proposal_step_proposal_id"), ["proposal_id"], unique=False)

    op.create_table(
        "training_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("origin", sa.String(length=24), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("touched_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_training_request_by_id_person"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["class_id"], ["training_class.id"], name=op.f("fk_training_request_class_id_training_class"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["merged_into_id"], ["training_request.id"], name=op.f("fk_training_request_merged_into_id_training_request"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_request")),
    )
    with op.batch_alter_table("training_request") as table:
        table.create_index(op.f("ix_training_request_by_id"), ["by_id"], unique=False)
        table.create_index(op.f("ix_training_request_class_id"), ["class_id"], unique=False)
        table.create_index(op.f("ix_training_request_state_id"), ["state", "id"], unique=False)

    op.create_table(
        "request_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_request_step_by_id_person"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["request_id"], ["training_request.id"], name=op.f("fk_request_step_request_id_training_request"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_step")),
    )
    with op.batch_alter_table("request_step") as table:
        table.create_index(op.f("ix_request_step_request_id"), ["request_id"], unique=False)

    op.create_table(
        "request_vote",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_request_vote_person_id_person"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["request_id"], ["training_request.id"], name=op.f("fk_request_vote_request_id_training_request"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("request_id", "person_id", name=op.f("pk_request_vote")),
    )
    with op.batch_alter_table("request_vote") as table:
        table.create_index(op.f("ix_request_vote_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("request_vote")
    op.drop_table("request_step")
    op.drop_table("training_request")
    op.drop_table("proposal_step")
    op.drop_table("proposal_speaker")
    op.drop_table("class_trainer")
    op.drop_table("class_feedback")
    op.drop_table("class_answer")
    op.drop_table("audience_number")
    op.drop_table("attendance")
    op.drop_table("training_class")
    op.drop_table("talk_version")
    op.drop_table("survey_person")
    op.drop_table("survey_done")
    op.drop_table("proposal")
    op.drop_table("training")
    op.drop_table("talk")
    op.drop_table("survey_campaign")
    op.drop_table("event")
