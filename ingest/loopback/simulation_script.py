"""A script that fills a world: acts, each with its moment, played in the order of time so that ids grow with it."""

import heapq
import itertools
import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from advocacy.domain.activity import Platform
from ingest.loopback.simulation_words import Words
from ingest.loopback.world import Message, World

STRANGERS = tuple(f"stranger_{n}" for n in range(12))


class Script:
    """Acts that wait for their moment; `dice` and `words` belong to the seed."""

    def __init__(self, world: World, seed: int, since: datetime, until: datetime) -> None:
        self.world, self.since, self.until = world, since, until
        self.dice = random.Random(seed)
        self.words = Words(self.dice)
        self.silences: dict[tuple[Platform, str], tuple[datetime, datetime]] = {}
        self._acts: list[tuple[datetime, int, Callable[[datetime], object]]] = []
        self._order = itertools.count()

    def then(self, at: datetime, act: Callable[[datetime], object]) -> None:
        """Let something be done at that moment, if the time comes."""
        if at < self.until:
            heapq.heappush(self._acts, (at, next(self._order), act))

    def play(self) -> None:
        """Do all of it; an act may bring others."""
        while self._acts:
            at, _, act = heapq.heappop(self._acts)
            act(at)

    def is_silent(self, platform: Platform, handle: str, at: datetime) -> bool:
        """Whether they cannot say anything there at that moment."""
        since, until = self.silences.get((platform, handle), (at, at))
        return since <= at < until

    def chance(self, of: float) -> bool:
        """True so often."""
        return self.dice.random() < of

    def moments(self, first: datetime, last: datetime, days: tuple[float, float]) -> Iterator[datetime]:
        """Moments with so many days between them, from the first on."""
        at = first + timedelta(days=self.dice.uniform(0, days[1]))
        while at < last:
            yield at.replace(microsecond=0)
            at += timedelta(days=self.dice.uniform(*days))

    def scores(self, message: Message, days: tuple[float, ...]) -> None:
        """Let its number drift, so many days after it was said; it never changes after the last."""
        score = 0
        for after in days:
            score += self.dice.randint(0, 9)
            message.scores.append((message.at + timedelta(days=after), score))

    def edit(self, message: Message, after: timedelta, text: str) -> None:
        """Its author says it otherwise, later."""
        if message.at + after < self.until:
            message.versions.append((message.at + after, text))
