"""What is released can be found: works by topic and by word, and marks of what changed since

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

APART = (
    r"[\s!-/:-@\[-`{-~\u0080-\u00bf\u2000-\u206f\u2190-\u2bff\u3000-\u303f\ufe00-\ufe0f\uff00-\uff0f"
    r"\U0001f000-\U0001faff]+"
)
ADD = "INSERT INTO findable_item_words(rowid, title, text) VALUES (NEW.id, NEW.title, NEW.text);"
GONE = (
    "INSERT INTO findable_item_words(findable_item_words, rowid, title, text)"
    " VALUES ('delete', OLD.id, OLD.title, OLD.text);"
)
WORDS_SQLITE = (
    "CREATE VIRTUAL TABLE findable_item_words USING fts5(title, text, content='findable_item', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 0')",
    f"CREATE TRIGGER findable_item_words_new AFTER INSERT ON findable_item BEGIN {ADD} END",
    f"CREATE TRIGGER findable_item_words_gone AFTER DELETE ON findable_item BEGIN {GONE} END",
    "CREATE TRIGGER findable_item_words_edited AFTER UPDATE OF title, text ON findable_item"
    f" WHEN NEW.title IS NOT OLD.title OR NEW.text IS NOT OLD.text BEGIN {GONE} {ADD} END",
)
WORDS_POSTGRESQL = (
    "ALTER TABLE findable_item ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple',"
    f" regexp_replace(title || ' ǂ ' || text, '{APART}', ' ', 'g'))) STORED",
    "CREATE INDEX ix_findable_item_words ON findable_item USING gin (words)",
)

RELEASED = "{0}.verdict = 'confirmed' AND {0}.visibility <> 'private'"
NEW, OLD = RELEASED.format("NEW"), RELEASED.format("OLD")
CHANGES = {
    "new": ("INSERT", f"({NEW})", "NEW"),
    "changed": ("UPDATE", f"({NEW} OR {OLD})", "NEW"),
    "gone": ("DELETE", f"({OLD})", "OLD"),
}
SAYS = "title, text, url, kind, tags, deleted_at, dropped_at"
ITEMS = (
    "INSERT INTO findable_stale(person_id) SELECT DISTINCT e.person_id FROM evidence e"
    f" WHERE e.activity_id = NEW.id AND {RELEASED.format('e')}"
)
EVERYBODY = (
    "INSERT INTO findable_stale(person_id) SELECT DISTINCT person_id FROM verdict"
    " WHERE word = 'confirmed' AND superseded_at IS NULL"
)
MARKS_SQLITE = (
    *(
        f"CREATE TRIGGER findable_{name} AFTER {act} ON evidence WHEN {when} AND NOT EXISTS"
        f" (SELECT 1 FROM findable_stale WHERE person_id = {row}.person_id) BEGIN"
        f" INSERT INTO findable_stale(person_id) VALUES ({row}.person_id); END"
        for name, (act, when, row) in CHANGES.items()
    ),
    f"CREATE TRIGGER findable_said AFTER UPDATE OF {SAYS} ON activity BEGIN {ITEMS}; END",
    "CREATE TRIGGER findable_live AFTER UPDATE OF live_at ON generation"
    f" WHEN NEW.live_at IS NOT NULL AND OLD.live_at IS NULL BEGIN {EVERYBODY}; END",
)
MARKS_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION findable_mark() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " INSERT INTO findable_stale(person_id)"
    " VALUES (CASE WHEN TG_OP = 'DELETE' THEN OLD.person_id ELSE NEW.person_id END); RETURN NULL; END $$",
    f"CREATE OR REPLACE FUNCTION findable_mark_item() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {ITEMS};"
    " RETURN NULL; END $$",
    f"CREATE OR REPLACE FUNCTION findable_mark_all() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {EVERYBODY};"
    " RETURN NULL; END $$",
    *(
        f"CREATE OR REPLACE TRIGGER findable_{name} AFTER {act} ON evidence FOR EACH ROW WHEN {when}"
        " EXECUTE FUNCTION findable_mark()"
        for name, (act, when, _) in CHANGES.items()
    ),
    f"CREATE OR REPLACE TRIGGER findable_said AFTER UPDATE OF {SAYS} ON activity FOR EACH ROW"
    " EXECUTE FUNCTION findable_mark_item()",
    "CREATE OR REPLACE TRIGGER findable_live AFTER UPDATE OF live_at ON generation FOR EACH ROW"
    " WHEN (NEW.live_at IS NOT NULL AND OLD.live_at IS NULL) EXECUTE FUNCTION findable_mark_all()",
)


def upgrade() -> None:
    op.drop_index("ix_evidence_public", "evidence")
    listed = sa.text("listed")
    op.create_index("ix_profile_listed", "profile", ["person_id", "listed"], sqlite_where=listed, postgresql_where=listed)
    _index("ix_evidence_released", "verdict = 'confirmed' AND visibility IN ('marketing', 'public')")
    _tables()
    bind = op.get_bind()
    is_sqlite = bind.dialect.name == "sqlite"
    words, marks = (WORDS_SQLITE, MARKS_SQLITE) if is_sqlite else (WORDS_POSTGRESQL, MARKS_POSTGRESQL)
    for statement in (*words, *marks, EVERYBODY):
        bind.exec_driver_sql(statement)


def _tables() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table("findable_stale",
    sa.Column("id", big, nullable=False),
    sa.Column("person_id", sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_findable_stale"))
    )
    with op.batch_alter_table("findable_stale") as table:
        table.create_index(table.f("ix_findable_stale_person_id"), ["person_id"], unique=False)

    op.create_table("findable_item",
    sa.Column("id", big, autoincrement=False, nullable=False),
    sa.Column("activity_id", sa.Integer(), nullable=False),
    sa.Column("content_hash", sa.LargeBinary(), nullable=False),
    sa.Column("platform", sa.String(length=24), nullable=False),
    sa.Column("channel", sa.Text(), nullable=False),
    sa.Column("url", sa.Text(), nullable=False),
    sa.Column("lang", sa.Text(), nullable=False),
    sa.Column("title", sa.Text(), nullable=False),
    sa.Column("text", sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_findable_item_activity_id_activity"), ondelete="CASCADE"),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_findable_item")),
    sa.UniqueConstraint("activity_id", name=op.f("uq_findable_item_activity_id"))
    )
    op.create_table("findable_work",
    sa.Column("person_id", sa.Integer(), nullable=False),
    sa.Column("work_id", sa.Integer(), autoincrement=False, nullable=False),
    sa.Column("item_id", big, nullable=False),
    sa.Column("kind", sa.String(length=24), nullable=False),
    sa.Column("day", sa.Date(), nullable=False),
    sa.Column("visibility", sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(["item_id"], ["findable_item.id"], name=op.f("fk_findable_work_item_id_findable_item"), ondelete="CASCADE"),
    sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_findable_work_person_id_person"), ondelete="CASCADE"),
    sa.PrimaryKeyConstraint("person_id", "work_id", name=op.f("pk_findable_work"))
    )
    with op.batch_alter_table("findable_work") as table:
        table.create_index("ix_findable_work_item", ["item_id", "visibility", "kind", "person_id", "work_id", "day"], unique=False)
        table.create_index(table.f("ix_findable_work_person_id_kind_day_visibility"), ["person_id", "kind", "day", "visibility"], unique=False)

    op.create_table("findable_topic",
    sa.Column("topic", sa.String(length=80), nullable=False),
    sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
    sa.Column("kind", sa.String(length=24), nullable=False),
    sa.Column("day", sa.Date(), nullable=False),
    sa.Column("visibility", sa.String(length=24), nullable=False),
    sa.Column("work_id", sa.Integer(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(["person_id", "work_id"], ["findable_work.person_id", "findable_work.work_id"], name=op.f("fk_findable_topic_person_id_findable_work"), ondelete="CASCADE"),
    sa.PrimaryKeyConstraint("topic", "person_id", "kind", "day", "visibility", "work_id", name=op.f("pk_findable_topic")),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table("findable_topic") as table:
        table.create_index(table.f("ix_findable_topic_person_id_topic_kind_day_visibility_work_id"), ["person_id", "topic", "kind", "day", "visibility", "work_id"], unique=False)

    op.create_table("findable_count",
    sa.Column("topic", sa.String(length=80), nullable=False),
    sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
    sa.Column("works", sa.Integer(), nullable=False),
    sa.Column("delivered", sa.Integer(), nullable=False),
    sa.Column("last", sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_findable_count_person_id_person"), ondelete="CASCADE"),
    sa.PrimaryKeyConstraint("topic", "person_id", name=op.f("pk_findable_count")),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table("findable_count") as table:
        table.create_index(table.f("ix_findable_count_person_id"), ["person_id"], unique=False)

    op.create_table("saved_search",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("person_id", sa.Integer(), nullable=False),
    sa.Column("name", sa.String(length=200), nullable=False),
    sa.Column("query", sa.String(length=2000), nullable=False),
    sa.Column("at", sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_search_person_id_person"), ondelete="CASCADE"),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
    sa.UniqueConstraint("person_id", "query", name=op.f("uq_saved_search_person_id_query"))
    )
    op.create_table("shortlisted",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("by_id", sa.Integer(), nullable=False),
    sa.Column("person_id", sa.Integer(), nullable=False),
    sa.Column("asked", sa.String(length=200), nullable=False),
    sa.Column("at", sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_shortlisted_by_id_person"), ondelete="CASCADE"),
    sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_shortlisted_person_id_person"), ondelete="CASCADE"),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_shortlisted")),
    sa.UniqueConstraint("by_id", "asked", "person_id", name=op.f("uq_shortlisted_by_id_asked_person_id"))
    )
    with op.batch_alter_table("shortlisted") as table:
        table.create_index(table.f("ix_shortlisted_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    bind = op.get_bind()
    is_sqlite = bind.dialect.name == "sqlite"
    for name, table in (*((name, "evidence") for name in CHANGES), ("said", "activity"), ("live", "generation")):
        bind.exec_driver_sql(f"DROP TRIGGER findable_{name}" + ("" if is_sqlite else f" ON {table}"))
    if is_sqlite:
        bind.exec_driver_sql("DROP TABLE findable_item_words")
    else:
        for name in ("mark", "mark_item", "mark_all"):
            bind.exec_driver_sql(f"DROP FUNCTION findable_{name}()")
    findable = ("findable_count", "findable_topic", "findable_work", "findable_item", "findable_stale")
    for table in ("shortlisted", "saved_search", *findable):
        op.drop_table(table)
    op.drop_index("ix_profile_listed", "profile")
    op.drop_index("ix_evidence_released", "evidence")
    _index("ix_evidence_public", "verdict = 'confirmed' AND visibility = 'public'")


def _index(name: str, words: str) -> None:
    where = sa.text(words)
    op.create_index(name, "evidence", ["generation_id", "day", "id"], sqlite_where=where, postgresql_where=where)
