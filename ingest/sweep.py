"""A sweep: claim what is to be read, read it with a few hands at once, and tell what it came to."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Platform
from advocacy.models import generations, jobs
from advocacy.models.base import db
from advocacy.models.runs import Run
from advocacy.rules import Rules
from ingest.claims import Claim, claim
from ingest.pull import pull
from ingest.selection import Selection
from ingest.source import Source

Clock = Callable[[], datetime]
PREVIEWS_LAST = timedelta(hours=1)  #: long enough to look at one and decide


@dataclass(frozen=True, slots=True)
class Hands:
    """What a sweep works with."""

    app: Flask
    sources: Mapping[Platform, Source]
    rules: Rules
    clock: Clock
    threads: int = 4
    lease: timedelta = timedelta(minutes=5)


def sweep(
    hands: Hands, selection: Selection, asked_by: str = "", on_progress: Callable[[int], None] = lambda done: None
) -> int:
    """Read everything selected, each once, and return the run's id; `on_progress` gets how many are done."""
    run_id = begin(hands, asked_by)
    try:
        _work(hands, selection, run_id, on_progress)
    finally:
        db.session.rollback()
        end(run_id, hands.clock())
    return run_id


def _work(hands: Hands, selection: Selection, run_id: int, on_progress: Callable[[int], None]) -> None:
    """Claim a few, read a few, until nothing selected is left that was not tried."""
    tried: set[int] = set()
    with ThreadPoolExecutor(hands.threads, thread_name_prefix="pull") as pool:
        working: set[Future[int]] = set()
        while True:
            for batch in _next(hands, selection, tried, run_id, hands.threads * 2 - len(working)):
                working.add(pool.submit(read, hands, batch))
            if not working:
                return
            done, working = wait(working, return_when=FIRST_COMPLETED)
            on_progress(sum(future.result() for future in done))


def begin(hands: Hands, asked_by: str) -> int:
    """Open a run, with a live generation for its evidence, forget old previews, and commit."""
    generations.ensure(hands.rules.fingerprint, hands.clock())
    jobs.forget_previews(hands.clock() - PREVIEWS_LAST)
    run = Run(started_at=hands.clock(), asked_by=asked_by)
    db.session.add(run)
    db.session.flush()
    run_id = run.id  # asked for after the commit, it would open a transaction that nobody ends
    db.session.commit()
    return run_id


def end(run_id: int, now: datetime) -> None:
    """Close a run and commit."""
    db.session.execute(sa.update(Run).where(Run.id == run_id).values(ended_at=now))
    db.session.commit()


def read(hands: Hands, batch: list[Claim]) -> int:
    """Read one batch in this thread, with a session of its own; how many subscriptions it was."""
    with hands.app.app_context():
        pull(batch, hands.sources[batch[0].platform], hands.rules, hands.clock)
    return len(batch)


def batches(hands: Hands, claims: Iterable[Claim]) -> list[list[Claim]]:
    """Claims grouped into what one call of their source can serve."""
    groups = []
    for platform, group in groupby(sorted(claims, key=lambda c: c.platform), key=lambda c: c.platform):
        held, size = list(group), hands.sources[platform].batch_size
        groups += [held[i : i + size] for i in range(0, len(held), size)]
    return groups


def _next(hands: Hands, selection: Selection, tried: set[int], run_id: int, room: int) -> list[list[Claim]]:
    if room <= 0:
        return []
    readable = frozenset(hands.sources)
    if selection.platforms is not None:
        readable &= selection.platforms
    wanted = Selection(
        accounts=selection.accounts,
        subscriptions=selection.subscriptions,
        platforms=readable,
        due_only=selection.due_only,
        skip=frozenset(tried),
    )
    claims = claim(wanted, room, run_id, hands.clock(), hands.lease)
    tried.update(held.subscription_id for held in claims)
    return batches(hands, claims)
