"""What a sweep asks of the platforms: requests, money and rows, beside the least that arithmetic allows.

The sources are the real ones behind the real pool, with tweepy, praw and our own client; every request is answered by
the loopback platforms and counted ([benchmarks/outside.py](outside.py)).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
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
POSTS = 2  #: that people have out when they are read for the first time; every second of them one less
HOUR = timedelta(hours=1)
TRIES = 12  #: sweeps until a cut one must have been made good
QUERY, FIXED = 512, len("() -is:retweet -is:reply")
AT_ONCE = 100  #: posts on a page of X, things on one of Reddit, ids in one request of Stack Exchange
AIM = "≤ 1.05"
POST, USER = 0.005, 0.010  #: US dollars that X asks for a post and for a user


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

    @property
    def authors(self) -> frozenset[str]:
        """Their handles in the world."""
        return frozenset(crowd.handle_of(self.platform, number) for number in range(self.people))

    run: int = 0


@contextmanager
def staff(road: "Road", people: int, posts: int = POSTS) -> Iterator[Staff]:
    """So many people who have said so much already, and nobody has read it."""
    there = crowd.world(road.platform, people, posts)
    outside = Outside(platforms.handlers(there, reddit_in_ten_minutes=10**9), NOW)
    with installed("") as app, app.app_context():
        crowd.connect(road.platform, people, f"{BASE}/")
        config = {**_config(road.platform), **road.options}
        source = next(one for one in SOURCES if one.platform is road.platform).from_config(config, outside)
        yield Staff(app, road.platform, people, there, outside, source)


def _config(platform: Platform) -> dict[str, str]:
    """The reader's own settings, as the environment gives them."""
    mark = f"ADVOCACY_{platform}__".upper()
    told = platforms.environ(f"{BASE}/").items()
    return {name.removeprefix(mark).lower(): value for name, value in told if name.startswith(mark)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """A way to read a platform; `least` tells requests from people, new posts, and whether it is the first run."""

    name: str
    platform: Platform
    least: Callable[[int, int, bool], int]
    long: tuple[int, int]  #: people and what each has out, for a walk of several pages
    options: Mapping[str, str] = field(default_factory=dict)


def _least_x(people: int, posts: int, first: bool) -> int:
    """Searches as full of letters as they can be, or pages as full of posts; whose handles they are, asked once."""
    searches = ceil(sum(crowd.characters(people)) / (QUERY - FIXED + len(" OR ")))
    return max(searches, ceil(posts / AT_ONCE)) + (ceil(people / AT_ONCE) if first else 0)


def _least_reddit(people: int, posts: int, first: bool) -> int:
    """A page of each person; at first the token."""
    return people + first


def _least_communities(people: int, posts: int, first: bool) -> int:
    """At first a page of each person; then posts and comments of the communities, a hundred a page."""
    return people + 1 if first else 1 + max(1, ceil(posts / AT_ONCE))


def _least_stackexchange(people: int, posts: int, first: bool) -> int:
    """Answers and questions by a hundred people, what became of each hundred threads; who is there, and two filters."""
    lots = ceil(people / AT_ONCE)
    pages = lots + max(lots, lots * ceil(posts / lots / AT_ONCE)) + ceil(posts / AT_ONCE)
    return pages + (lots + 2 if first else 0)


def _least_feeds(people: int, posts: int, first: bool) -> int:
    return people


ROADS = (
    Road(name="X", platform=Platform.X, least=_least_x, long=(20, 28), options={"backfill_days": "6"}),
    Road(name="Reddit", platform=Platform.REDDIT, least=_least_reddit, long=(1, 640)),
    Road(
        name="Reddit, communities named",
        platform=Platform.REDDIT,
        least=_least_communities,
        long=(3, 300),
        options={"communities": ", ".join(f"r/{name}" for name in crowd.COMMUNITIES)},
    ),
    Road(name="Stack Exchange", platform=Platform.STACKEXCHANGE, least=_least_stackexchange, long=(30, 18)),
    Road(name="feeds", platform=Platform.FEED, least=_least_feeds, long=(1, 30)),
)
"""The first reading of X goes no further back here than its search does, so that it can be told by arithmetic."""


def figures(sizes: Sequence[int] = SIZES, roads: Sequence[Road] = ROADS) -> Iterator[Figure]:
    """For each road and size: the first run, a quiet one, and a busy one in which a tenth said something new."""
    for road in roads:
        for people in sizes:
            with staff(road, people) as there:
                yield from _runs(there, road)
        yield _cut(road)


def _runs(there: Staff, road: Road) -> Iterator[Figure]:
    people, name = there.people, f"{road.name}, {there.people:,} people"
    posts = sum(one.author in there.authors for one in there.world.messages.values())
    yield _requests(f"{name}, first run", there.sweep(), road.least(people, posts, True))
    yield from _money(there, f"{name}, first run", posts * POST + people * USER)
    quiet = there.sweep()
    yield _requests(f"{name}, quiet run", quiet, road.least(people, 0, False))
    yield Figure(f"{name}, quiet, of one a person", quiet, "", people, quiet / people, "")
    rows = there.told("new") + there.told("changed")
    yield Figure(f"{name}, rows of a quiet run", rows, "rows", 0, rows, "0")
    busy = crowd.some(people)
    for number in busy:
        soon = HOUR / 4 + HOUR / 2 * (number * 7 % 100) / 100
        crowd.speak(there.world, there.platform, number, there.outside.now + soon)
    yield _requests(f"{name}, busy run", there.sweep(), road.least(people, len(busy), False))
    yield from _money(there, f"{name}, busy run", len(busy) * POST)
    if there.told("new") != len(busy):
        raise RuntimeError(f"{name}: {there.told('new'):.0f} of {len(busy)} new posts were found")


def _requests(words: str, ours: float, least: float) -> Figure:
    return Figure(words, ours, "requests", least, ours / least, AIM)


def _money(there: Staff, words: str, least: float) -> Iterator[Figure]:
    if there.platform is Platform.X:
        ours = there.told("cost_usd")
        yield Figure(f"{words}, money", ours, "USD", least, ours / least, AIM)


def _cut(road: Road) -> Figure:
    """A first run that is cut at each of its requests in turn and gone on with later: what the worst cut costs.

    Beside it stands the same run uncut, with as many quiet ones behind it.
    """
    with staff(road, *road.long) as there:
        whole, known = there.sweep(), there.told("new")
        quiet = there.sweep()
    worst = max(_made_good(road, place, known, whole, quiet) for place in range(1, whole + 1))
    least = whole + quiet
    return Figure(f"{road.name}, cut at its worst request", least + worst, "requests", least, worst, "≤ 1 page again")


def _made_good(road: Road, place: int, known: float, whole: int, quiet: int) -> int:
    """How many requests more it was for a cut at this one."""
    with staff(road, *road.long) as there:
        there.outside.breaks_at = place
        asked, found = there.sweep(), there.told("new")
        for runs in range(1, TRIES):
            asked += there.sweep()
            found += there.told("new")
            if found == known:
                return asked - whole - runs * quiet
    raise RuntimeError(f"{road.name}: {found:.0f} of {known:.0f} posts were found after a cut at request {place}")
