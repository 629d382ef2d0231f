"""Real blogs' feeds, served from loopback: all of them are read, and nothing is new the second time."""

import re
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from ingest.fetch import Gate
from ingest.source import Page, Polled
from ingest.sources.feed import FeedSource
from tests.fault_server import FaultServer

REAL = Path(__file__).parents[2] / "shared" / "data" / "feeds" / "real"
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
