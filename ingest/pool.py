"""So many threads that read, and what they hold: never more than they can begin soon."""

import logging
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from ingest.batches import Room
from ingest.claims import Batch, Claim, claim
from ingest.hands import Hands
from ingest.pull import pull
from ingest.selection import Selection

log = logging.getLogger(__name__)

AHEAD = 2  #: batches held for each thread: one it works on, one that waits for it


class Pool:
    """Claims a few and reads a few; however much is due, what is held and remembered stays as small."""

    def __init__(self, hands: Hands, on_done: Callable[[], None] = lambda: None) -> None:
        self._hands, self._on_done = hands, on_done
        self._threads = ThreadPoolExecutor(hands.threads, thread_name_prefix="pull")
        self._held: dict[Future[int], Batch] = {}
        self._sizes = {platform: source.batch_size for platform, source in hands.sources.items()}
        self._lock = threading.Lock()

    @property
    def held(self) -> list[Claim]:
        """What is claimed and not done."""
        return [one for batch in self._batches for one in batch]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is held, nor done and not yet asked about."""
        return not self._held

    @property
    def room(self) -> int:
        """How many more batches may be claimed."""
        return self._hands.threads * AHEAD - len(self._batches)

    def fill(self, selection: Selection, run_id: int, limit: int | None = None) -> int:
        """Claim what there is room for and begin to read it; how many batches that was."""
        room = self.room if limit is None else min(limit, self.room)
        if room <= 0:
            return 0
        taken = claim(selection, self._room(room), run_id, self._hands.clock(), self._hands.lease)
        for batch in taken:
            self._begin(batch)
        return len(taken)

    def _room(self, number: int) -> Room:
        """Histories take long: with half of the threads at most, so that what is new is never kept waiting."""
        leads = [batch[0] for batch in self._batches]
        return Room(
            batches=number,
            most_newcomers=max(1, self._hands.threads // 2),
            busy=Counter(lead.host for lead in leads),
            newcomers=Counter(lead.host for lead in leads if lead.is_shared and lead.is_newcomer),
            sizes=self._sizes,
        )

    @property
    def _batches(self) -> list[Batch]:
        with self._lock:
            return [batch for future, batch in self._held.items() if not future.done()]

    def wait(self) -> int:
        """Wait until something is done; how many subscriptions that was. What a thread raised is raised here."""
        with self._lock:
            futures = list(self._held)
        done, _ = wait(futures, return_when=FIRST_COMPLETED)
        return sum(self._ended(future) for future in done)

    def reap(self) -> None:
        """Forget what is done; what a thread raised is told in the log."""
        with self._lock:
            done = [future for future in self._held if future.done()]
        for future in done:
            try:
                self._ended(future)
            except Exception:
                log.exception("a visit could not be recorded; it is made again when its lease ends")

    def cancel(self) -> list[Claim]:
        """Begin nothing more; what was held and not begun."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            return [one for future, batch in self._held.items() if future.cancelled() for one in batch]

    def stop(self, within: float) -> list[Claim]:
        """Begin nothing more, and wait so many seconds for what is under way; what was not finished then."""
        waiting = self.cancel()
        with self._lock:
            running = [future for future in self._held if not future.cancelled()]
        wait(running, timeout=within)
        return [*waiting, *self.held]

    def close(self) -> None:
        """End the threads when they have done what they hold."""
        self._threads.shutdown()

    def _begin(self, batch: Batch) -> None:
        future = self._threads.submit(read, self._hands, batch)
        with self._lock:
            self._held[future] = batch
        future.add_done_callback(lambda _: self._on_done())

    def _ended(self, future: Future[int]) -> int:
        with self._lock:
            self._held.pop(future, None)
        return future.result()


def read(hands: Hands, batch: Batch) -> int:
    """Read one batch in this thread, with a session of its own; how many subscriptions it was."""
    with hands.app.app_context():
        pull(batch, hands.sources[batch[0].platform], hands.rules, hands.clock, hands.lease)
    return len(batch)
