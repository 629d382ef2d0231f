"""Stack Exchange played on loopback, and our source reading it through the real gate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

from advocacy.domain.activity import Activity, Kind, Platform
from ingest.fetch import Gate
from ingest.loopback.server import Platforms
from ingest.loopback.stackexchange import StackExchange, of_world
from ingest.loopback.world import Message, World
from ingest.source import Cursor, Page, Polled, SourceError
from ingest.sources.stackexchange import StackExchangeSource

HERE = Platform.STACKEXCHANGE
OVERFLOW, AI = "stackoverflow.com", "ai.stackexchange.com"
JOINED = datetime(2020, 1, 15, 12, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LOCAL = (ip_network("127.0.0.0/8"),)


def address(number: int, host: str = OVERFLOW) -> str:
    return f"https://{host}/users/{number}"


def source(server: Platforms, **config: str) -> StackExchangeSource:
    """Our reader, pointed at the loopback server."""
    return StackExchangeSource.from_config({"base_url": f"{server.address}stackexchange", **config}, Gate(LOCAL))


@dataclass
class Stack:
    """A world with Stack Exchange in it, a reader, and what each address remembers between its visits."""

    server: Platforms
    world: World
    platform: StackExchange
    reader: StackExchangeSource
    now: datetime = NOW
    cursors: dict[str, Cursor] = field(default_factory=dict)

    def joins(self, *numbers: int, host: str = OVERFLOW) -> None:
        for number in numbers:
            self.world.joins(HERE, f"{host}/{number}", JOINED, name=f"User {number}")

    def asks(self, number: int, at: datetime | None = None, host: str = OVERFLOW, **more: object) -> Message:
        given = {"title": "How do I resize a volume?", "tags": ("kubernetes", "openebs"), "channel": host, **more}
        text = str(given.pop("text", "It says no."))
        return self.world.says(HERE, f"{host}/{number}", at or self.now, text, kind=Kind.QUESTION, **given)

    def answers(self, number: int, asked: Message, at: datetime | None = None, score: int = 0) -> Message:
        who, when = f"{asked.channel}/{number}", at or self.now
        said = self.world.says(HERE, who, when, "Like this.\n```\nkubectl\n```", kind=Kind.ANSWER, answers=asked)
        said.scores.append((when, score))
        return said

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)
        self.server.turn_to(self.now)

    def pages(self, addresses: Sequence[str], again: bool = False, **more: object) -> list[Page]:
        """Visit these addresses; cursors are kept as the job keeps them, page by page."""
        self.server.turn_to(self.now)
        polled = [
            Polled(address=one, cursor={**self.cursors.get(one, {}), **({"again": True} if again else {})}, **more)  # type: ignore[arg-type]
            for one in addresses
        ]
        found = []
        for page in self.reader.fetch(polled, self.now):
            found.append(page)
            if page.cursor is not None:
                self.cursors[page.address] = page.cursor
        return found

    def fails(self, addresses: Sequence[str]) -> tuple[list[Page], SourceError]:
        """Visit these addresses until an error ends it: the pages before, and the error."""
        before, found = dict(self.cursors), []
        self.server.turn_to(self.now)
        polled = [Polled(address=one, cursor=before.get(one, {})) for one in addresses]
        try:
            for page in self.reader.fetch(polled, self.now):
                found.append(page)
                if page.cursor is not None:
                    self.cursors[page.address] = page.cursor
        except SourceError as error:
            return found, error
        raise AssertionError("the visit came to its end")


def stack(server: Platforms, **config: str) -> Stack:
    """An empty world on a server, with a reader whose key, if it has one, is known there."""
    world = World()
    platform = of_world(world, frozenset(filter(None, [config.get("key", "")])))
    server.handlers["stackexchange"] = platform
    return Stack(server, world, platform, source(server, **config))


def activities(pages: Iterable[Page]) -> dict[str, Activity]:
    return {one.ref: one for page in pages for one in page.activities}


def requests(pages: Iterable[Page]) -> int:
    return sum(page.cost.requests for page in pages)
