"""Real blogs' feeds: all of them are read, nothing is new the second time, and both readers say the same."""

import re
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from ingest.fetch import Gate
from ingest.source import Page, Polled
from ingest.sources.feed import FeedSource
from ingest.sources.feed_document import Document, NotAFeed
from ingest.sources.feed_lenient import read_lenient
from ingest.sources.feed_plain import read_plain
from ingest.sources.feed_words import Unusual
from tests.fault_server import FaultServer

FEEDS = Path(__file__).parents[2] / "shared" / "data" / "feeds"
REAL = FEEDS / "real"
TYPES = ["application/rss+xml", "text/xml", "text/html; charset=UTF-8", ""]
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def feeds() -> dict[str, bytes]:
    if not REAL.is_dir():
        pytest.skip("../shared is not beside the project")
    return {path.name: path.read_bytes() for path in sorted(REAL.iterdir())}


def test_every_real_feed_is_read_and_read_again_without_news(feeds: dict[str, bytes]) -> None:
    source = FeedSource(Gate((ip_network("127.0.0.0/8"),)))

    def pull(polled: Polled, days: int) -> Page:
        return next(source.fetch([polled], NOW + timedelta(days=days)))

    with FaultServer() as server:
        for name, body in feeds.items():
            url = server.answers(f"/{name}", body)
            first = pull(Polled(address=url), 0)
            assert first.activities, name
            assert not first.unreadable, name
            assert len({made.ref for made in first.activities}) == len(first.activities), name

            same = pull(Polled(address=url, cursor=first.cursor or {}), 1)
            assert (same.activities, same.cursor) == ((), None), name

            server.answers(f"/{name}", rebuilt(body))
            again = pull(Polled(address=url, cursor=first.cursor or {}), 1)
            assert again.activities == first.activities, name
            assert not again.gap, name


def rebuilt(body: bytes) -> bytes:
    """Give the feed as a server that stamps every answer would."""
    stamped = re.sub(rb"(<lastBuildDate>)[^<]*", rb"\1Fri, 20 Nov 2026 12:34:56 GMT", body, count=1)
    return stamped if stamped != body else body + b"\n"


def judged(body: bytes, content_type: str) -> Document | None:
    """What the quick reader says, if feedparser says the very same; None where it declines."""
    url = "https://blog.example/feed/"
    try:
        said = read_plain(body, content_type, url)
    except Unusual:
        return None
    assert said == read_lenient(body, content_type, url)
    return said


@pytest.mark.parametrize("content_type", TYPES)
def test_of_real_feeds_most_are_read_quickly_and_none_otherwise_than_by_feedparser(
    feeds: dict[str, bytes], content_type: str
) -> None:
    quick = [name for name, body in feeds.items() if judged(body, content_type)]
    assert len(quick) >= 0.75 * len(feeds)


@pytest.mark.parametrize("content_type", TYPES)
def test_of_feedparsers_own_feeds_none_is_read_otherwise(content_type: str) -> None:
    files = [path for path in sorted((FEEDS / "feedparser").rglob("*")) if path.is_file()]
    if not files:
        pytest.skip("../shared is not beside the project")
    quick = 0
    for path in files:
        try:
            quick += judged(path.read_bytes(), content_type) is not None
        except (AssertionError, NotAFeed) as error:
            raise AssertionError(f"{path} is read otherwise") from error
    assert quick >= 250
