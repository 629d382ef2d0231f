"""What time is told by: seconds that processors worked for us, so that a busy machine does not spoil a figure."""

import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa


def worked(engine: sa.Engine) -> Callable[[], float]:
    """CPU seconds of this process, and of the database's when it is one beside us on this machine.

    Where a server's own clock cannot be read (elsewhere, or not on Linux) it is the time on the wall.
    """
    if engine.dialect.name == "sqlite":
        return time.process_time
    server = _server(engine)
    return (lambda: time.process_time() + _on_cpu(server)) if server else time.perf_counter


def _server(engine: sa.Engine) -> Path | None:
    """Where Linux tells how long the process has worked that serves our one pooled connection."""
    connection = engine.raw_connection()
    number = connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
    connection.close()
    process = Path(f"/proc/{number}")
    try:
        is_ours = (process / "comm").read_text().startswith("postgres")
        return process / "schedstat" if is_ours and _on_cpu(process / "schedstat") else None
    except OSError:
        return None


def worked_by(process: int) -> float | None:
    """CPU seconds of a process and its children, all threads; None where nobody tells (not on Linux)."""
    home = Path(f"/proc/{process}/task")
    try:
        own = sum(_on_cpu(task / "schedstat") for task in home.iterdir())
        children = [int(one) for task in home.iterdir() for one in (task / "children").read_text().split()]
    except OSError:
        return None
    return own + sum(worked_by(child) or 0.0 for child in children)


def _on_cpu(schedstat: Path) -> float:
    return int(schedstat.read_text().partition(" ")[0]) / 1e9
