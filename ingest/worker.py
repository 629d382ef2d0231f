"""The worker: a tick finds what is due or asked for and claims it, huey's threads do it.

What is owed stands in our own tables (leases, job runs), so that a killed worker loses nothing: huey is the pool
with its queue, its graceful stop and its scheduling, and whatever it forgets is claimed again when the lease ends.
"""

import logging
import threading
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from huey import Huey, SqliteHuey
from huey.consumer import Consumer
from huey.serializer import SignedSerializer

from advocacy.domain.activity import Platform
from advocacy.models.base import db
from ingest import jobs, sweep
from ingest.claims import Claim, any_free, claim
from ingest.selection import Selection
from ingest.sweep import Hands

log = logging.getLogger(__name__)

TICK = 1.0  #: seconds between two looks at what is due
STOP_WITHIN = 8.0  #: seconds a tick may take to end when the worker stops


def queue(hands: Hands, data_dir: Path, secret: str) -> Huey:
    """The queue in a file of its own beside the database: claimed work on its way to a thread."""
    data_dir.mkdir(parents=True, exist_ok=True)
    serializer = SignedSerializer(secret=secret, salt="advocacy.queue")
    return SqliteHuey("advocacy", filename=str(data_dir / "queue.db"), results=False, serializer=serializer)


class Worker:
    """One process that reads sources and does what pages ask for."""

    def __init__(self, hands: Hands, huey: Huey) -> None:
        self._hands, self._huey = hands, huey
        self._stop = threading.Event()
        self._pull = huey.task()(self._pull_batch)
        self._job = huey.task()(self._perform)

    def run(self) -> None:
        """Work until a signal asks to stop; running tasks are finished first."""
        with self._hands.app.app_context():
            jobs.remap_when_stale(self._hands)
        ticker = threading.Thread(target=self._tick_on, name="tick", daemon=True)
        consumer = Consumer(
            self._huey, workers=self._hands.threads, periodic=False, max_delay=TICK, graceful_signal="TERM"
        )
        ticker.start()
        try:
            consumer.run()
        finally:
            self._stop.set()
            ticker.join(STOP_WITHIN)

    def tick(self) -> None:
        """Claim what is due or asked for, as much as there are free hands, and queue it."""
        room = self._hands.threads * 2 - self._huey.pending_count()
        if room <= 0:
            return
        now = self._hands.clock()
        for job_id, token in jobs.claim(now, room, self._hands.lease):
            self._job(job_id, token)
        due = Selection(platforms=frozenset(self._hands.sources))
        if not any_free(due, now):
            return
        run_id = sweep.begin(self._hands, "worker")
        for batch in sweep.batches(self._hands, claim(due, room, run_id, now, self._hands.lease)):
            self._pull([_plain(held) for held in batch])
        sweep.end(run_id, now)

    def _tick_on(self) -> None:
        while not self._stop.wait(TICK):
            try:
                with self._hands.app.app_context():
                    self.tick()
            except Exception:
                log.exception("a tick failed; the next one tries again")

    def _pull_batch(self, batch: list[dict[str, Any]]) -> None:
        sweep.read(self._hands, [Claim(**{**held, "platform": Platform(held["platform"])}) for held in batch])

    def _perform(self, job_id: int, token: str) -> None:
        with self._hands.app.app_context():
            try:
                jobs.perform(self._hands, job_id, token)
            finally:
                db.session.remove()


def _plain(held: Claim) -> dict[str, Any]:
    return {**asdict(held), "platform": held.platform.value}


def utc_now() -> datetime:
    """The clock of real runs."""
    return datetime.now(UTC)
