"""A SQLite database copied while others write: the online backup, held to one snapshot."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from advocacy.backups.manifest import BackupError
from advocacy.backups.rows import count
from advocacy.models import sqlite

STEP = 512  #: pages at a time, two megabytes
Report = Callable[[int, int | None], None]


def copy(engine: sa.Engine, to: Path, report: Report) -> Mapping[str, int]:
    """Copy what one snapshot shows into a new file; how many rows each table has in the same snapshot.

    Between two steps others write, and a backup that notices begins anew: beside a busy writer for ever. The
    reading transaction, opened by the counting, keeps its snapshot until the last step.
    """
    to.touch(0o600)
    with sqlite.reading(), engine.connect() as connection, closing(sqlite3.connect(to)) as target:
        counts = count(connection)
        source: Any = connection.connection.driver_connection
        try:
            source.backup(target, pages=STEP, progress=lambda status, left, total: report(total - left, total))
        except sqlite3.Error as error:
            raise BackupError(f"The copy to {to.parent.parent} stopped: {error}. Is there room for it?") from error
    return counts
