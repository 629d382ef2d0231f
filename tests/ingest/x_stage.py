"""X as a test sees it: a world, its API in this process, and our reader of it behind tweepy."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

from advocacy.domain.activity import Activity, Platform
from ingest.fetch import Response
from ingest.loopback.server import Ask, Handler
from ingest.loopback.world import Member, Message, World
from ingest.loopback.x import TOKEN, XApi
from ingest.source import Cost, Cursor, Page, Polled, SourceError
from ingest.sources.x import XSource

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
BASE = "https://x.example"


class InProcess:
    """An Http that asks a handler in this process, at the moment that the test is at."""

    def __init__(self, handler: Handler, clock: "Stage | None" = None) -> None:
        self.handler, self.clock = handler, clock
        self.urls: list[str] = []

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Response:
        return self.send("GET", url, headers)

    def send(self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Response:
        self.urls.append(url)
        parts = urlsplit(url)
        ask = Ask(
            path=parts.path.lstrip("/"),
            headers={name.lower(): value for name, value in (headers or {}).items()},
            now=self.clock.now if self.clock else NOW,
            base=f"{BASE}/",
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
        )
        answer = self.handler(ask)
        told = {name.lower(): value for name, value in answer.headers.items()}
        return Response(status=answer.status, headers=told, body=answer.body, url=url, bytes=len(answer.body))


@dataclass
class Money:
    """A purse that remembers."""

    reserved: list[float] = field(default_factory=list)
    spent: float = 0.0
    held: float = 0.0
    refusal: SourceError | None = None

    def reserve(self, usd: float) -> None:
        if self.refusal:
            raise self.refusal
        self.reserved.append(usd)
        self.held += usd

    def settle(self, reserved: float, spent: float) -> None:
        self.held -= reserved
        self.spent += spent


class Stage:
    """The world, who is in it, the moment, and what the reader remembered of each address."""

    def __init__(self, **config: str) -> None:
        self.now = NOW
        self.world = World()
        self.api = XApi(self.world)
        self.http = InProcess(self.api, self)
        self.money = Money()
        self.source = XSource.from_config({"bearer_token": TOKEN, "base_url": BASE, **config}, self.http, self.money)
        self.cursors: dict[str, Cursor] = {}

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    def joins(self, handle: str, **more: str) -> Member:
        return self.world.joins(Platform.X, handle, NOW - timedelta(days=900), **more)

    def posts(self, handle: str, text: str = "A post", ago: timedelta = timedelta(hours=1), **more: object) -> Message:
        return self.world.says(Platform.X, handle, self.now - ago, text, **more)

    def polled(self, *addresses: str) -> list[Polled]:
        return [Polled(address=address, cursor=self.cursors.get(address, {})) for address in addresses]

    def visit(self, *addresses: str) -> list[Page]:
        """Read these; cursors are adopted page by page, as the pipeline does."""
        return list(self.pages(*addresses))

    def pages(self, *addresses: str) -> Generator[Page, None, None]:
        for page in self.source.fetch(self.polled(*addresses), self.now):
            told = page.error.cursor if page.error else page.cursor
            if told is not None:
                self.cursors[page.address] = told
            yield page

    def breaks(self, *addresses: str) -> tuple[list[Page], SourceError]:
        """Read these until it goes wrong."""
        pages: list[Page] = []
        try:
            for page in self.pages(*addresses):
                pages.append(page)
        except SourceError as error:
            return pages, error
        raise AssertionError("nothing went wrong")


def activities(pages: Sequence[Page], address: str = "") -> list[Activity]:
    """What the pages brought, of one address or of all."""
    return [one for page in pages if address in ("", page.address) for one in page.activities]


def refs(pages: Sequence[Page], address: str = "") -> list[str]:
    return [one.ref for one in activities(pages, address)]


def cost(pages: Sequence[Page]) -> Cost:
    """What all of it cost."""
    return sum((page.cost + (page.error.cost if page.error else Cost()) for page in pages), Cost())
