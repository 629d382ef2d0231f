"""A platform that plays along: people post, edit, and the whole thing fails when a test says so. A fake, no mock."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Self

from advocacy.domain.activity import Activity, Kind, Platform
from ingest.fetch import Http
from ingest.source import Cost, FreeOfCharge, Page, Polled, Purse, TryLater, Unreadable

FIRST_POST = datetime(2026, 10, 5, 8, tzinfo=UTC)
ON_TOPIC = "How OpenEBS Mayastor serves stateful workloads on Kubernetes"
OFF_TOPIC = "My cat slept all day"


def post(n: int, text: str = ON_TOPIC, address: str = "blog", **more: object) -> Activity:
    """The n-th post of a blog, a day after the one before."""
    plain = Activity(
        ref=f"feed:{address}/{n}",
        kind=Kind.ARTICLE,
        platform=Platform.FEED,
        at=FIRST_POST + timedelta(days=n % 45, minutes=n),
        title=f"Post {n}",
        text=text,
        channel="blog.example",
        url=f"https://blog.example/{n}",
    )
    return replace(plain, **more)  # type: ignore[arg-type]


@dataclass
class Blogs:
    """Blogs with everything that was ever posted to them; read in pages of twenty, on from the cursor."""

    platform: Platform = Platform.FEED
    batch_size: int = 1
    page_size: int = 20
    rereads: bool = False  #: shows everything at every visit, as a feed does whose server knows no validators
    log: dict[str, list[Activity]] = field(default_factory=dict)
    broken: dict[str, list[Unreadable]] = field(default_factory=dict)
    failures: dict[str, tuple[int, Exception]] = field(default_factory=dict)
    said: dict[str, list[Page | Exception]] = field(default_factory=dict)
    asked: list[Polled] = field(default_factory=list)
    between: list[Callable[[], object]] = field(default_factory=list)

    @classmethod
    def from_config(cls, config: Mapping[str, str], http: Http, purse: Purse = FreeOfCharge()) -> Self:
        return cls()

    def posts(self, address: str, count: int = 1, text: str = ON_TOPIC, **more: object) -> list[Activity]:
        """So many more posts, numbered on."""
        log = self.log.setdefault(address, [])
        start = len({one.ref for one in log})
        fresh = [post(n, text, address, **more) for n in range(start, start + count)]
        log += fresh
        return fresh

    def edits(self, address: str, n: int, **changes: object) -> None:
        """The n-th post is another now."""
        newest = self._newest(self.log[address])
        self.log[address].append(replace(newest[n], **changes))  # type: ignore[arg-type]

    def garbles(self, address: str, reason: str = "no date", raw: str = "<item/>") -> None:
        """One more item nobody can read."""
        self.broken.setdefault(address, []).append(Unreadable(ref=f"feed:{address}/bad", reason=reason, raw=raw))

    def fails_after(self, address: str, pages: int = 0, error: Exception | None = None) -> None:
        """Every visit ends after so many pages, until the blog recovers."""
        self.failures[address] = (pages, error or TryLater("the server answers 502", cost=Cost(requests=1)))

    def recovers(self, address: str) -> None:
        """It answers again."""
        del self.failures[address]

    def says(self, address: str, *answers: Page | Exception) -> None:
        """At the next visits, one answer each, word by word."""
        self.said.setdefault(address, []).extend(answers)

    def meanwhile(self, act: Callable[[], object]) -> None:
        """This happens while the next visit is under way."""
        self.between.append(act)

    def fetch(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
        """What was posted after the cursor; all of it when asked again."""
        for polled in batch:
            self.asked.append(polled)
            while self.between:
                self.between.pop()()
            yield from self._visit(polled)

    def _visit(self, polled: Polled) -> Iterator[Page]:
        if script := self.said.get(polled.address):
            answer = script.pop(0)
            if isinstance(answer, Exception):
                raise answer
            yield answer
            return
        pages, error = self.failures.get(polled.address, (-1, None))
        for number, page in enumerate(self._pages(polled)):
            if number == pages:
                break
            yield page
        if error is not None:
            raise error

    def _pages(self, polled: Polled) -> Iterator[Page]:
        log = self.log.get(polled.address, [])
        start = 0 if self.rereads or polled.cursor.get("again") else int(str(polled.cursor.get("read", 0)))
        news = self._newest(log[start:])
        for first in range(0, max(1, len(news)), self.page_size):
            read = len(log) if first + self.page_size >= len(news) else start + first + self.page_size
            yield Page(
                address=polled.address,
                activities=tuple(news[first : first + self.page_size]),
                unreadable=tuple(self.broken.get(polled.address, ())),
                cursor={"read": read},
                covers_from=FIRST_POST if log else None,
                cost=Cost(requests=1, bytes=1000),
                title="A blog",
            )

    def _newest(self, log: Sequence[Activity]) -> list[Activity]:
        """Each post as it stands now, the oldest first."""
        return list({one.ref: one for one in log}.values())
