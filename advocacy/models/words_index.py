"""Indexes of words: which texts say what is asked for, found by both databases in the same way.

SQLite keeps an FTS5 table beside the texts, PostgreSQL a column made of them; triggers and the database itself keep
both, so that no writer can forget it. The same stands in the migrations 0018 and 0022: there for databases that were
there before, here for tables made at once. On SQLite a migration that builds such a table anew must make the triggers
again.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa

from advocacy.domain.asked import Piece
from advocacy.models.activities import ActivityRow
from advocacy.models.findable.tables import FindableItem

COLUMN = "words"
"""The column of PostgreSQL that no model knows."""

APART = (
    r"[\s!-/:-@\[-`{-~\u0080-\u00bf\u2000-\u206f\u2190-\u2bff\u3000-\u303f\ufe00-\ufe0f\uff00-\uff0f"
    r"\U0001f000-\U0001faff]+"
)
"""What stands between words, told to PostgreSQL: its own reading would take `openebs.io/docs` for one word."""

BETWEEN = " ǂ "
"""A word that nobody can ask the index for, lest a phrase be found across title and text."""


@dataclass(frozen=True, slots=True)
class WordsIndex:
    """The index of a table with `id`, `title` and `text`."""

    table: sa.Table

    @property
    def name(self) -> str:
        """The FTS5 table of SQLite; the tables that it keeps for itself are called after it."""
        return f"{self.table.name}_words"

    def keep(self) -> None:
        """Make the index whenever the table is made."""
        for dialect, statements in (("sqlite", self._sqlite()), ("postgresql", self._postgresql())):
            for statement in statements:
                ddl = sa.DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy does not say
                sa.event.listen(self.table, "after_create", ddl.execute_if(dialect=dialect))
        gone = sa.DDL(f"DROP TABLE IF EXISTS {self.name}")  # type: ignore[no-untyped-call]
        sa.event.listen(self.table, "after_drop", gone.execute_if(dialect="sqlite"))

    def is_ours(self, name: str | None, kind: str) -> bool:
        """Whether a table, column or index that a database shows belongs to the index, of which no model tells."""
        if kind == "table":
            return name == self.name or str(name).startswith(f"{self.name}_")
        return (kind, name) in (("column", COLUMN), ("index", f"ix_{self.table.name}_{COLUMN}"))

    def says(self, pieces: Iterable[Piece], dialect: str) -> sa.ColumnElement[bool]:
        """The rows that say all of these, each of which `is_indexed`."""
        if dialect == "sqlite":
            return self.table.c.id.in_(self._matches(" AND ".join(map(_fts, pieces))))
        return self._holds(" & ".join(map(_tsquery, pieces)))

    def newest(self, pieces: Iterable[Piece], dialect: str) -> tuple[sa.FromClause, sa.ColumnElement[bool], Any]:
        """To find the newest that say any of these: what to select from, where, and by what to put them in order."""
        if dialect == "sqlite":
            found = sa.table(self.name, sa.column("rowid"))
            beside = found.join(self.table, self.table.c.id == found.c.rowid)
            return beside, self._match(" OR ".join(map(_fts, pieces))), found.c.rowid.desc()
        return self.table, self._holds(" | ".join(map(_tsquery, pieces))), self.table.c.id.desc()

    def _matches(self, query: str) -> sa.Select[Any]:
        found = sa.table(self.name, sa.column("rowid"))
        return sa.select(found.c.rowid).where(self._match(query))

    def _match(self, query: str) -> sa.ColumnElement[bool]:
        return sa.literal_column(self.name).op("MATCH", is_comparison=True)(query)

    def _holds(self, words: str) -> sa.ColumnElement[bool]:
        query = sa.func.to_tsquery(sa.literal_column("'simple'"), words)
        column: sa.ColumnElement[Any] = sa.literal_column(f"{self.table.name}.{COLUMN}")
        return column.op("@@", is_comparison=True)(query)

    def _sqlite(self) -> tuple[str, ...]:
        name, table = self.name, self.table.name
        add = f"INSERT INTO {name}(rowid, title, text) VALUES (NEW.id, NEW.title, NEW.text);"
        gone = f"INSERT INTO {name}({name}, rowid, title, text) VALUES ('delete', OLD.id, OLD.title, OLD.text);"
        return (
            f"CREATE VIRTUAL TABLE {name} USING fts5(title, text, content='{table}', content_rowid='id',"
            " tokenize='unicode61 remove_diacritics 0')",
            f"CREATE TRIGGER {name}_new AFTER INSERT ON {table} BEGIN {add} END",
            f"CREATE TRIGGER {name}_gone AFTER DELETE ON {table} BEGIN {gone} END",
            f"CREATE TRIGGER {name}_edited AFTER UPDATE OF title, text ON {table}"
            f" WHEN NEW.title IS NOT OLD.title OR NEW.text IS NOT OLD.text BEGIN {gone} {add} END",
        )

    def _postgresql(self) -> tuple[str, ...]:
        table = self.table.name
        return (
            f"ALTER TABLE {table} ADD COLUMN {COLUMN} tsvector GENERATED ALWAYS AS (to_tsvector('simple',"
            f" regexp_replace(title || '{BETWEEN}' || text, '{APART}', ' ', 'g'))) STORED",
            f"CREATE INDEX ix_{table}_{COLUMN} ON {table} USING gin ({COLUMN})",
        )


def is_indexed(piece: Piece) -> bool:
    """Whether both databases tell its words apart in the same way; of other scripts they do not."""
    return piece.text.isascii()


def _words(piece: Piece) -> list[str]:
    return re.findall(r"[0-9a-z]+", piece.text.lower())


def _fts(piece: Piece) -> str:
    return f'"{" ".join(_words(piece))}"' + ("" if piece.whole else "*")


def _tsquery(piece: Piece) -> str:
    return "(" + " <-> ".join(_words(piece)) + ("" if piece.whole else ":*") + ")"


ACTIVITIES = WordsIndex(cast(sa.Table, ActivityRow.__table__))
ITEMS = WordsIndex(cast(sa.Table, FindableItem.__table__))
"""What others may find."""

for _one in (ACTIVITIES, ITEMS):
    _one.keep()
