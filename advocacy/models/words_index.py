"""The index of words: which activities say what is asked for, found by both databases in the same way.

SQLite keeps an FTS5 table beside the texts, PostgreSQL a column made of them; triggers and the database itself keep
both, so that no writer can forget it. The same stands in the migration 0018: there for databases that were there
before, here for tables made at once. On SQLite a migration that builds `activity` anew must make the triggers again.
"""

import re
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from advocacy.domain.asked import Piece
from advocacy.models.activities import ActivityRow

NAME = "activity_words"
"""The FTS5 table of SQLite; the tables that it keeps for itself are called after it."""

COLUMN = "words"
"""The column of PostgreSQL that no model knows."""

APART = (
    r"[\s!-/:-@\[-`{-~\u0080-\u00bf\u2000-\u206f\u2190-\u2bff\u3000-\u303f\ufe00-\ufe0f\uff00-\uff0f"
    r"\U0001f000-\U0001faff]+"
)
"""What stands between words, told to PostgreSQL: its own reading would take `openebs.io/docs` for one word."""

BETWEEN = " ǂ "
"""A word that nobody can ask the index for, lest a phrase be found across title and text."""

SQLITE = (
    f"CREATE VIRTUAL TABLE {NAME} USING fts5(title, text, content='activity', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 0')",
    f"CREATE TRIGGER {NAME}_new AFTER INSERT ON activity BEGIN"
    f" INSERT INTO {NAME}(rowid, title, text) VALUES (NEW.id, NEW.title, NEW.text); END",
    f"CREATE TRIGGER {NAME}_gone AFTER DELETE ON activity BEGIN"
    f" INSERT INTO {NAME}({NAME}, rowid, title, text) VALUES ('delete', OLD.id, OLD.title, OLD.text); END",
    f"CREATE TRIGGER {NAME}_edited AFTER UPDATE OF title, text ON activity"
    " WHEN NEW.title IS NOT OLD.title OR NEW.text IS NOT OLD.text BEGIN"
    f" INSERT INTO {NAME}({NAME}, rowid, title, text) VALUES ('delete', OLD.id, OLD.title, OLD.text);"
    f" INSERT INTO {NAME}(rowid, title, text) VALUES (NEW.id, NEW.title, NEW.text); END",
)
POSTGRESQL = (
    f"ALTER TABLE activity ADD COLUMN {COLUMN} tsvector GENERATED ALWAYS AS (to_tsvector('simple',"
    f" regexp_replace(title || '{BETWEEN}' || text, '{APART}', ' ', 'g'))) STORED",
    f"CREATE INDEX ix_activity_{COLUMN} ON activity USING gin ({COLUMN})",
)


def keep(table: sa.FromClause) -> None:
    """Make the index whenever the table is made."""
    for dialect, statements in (("sqlite", SQLITE), ("postgresql", POSTGRESQL)):
        for statement in statements:
            ddl = sa.DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy does not say
            sa.event.listen(table, "after_create", ddl.execute_if(dialect=dialect))
    gone = sa.DDL(f"DROP TABLE IF EXISTS {NAME}")  # type: ignore[no-untyped-call]
    sa.event.listen(table, "after_drop", gone.execute_if(dialect="sqlite"))


def is_ours(name: str | None, kind: str) -> bool:
    """Whether a table, column or index that a database shows belongs to the index, of which no model tells."""
    if kind == "table":
        return name == NAME or str(name).startswith(f"{NAME}_")
    return (kind, name) in (("column", COLUMN), ("index", f"ix_activity_{COLUMN}"))


def says(pieces: Iterable[Piece], dialect: str) -> sa.ColumnElement[bool]:
    """The activities that say all of these, each of which `is_indexed`."""
    if dialect == "sqlite":
        return ActivityRow.id.in_(_matches(" AND ".join(map(_fts, pieces))))
    query = sa.func.to_tsquery(sa.literal_column("'simple'"), " & ".join(map(_tsquery, pieces)))
    column: sa.ColumnElement[Any] = sa.literal_column(f"activity.{COLUMN}")
    return column.op("@@", is_comparison=True)(query)


def is_indexed(piece: Piece) -> bool:
    """Whether both databases tell its words apart in the same way; of other scripts they do not."""
    return piece.text.isascii()


def _matches(query: str) -> sa.Select[Any]:
    table = sa.table(NAME, sa.column("rowid"))
    return sa.select(table.c.rowid).where(sa.literal_column(NAME).op("MATCH", is_comparison=True)(query))


def _words(piece: Piece) -> list[str]:
    return re.findall(r"[0-9a-z]+", piece.text.lower())


def _fts(piece: Piece) -> str:
    return f'"{" ".join(_words(piece))}"' + ("" if piece.whole else "*")


def _tsquery(piece: Piece) -> str:
    return "(" + " <-> ".join(_words(piece)) + ("" if piece.whole else ":*") + ")"


keep(ActivityRow.__table__)
