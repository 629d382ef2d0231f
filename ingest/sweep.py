"""A sweep: claim what is to be read, read it with a few hands at once, and tell what it came to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from advocacy.models import generations, platforms, ticks
from advocacy.models.base import db
from advocacy.models.runs import Run
from ingest import chores, claims
from ingest.hands import Hands
from ingest.pool import Pool
from ingest.selection import Selection

WORKERS = "worker"  #: who asked for the runs of what is due
FINISH_WITHIN = 5.0  #: seconds that visits under way may take when a sweep is broken off
RUN = timedelta(minutes=1)  #: what all workers find due in so long is one run


def sweep(
    hands: Hands, selection: Selection, asked_by: str = "", on_progress: Callable[[int], None] = lambda done: None
) -> int:
    """Read everything selected, each once, and return the run's id; `on_progress` gets how many are done."""
    run_id = begin(hands, asked_by)
    try:
        _work(hands, readable(hands, replace(selection, untried_in=run_id)), run_id, on_progress)
    finally:
        db.session.rollback()
        end(run_id, hands.clock())
    return run_id


def readable(hands: Hands, selection: Selection) -> Selection:
    """The same, of the platforms that there is a source for."""
    platforms = frozenset(hands.sources)
    return replace(selection, platforms=platforms if selection.platforms is None else platforms & selection.platforms)


def _work(hands: Hands, selection: Selection, run_id: int, on_progress: Callable[[int], None]) -> None:
    """Claim a few, read a few, until nothing selected is left that was not tried."""
    pool = Pool(hands)
    try:
        while pool.fill(selection, run_id) or not pool.is_empty:
            on_progress(pool.wait())
    except BaseException:
        db.session.rollback()
        claims.give_back(pool.stop(FINISH_WITHIN), hands.clock())
        raise
    pool.close()


def begin(hands: Hands, asked_by: str) -> int:
    """Open a run, with a live generation for its evidence, forget old previews, and commit."""
    now = hands.clock()
    generations.ensure(hands.rules.fingerprint, now)
    chores.forget_previews(now)
    chores.mend_clock(now)
    platforms.note(hands.sources, hands.unready, now)
    run_id = _open(asked_by, now)
    db.session.commit()
    return run_id


def look_at_platforms(hands: Hands) -> None:
    """Write down what can be read, and let one batch ask what refused us: who begins may have mended it; commit."""
    now = hands.clock()
    platforms.note(hands.sources, hands.unready, now)
    platforms.probe_at(now, *hands.sources)
    db.session.commit()


def shared(now: datetime) -> int:
    """The run that this minute's visits belong to, whichever worker makes them; it ends with the minute; commit."""
    if ticks.take(WORKERS, RUN, now):
        run_id = _open(WORKERS, now, ticks.slot_of(now, RUN) + RUN)
    else:
        run_id = db.session.scalars(sa.select(sa.func.max(Run.id)).where(Run.asked_by == WORKERS)).one()
    db.session.commit()
    return run_id


def end(run_id: int, now: datetime) -> None:
    """Close a run and commit."""
    db.session.execute(sa.update(Run).where(Run.id == run_id).values(ended_at=now))
    db.session.commit()


def _open(asked_by: str, now: datetime, ended_at: datetime | None = None) -> int:
    run = Run(started_at=now, asked_by=asked_by, ended_at=ended_at)
    db.session.add(run)
    db.session.flush()
    return run.id  # asked for after the commit, it would open a transaction that nobody ends
