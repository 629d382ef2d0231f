"""A loopback Reddit with a few people on it, and our reader in front of it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_network

from advocacy.domain.activity import Activity, Platform
from ingest.fetch import Gate, Http, Response
from ingest.loopback.reddit import Reddit
from ingest.loopback.server import Platforms
from ingest.loopback.world import Message, World
from ingest.source import Cursor, Page, Polled
from ingest.sources.reddit import RedditSource

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
KEY = ("app", "hush")
CHANNEL = "kubernetes"


@dataclass
class Stage:
    """The world, the server that plays it, our reader, and what it remembers of each person."""

    world: World
    reddit: Reddit
    server: Platforms
    source: RedditSource
    now: datetime = NOW
    cursors: dict[str, Cursor] = field(default_factory=dict)

    def later(self, **by: float) -> None:
        """Turn the clock on, there and here."""
        self.now += timedelta(**by)
        self.server.turn_to(self.now)

    def joins(self, handle: str, **more: str) -> str:
        self.world.joins(Platform.REDDIT, handle, NOW - timedelta(days=900), **more)
        return handle

    def says(self, author: str, ago: float = 1.0, text: str = "about OpenEBS", **more: object) -> Message:
        """Somebody writes, so many hours before now."""
        given: dict[str, object] = {"channel": CHANNEL, "title": "Storage for Kubernetes"}
        if "answers" in more:
            given = {}
        return self.world.says(Platform.REDDIT, author, self.now - timedelta(hours=ago), text, **{**given, **more})

    def writes_much(self, author: str, number: int, channel: str = CHANNEL, first_ago: float = 1.0) -> list[Message]:
        """So many posts, an hour apart, the newest first."""
        return [self.says(author, first_ago + hour, title=f"post {hour}", channel=channel) for hour in range(number)]

    def pages(self, *addresses: str, since: date | None = None) -> list[Page]:
        """Fetch, and adopt the cursors as the job does: page by page, with what was stored."""
        found = []
        batch = [Polled(address=one, cursor=self.cursors.get(one, {}), since=since) for one in addresses]
        for page in self.source.fetch(batch, self.now):
            found.append(page)
            if page.cursor is not None:
                self.cursors[page.address] = page.cursor
        return found

    def reads(self, *addresses: str) -> list[str]:
        """The names of what was found, in the order of its coming."""
        return names(one for page in self.pages(*addresses) for one in page.activities)

    def asked(self) -> Mapping[str, int]:
        """The requests since the last time, by what they asked for."""
        told, self.reddit.asked = self.reddit.asked, {}
        return told


def names(activities: Iterator[Activity] | Sequence[Activity]) -> list[str]:
    return [one.ref.removeprefix("reddit:") for one in activities]


def reader(http: Http, base: str = "", **config: str) -> RedditSource:
    return RedditSource.from_config(
        {"client_id": KEY[0], "client_secret": KEY[1], "base_url": base.rstrip("/"), **config}, http
    )


@contextmanager
def stage(per_window: int = 1000, **config: str) -> Iterator[Stage]:
    """A world at NOW that nobody has joined yet."""
    world = World()
    reddit = Reddit(world, per_window=per_window, key=KEY)
    with Platforms({"reddit": reddit}) as server:
        server.turn_to(NOW)
        gate = Gate((ip_network("127.0.0.0/8"),))
        yield Stage(world, reddit, server, reader(gate, f"{server.address}reddit", **config))


TOKEN = b'{"access_token": "x", "token_type": "bearer", "expires_in": 3600, "scope": "*"}'


class Telling:
    """An Http that hands out a token, and then what it is told to: (status, headers, body) for each path's end."""

    def __init__(self, *answers: tuple[int, Mapping[str, str], bytes]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Response:
        return self.send("GET", url, headers)

    def send(self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Response:
        self.asked.append(url)
        if url.endswith("access_token"):
            return Response(status=200, headers={}, body=TOKEN, url=url, bytes=len(TOKEN))
        status, told, said = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return Response(status=status, headers=told, body=said, url=url, bytes=len(said))
