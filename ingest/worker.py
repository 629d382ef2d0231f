"""The worker: looks every second at what is due or asked for, claims what its threads can take, and lets them do it.

What is owed stands in our own tables (leases, job runs), so that a killed worker loses nothing: what it held is
claimed again when the lease ends. The threads take from no queue of their own: what waits, waits in the tables.
"""

import logging
import os
import secrets
import signal
import socket
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Any

import sqlalchemy as sa

from advocacy.models import hosts, schema, ticks, workers
from advocacy.models.base import db
from advocacy.models.clock import SharedClock
from ingest import claims, jobs, sweep
from ingest.chores import Rota
from ingest.claims import Claim
from ingest.hands import Hands
from ingest.lookout import Lookout
from ingest.pool import Pool
from ingest.selection import Selection

log = logging.getLogger(__name__)

TICK = 1.0  #: seconds between two looks at what is due, when no thread asks for more before
FINISH_WITHIN = 4.0  #: seconds that what is under way may take to end when the worker stops
LEAVE_WITHIN = 1.5  #: seconds for giving back what is held, before that wait and after it
JOB_THREADS = 4
PROBE, PROBES = timedelta(seconds=30), 3
"""While we seem to be offline, so many addresses are tried so often: the first that answers ends it."""


class Worker:
    """One process that reads sources and does what pages ask for."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._stop, self._wake = threading.Event(), threading.Event()
        self._pool = Pool(hands, self._one_done)
        self._threads = ThreadPoolExecutor(min(JOB_THREADS, hands.threads), thread_name_prefix="job")
        self._jobs: dict[str, Future[None]] = {}
        self._rota, self._lookout, self._trouble = Rota(), Lookout(hands), ""
        self._due = Selection(platforms=frozenset(hands.sources))
        self._name = f"{socket.gethostname()[:40]}/{os.getpid()}/{secrets.token_hex(3)}"
        self._started, self._next_sign = hands.clock(), 0.0  # by the monotonic clock
        self._run = (self._started, 0)  #: the minute, and the run of all workers in it

    def run(self) -> bool:
        """Work until a signal asks to stop; whether all that was under way could be finished."""
        for asked in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asked, self._asked_to_stop)
        is_first = True
        while not self._stop.is_set():
            try:
                with self._hands.app.app_context():
                    self.tick(is_first)
                is_first = is_first and bool(self._trouble)
            except sa.exc.OperationalError as error:
                words = "our database does not take what a tick wants to write (%s); the next one tries again"
                log.error(words, str(error.orig).strip().partition("\n")[0])
            except Exception:
                log.exception("a tick failed; the next one tries again")
            self._wake.wait(TICK)
            self._wake.clear()
        return self._end()

    def tick(self, is_first: bool = False) -> None:
        """Say that we are alive, do what is to be done now, and claim as much as there are free hands."""
        if not self._fits():
            return
        self._show()
        now = self._hands.clock()
        if is_first:
            jobs.remap_when_stale(self._hands)
            sweep.look_at_platforms(self._hands)
        self._rota.tick(now)
        self._lookout.tick()
        self._take_jobs(now)
        self._pool.reap()
        if self._pool.room > 0 and claims.any_free(self._due, now):
            self._read(now)

    def _read(self, now: datetime) -> None:
        limit = None
        if hosts.offline_since() is not None:
            is_ours = ticks.take("probe", PROBE, now)
            db.session.commit()
            if not is_ours:
                return
            limit = PROBES
        minute = ticks.slot_of(now, sweep.RUN)
        if self._run[0] != minute or not self._run[1]:
            self._run = (minute, sweep.shared(now))
        self._pool.fill(self._due, self._run[1], limit)

    def _take_jobs(self, now: datetime) -> None:
        self._jobs = {token: future for token, future in self._jobs.items() if not future.done()}
        room = min(JOB_THREADS, self._hands.threads) - len(self._jobs)
        for job_id, token in jobs.claim(now, room, self._hands.lease) if room else ():
            self._jobs[token] = self._threads.submit(self._perform, job_id, token)

    def _perform(self, job_id: int, token: str) -> None:
        with self._hands.app.app_context():
            try:
                jobs.perform(self._hands, job_id, token)
            except Exception:
                log.exception("job %s could not be recorded; it is done again when its lease ends", job_id)
        self._wake.set()

    def _fits(self) -> bool:
        """Whether this program and the database's schema are made for each other; said once when they are not."""
        trouble = schema.difference(self._hands.app.extensions["migrate"].directory)
        if trouble != self._trouble:
            log.warning("%s", f"nothing is read: {trouble}" if trouble else "the schema fits; reading on")
        self._trouble = trouble
        return not trouble

    def _show(self) -> None:
        """The sign of life, and a look at the clock that all workers share."""
        if time.monotonic() < self._next_sign:
            return
        self._next_sign = time.monotonic() + workers.EVERY.total_seconds()
        clock = self._hands.clock
        if isinstance(clock, SharedClock):
            clock.look()
        held = len(self._pool.held) + len(self._jobs)
        workers.sign_of_life(self._name, version("advocacy"), self._hands.threads, self._started, held, clock())
        db.session.commit()

    def _one_done(self) -> None:
        """More is claimed when half of the hands would soon be idle, not for each of them."""
        if self._pool.room * 2 >= self._hands.threads:
            self._wake.set()

    def _asked_to_stop(self, signum: int, frame: Any) -> None:
        self._stop.set()
        self._wake.set()

    def _end(self) -> bool:
        """Give back what was not begun, finish what ends soon, give the rest back: somebody else goes on at once."""
        log.info("stopping: finishing what is under way")
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._lookout.stop(0)
        waiting = self._pool.cancel()
        self._give_back(waiting, [])
        end = time.monotonic() + FINISH_WITHIN
        given = {one.subscription_id for one in waiting}
        left = [one for one in self._pool.stop(FINISH_WITHIN) if one.subscription_id not in given]
        wait(self._jobs.values(), timeout=max(0.0, end - time.monotonic()))
        is_looking = not self._lookout.stop(max(0.0, end - time.monotonic()))
        tokens = [token for token, future in self._jobs.items() if not future.done() or future.cancelled()]
        self._give_back(left, tokens, is_last=True)
        return not (left or tokens or is_looking)

    def _give_back(self, left: list[Claim], tokens: list[str], *, is_last: bool = False) -> None:
        """In a thread of its own, for a database that does not answer must not keep us from stopping."""
        leaving = threading.Thread(target=self._leave, args=(left, tokens, is_last), daemon=True)
        leaving.start()
        leaving.join(LEAVE_WITHIN)

    def _leave(self, left: list[Claim], tokens: list[str], is_last: bool) -> None:
        try:
            with self._hands.app.app_context():
                claims.give_back(left, self._hands.clock())
                jobs.give_back(tokens, self._hands.clock())
                if is_last and not self._trouble:
                    workers.leave(self._name)
                    db.session.commit()
        except Exception:
            log.exception("what is held cannot be given back; it is claimed again when its lease ends")
        if left or tokens:
            log.info("given back: %s addresses, %s jobs", len(left), len(tokens))
