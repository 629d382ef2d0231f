"""How often X may be asked in a quarter of an hour, and the headers that tell."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

WINDOW = 15 * 60


class Limits:
    """Counts requests by what they ask for; what has no limit is not counted."""

    def __init__(self, limits: Mapping[str, int]) -> None:
        self.limits = dict(limits)
        self._taken: Counter[tuple[str, int]] = Counter()

    def take(self, kind: str, now: datetime) -> tuple[dict[str, str], bool]:
        """Count one request; the headers of its answer, and whether it is one too many."""
        limit = self.limits.get(kind)
        if limit is None:
            return {}, False
        window = int(now.timestamp()) // WINDOW
        self._taken[kind, window] += 1
        left = limit - self._taken[kind, window]
        headers = {
            "x-rate-limit-limit": str(limit),
            "x-rate-limit-remaining": str(max(left, 0)),
            "x-rate-limit-reset": str((window + 1) * WINDOW),
        }
        return headers, left < 0
