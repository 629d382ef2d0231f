"""Words are found: an index of what activities say

Revision ID: 0018
Revises: 0017
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

APART = (
    r"[\s!-/:-@\[-`{-~\u0080-\u00bf\u2000-\u206f\u2190-\u2bff\u3000-\u303f\ufe00-\ufe0f\uff00-\uff0f"
    r"\U0001f000-\U0001faff]+"
)
SQLITE = (
    "CREATE VIRTUAL TABLE activity_words USING fts5(title, text, content='activity', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER activity_words_new AFTER INSERT ON activity BEGIN"
    " INSERT INTO activity_words(rowid, title, text) VALUES (NEW.id, NEW.title, NEW.text); END",
    "CREATE TRIGGER activity_words_gone AFTER DELETE ON activity BEGIN"
    " INSERT INTO activity_words(activity_words, rowid, title, text)"
    " VALUES ('delete', OLD.id, OLD.title, OLD.text); END",
    "CREATE TRIGGER activity_words_edited AFTER UPDATE OF title, text ON activity"
    " WHEN NEW.title IS NOT OLD.title OR NEW.text IS NOT OLD.text BEGIN"
    " INSERT INTO activity_words(activity_words, rowid, title, text)"
    " VALUES ('delete', OLD.id, OLD.title, OLD.text);"
    " INSERT INTO activity_words(rowid, title, text) VALUES (NEW.id, NEW.title, NEW.text); END",
    "INSERT INTO activity_words(activity_words) VALUES ('rebuild')",
)
POSTGRESQL = (
    "ALTER TABLE activity ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple',"
    f" regexp_replace(title || ' ǂ ' || text, '{APART}', ' ', 'g'))) STORED",
    "CREATE INDEX ix_activity_words ON activity USING gin (words)",
)


def upgrade() -> None:
    bind = op.get_bind()
    for statement in SQLITE if bind.dialect.name == "sqlite" else POSTGRESQL:
        bind.exec_driver_sql(statement)


def downgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        for name in ("new", "gone", "edited"):
            bind.exec_driver_sql(f"DROP TRIGGER activity_words_{name}")
        bind.exec_driver_sql("DROP TABLE activity_words")
    else:
        bind.exec_driver_sql("DROP INDEX ix_activity_words")
        bind.exec_driver_sql("ALTER TABLE activity DROP COLUMN words")
