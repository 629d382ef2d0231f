"""What a sweep asks of the platforms: requests, money and rows, beside the least that arithmetic allows.

The sources are the real ones behind the real pool, with tweepy, praw and our own client; every request is answered by
the loopback platforms and counted ([benchmarks/outside.py](outside.py)).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

import sqlalchemy as sa
from flask import Flask

from advocacy import running
from advocacy.domain.activity import Platform
from advocacy.models.base import db
from advocacy.models.runs import Pull
from benchmarks import crowd
from benchmarks.databases import NOW, installed
from benchmarks.figure import Figure
from benchmarks.outside import BASE, Outside
from ingest.hands import Hands
from ingest.loopback import platforms
from ingest.loopback.world import World
from ingest.registry import SOURCES
from ingest.selection import Selection
from ingest.source import Source
from ingest.sweep import sweep

SIZES = (100, 1_000, 10_000)
POSTS = 2  #: that each has out when they are read for the first time
HOUR = timedelta(hours=1)
TRIES = 12  #: sweeps until a cut one must have been made good
QUERY, FIXED = 512, len("() -is:retweet -is:reply")
AT_ONCE = 100  #: posts on a page of X, things on one of Reddit, ids in one request of Stack Exchange
NAMES = {Platform.X: "X", Platform.REDDIT: "Reddit", Platform.STACKEXCHANGE: "Stack Exchange", Platform.FEED: "feeds"}
AIM = "≤ 1.05"


@dataclass(slots=True)
class Staff:
    """An installation that reads so many people on one platform, and the world they live in."""

    app: Flask
    platform: Platform
    people: int
    world: World
    outside: Outside
    source: Source

    def sweep(self, after: timedelta = HOUR) -> int:
        """Read all of them, so much later; how many requests that was."""
        self.outside.now += after
        self.outside.forget()
        hands = Hands(
            app=self.app,
            sources={self.platform: self.source},
            rules=running.in_force(),
            clock=lambda: self.outside.now,
        )
        self.run = sweep(hands, Selection(due_only=False))
        return self.outside.requests

    def told(self, name: str) -> float:
        """A figure of the last sweep, over all its visits."""
        query = sa.select(sa.func.coalesce(sa.func.sum(getattr(Pull, name)), 0)).where(Pull.run_id == self.run)
        return float(db.session.scalar(query) or 0)

    run: int = 0


@contextmanager
def staff(platform: Platform, people: int, posts: int = POSTS, **options: str) -> Iterator[Staff]:
    """So many people who have said so much already, and nobody has read it."""
    there = crowd.world(platform, people, posts)
    outside = Outside(platforms.handlers(there, reddit_in_ten_minutes=10**9), NOW)
    with installed("") as app, app.app_context():
        crowd.connect(platform, people, f"{BASE}/")
        config = {**_config(platform), **options}
        source = next(one for one in SOURCES if one.platform is platform).from_config(config, outside)
        yield Staff(app, platform, people, there, outside, source)


def _config(platform: Platform) -> dict[str, str]:
    """The reader's own settings, as the environment gives them."""
    mark = f"ADVOCACY_{platform}__".upper()
    told = platforms.environ(f"{BASE}/").items()
    return {name.removeprefix(mark).lower(): value for name, value in told if name.startswith(mark)}


def figures(sizes: Sequence[int] = SIZES) -> Iterator[Figure]:
    """For each platform and size: the first run, a quiet one, and a busy one in which a tenth said something new."""
    for platform, name in NAMES.items():
        for people in sizes:
            with staff(platform, people, **_near(platform)) as there:
                yield from _runs(there, name)
        yield _cut(platform, name)


def _near(platform: Platform) -> dict[str, str]:
    """The first reading of X goes no further back than its search, so that it can be told by arithmetic."""
    return {"backfill_days": "6"} if platform is Platform.X else {}


def _runs(there: Staff, name: str) -> Iterator[Figure]:
    people, posts = there.people, there.people * POSTS
    yield _requests(f"{name}, {people:,} people, first run", there.sweep(), LEAST[there.platform](people, posts, True))
    if there.platform is Platform.X:
        yield _money(f"money of it, {people:,} people", there.told("cost_usd"), posts * 0.005 + people * 0.01)
    quiet = there.sweep()
    yield _requests(f"{name}, {people:,} people, quiet run", quiet, LEAST[there.platform](people, 0, False))
    yield Figure(f"{name}, {people:,} people, quiet, of one a person", quiet, "requests", people, quiet / people, "")
    rows = there.told("new") + there.told("changed")
    yield Figure(f"{name}, {people:,} people, rows of a quiet run", rows, "rows", 0, rows, "0")
    busy = crowd.some(people)
    for number in busy:
        crowd.speak(there.world, there.platform, number, there.outside.now + HOUR / 2)
    least = LEAST[there.platform](people, len(busy), False)
    yield _requests(f"{name}, {people:,} people, busy run", there.sweep(), least)
    if there.platform is Platform.X:
        yield _money(f"money of it, {people:,} people, busy", there.told("cost_usd"), len(busy) * 0.005)
    if there.told("new") != len(busy):
        raise RuntimeError(f"{name}: {there.told('new'):.0f} of {len(busy)} new posts were found")


def _requests(words: str, ours: float, least: float) -> Figure:
    return Figure(words, ours, "requests", least, ours / least, AIM)


def _money(words: str, ours: float, least: float) -> Figure:
    return Figure(words, ours, "USD", least, ours / least, AIM)


def _least_x(people: int, posts: int, first: bool) -> int:
    """Searches as full of letters as they can be, or pages as full of posts; whose handles they are, asked once."""
    searches = ceil(sum(crowd.characters(people)) / (QUERY - FIXED + len(" OR ")))
    return max(searches, ceil(posts / AT_ONCE)) + (ceil(people / AT_ONCE) if first else 0)


def _least_reddit(people: int, posts: int, first: bool) -> int:
    """The key; then a page of each person, or where that is less what is new in the communities, a hundred a page."""
    token = 1 if first else 0
    return token + people if first else min(people, 1 + posts // AT_ONCE)


def _least_stackexchange(people: int, posts: int, first: bool) -> int:
    """Answers and questions by a hundred people, what became of each hundred threads; who is there, and two filters."""
    lots = ceil(people / AT_ONCE)
    pages = lots + max(lots, ceil(posts / AT_ONCE)) + ceil(posts / AT_ONCE)
    return pages + (lots + 2 if first else 0)


def _least_feeds(people: int, posts: int, first: bool) -> int:
    return people


LEAST: dict[Platform, Callable[[int, int, bool], int]] = {
    Platform.X: _least_x,
    Platform.REDDIT: _least_reddit,
    Platform.STACKEXCHANGE: _least_stackexchange,
    Platform.FEED: _least_feeds,
}

LONG: dict[Platform, tuple[int, int]] = {
    Platform.X: (20, 28),
    Platform.REDDIT: (1, 640),
    Platform.STACKEXCHANGE: (30, 18),
    Platform.FEED: (1, 30),
}
"""People and what each has out, for a walk of several pages."""


def _cut(platform: Platform, name: str) -> Figure:
    """A first run that is cut at each of its requests in turn, and done again: what the worst cut costs."""
    with _long(platform) as there:
        whole = there.sweep()
        known = there.told("new")
    worst = 0
    for place in range(1, whole + 1):
        with _long(platform) as there:
            there.outside.breaks_at = place
            asked = there.sweep()
            found = there.told("new")
            for _ in range(TRIES):
                if there.outside.breaks_at is None and found >= known:
                    break
                asked += there.sweep()
                found += there.told("new")
            else:
                raise RuntimeError(f"{name}: {found:.0f} of {known:.0f} posts after a cut at request {place}")
        worst = max(worst, asked - whole)
    return Figure(f"{name}, a run cut at its worst page", whole + worst, "requests", whole + 1, worst, "≤ 1 page again")


def _long(platform: Platform) -> "contextmanager[Staff]":  # type: ignore[type-arg]
    people, posts = LONG[platform]
    return staff(platform, people, posts, **_near(platform))  # type: ignore[return-value]
