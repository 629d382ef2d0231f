"""The worker's one thread that looks at items again, beside those that read addresses."""

import logging
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait

from ingest import looks, sweep
from ingest.hands import Hands
from ingest.source import Looker

log = logging.getLogger(__name__)

EVERY = 60.0  #: seconds from the end of one round to the next


class Lookout:
    """Looks once in a while whether enough is due for a request; several workers never take the same items."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._stop = threading.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="look")
        self._round: Future[None] | None = None
        self._next = 0.0  #: by the monotonic clock
        self._has_any = any(isinstance(source, Looker) for source in hands.sources.values())

    def tick(self) -> None:
        """Begin a round when the last one has ended long enough ago."""
        if self._round is not None and self._round.done():
            self._round, self._next = None, time.monotonic() + EVERY
        if not self._has_any:
            return
        if self._round is None and time.monotonic() >= self._next and not self._stop.is_set():
            self._round = self._thread.submit(self._look)

    def stop(self, within: float) -> bool:
        """Begin no request more, and wait so long for one under way; whether it ended.

        What it held and did not bring is looked at again in an hour.
        """
        self._stop.set()
        self._thread.shutdown(wait=False, cancel_futures=True)
        if self._round is None or self._round.cancelled():  # of what was never begun `wait` would wait in vain
            return True
        return not wait([self._round], timeout=within).not_done

    def _look(self) -> None:
        hands = self._hands
        with hands.app.app_context():
            try:
                looks.look(hands, lambda: sweep.shared(hands.clock()), patient=True, stops=self._stop.is_set)
            except Exception:
                log.exception("a round of second looks failed; the next one tries again")
