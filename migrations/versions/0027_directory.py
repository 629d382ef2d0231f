"""The speakers directory: what was approved of a profile, portraits, files handed in about somebody

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("portrait",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("person_id", sa.Integer(), nullable=False),
    sa.Column("large", sa.LargeBinary(), nullable=False),
    sa.Column("small", sa.LargeBinary(), nullable=False),
    sa.Column("alt", sa.Text(), nullable=False),
    sa.Column("credit", sa.Text(), nullable=False),
    sa.Column("stands", sa.Boolean(), nullable=False),
    sa.Column("at", sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_portrait_person_id_person"), ondelete="CASCADE"),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_portrait"))
    )
    with op.batch_alter_table("portrait") as table:
        table.create_index(table.f("ix_portrait_person_id"), ["person_id"], unique=False)

    op.create_table("speaker_file",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("person_id", sa.Integer(), nullable=False),
    sa.Column("name", sa.Text(), nullable=False),
    sa.Column("file", sa.Text(), nullable=False),
    sa.Column("at", sa.DateTime(), nullable=False),
    sa.Column("answered_at", sa.DateTime(), nullable=True),
    sa.Column("taken", sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_speaker_file_person_id_person"), ondelete="CASCADE"),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker_file"))
    )
    with op.batch_alter_table("speaker_file") as table:
        table.create_index(table.f("ix_speaker_file_person_id"), ["person_id"], unique=False)

    op.add_column("profile", sa.Column("approved", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("profile", sa.Column("approved_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("profile") as table:
        table.drop_column("approved_at")
        table.drop_column("approved")
    with op.batch_alter_table("speaker_file") as table:
        table.drop_index(table.f("ix_speaker_file_person_id"))
    op.drop_table("speaker_file")
    with op.batch_alter_table("portrait") as table:
        table.drop_index(table.f("ix_portrait_person_id"))
    op.drop_table("portrait")
