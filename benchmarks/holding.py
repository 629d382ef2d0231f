"""How much memory a sweep of a large staff takes beside one of a small: batches come and go, people do not pile up."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from advocacy.domain.activity import Platform
from advocacy.domain.platform_names import PLATFORM_NAMES
from benchmarks import crowd
from benchmarks.databases import installed
from benchmarks.figure import Figure
from benchmarks.processes import ROOT, environ
from ingest.loopback import platforms

FEW, MANY = 100, 10_000
BATCHED = (Platform.X, Platform.STACKEXCHANGE)


def figures(sizes: Sequence[int] = (FEW, MANY)) -> Iterator[Figure]:
    """The most that a process held which read so many people in batches, once."""
    few, many = sizes
    for platform in BATCHED:
        least, most = (_held(platform, people) for people in (few, many))
        words = f"memory of a sweep, {PLATFORM_NAMES[platform]}, {many:,} people"
        yield Figure(words, most, "MB", least, most / least, f"≤ 1.3 × of {few:,}")


def _held(platform: Platform, people: int) -> float:
    with installed("") as app, _served(platform, people) as address:
        with app.app_context():
            crowd.connect(platform, people, address)
        told = {**os.environ, **environ(app), **platforms.environ(address)}
        told |= {"ADVOCACY_X__BACKFILL_DAYS": "6", "ADVOCACY_X__MONTHLY_BUDGET_USD": "100000"}
        command = [sys.executable, "-m", "benchmarks.sweeping"]
        result = subprocess.run(command, env=told, cwd=ROOT, capture_output=True, text=True)
    if result.returncode:
        raise RuntimeError(result.stderr)
    return float(result.stdout.split()[-1])


@contextmanager
def _served(platform: Platform, people: int) -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.crowd_server", platform, str(people)]
    told = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, env=told, cwd=ROOT, text=True, **pipes) as server:  # type: ignore[call-overload]
        yield server.stdout.readline().strip()
        server.stdin.close()
