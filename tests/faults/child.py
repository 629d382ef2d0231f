"""The real program as a process of its own, with a witness beside it and two more sources to read.

`python -m tests.faults.child WORDS…` is `advocacy WORDS…`. The witness listens to SQLAlchemy's own events and appends
a line for each to the file that CRASH_WITNESS names; what was appended outlives `kill -9`, so that whoever kills can
say inside which transactions it hit. With CRASH_AT=n the witness kills the process itself, right after its n-th write
and before anything else. Nothing of this is in the product.
"""

import os
import re
import signal
import sys
from itertools import count
from typing import Any

import sqlalchemy as sa

from advocacy.cli.group import main
from ingest import registry
from tests.faults.ledger import Ledger
from tests.faults.walker import Walker

WRITE = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE|ALTER TABLE) \"?(\w+)")


def witness(path: str, kill_at: int) -> None:
    """Note who begins, writes and ends, by connection, on every engine there will be; perhaps kill."""
    number = count(1)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(connection: sa.Connection, what: str) -> None:
        os.write(file, f"{id(connection.connection.dbapi_connection)} {what}\n".encode())

    def wrote(connection: sa.Connection, cursor: Any, statement: str, *rest: Any) -> None:
        if found := WRITE.match(statement):
            note(connection, f"wrote {found[1]}")
            if next(number) == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(sa.Engine, "begin", lambda connection: note(connection, "begins"))
    sa.event.listen(sa.Engine, "after_cursor_execute", wrote)
    sa.event.listen(sa.Engine, "commit", lambda connection: note(connection, "commits"))
    sa.event.listen(sa.Engine, "rollback", lambda connection: note(connection, "rolls back"))


if __name__ == "__main__":
    witness(os.environ.pop("CRASH_WITNESS"), int(os.environ.pop("CRASH_AT")))
    real = "ADVOCACY_REDDIT__CLIENT_ID" in os.environ  # the ledger stands in Reddit's place, for who has no keys
    registry.SOURCES = (*registry.SOURCES, Walker, *([] if real else [Ledger]))
    sys.argv[0] = "advocacy"
    main()
