"""Feeds as blogs write them, read through the real gate and the real source."""

from datetime import UTC, datetime
from ipaddress import ip_network

import pytest

from advocacy.domain.activity import Activity
from ingest.fetch import Gate
from ingest.source import Cursor, Page, Polled, SourceError
from ingest.sources.feed import FeedSource

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SOURCE = FeedSource.from_config({}, Gate((ip_network("127.0.0.0/8"),), user_agent="advocacy-test"))


def pull(address: str, cursor: Cursor | None = None, now: datetime = NOW) -> Page:
    return next(SOURCE.fetch([Polled(address=address, cursor=cursor or {})], now))


def fails(address: str, cursor: Cursor | None = None, now: datetime = NOW) -> SourceError:
    with pytest.raises(SourceError) as caught:
        pull(address, cursor, now)
    return caught.value


def item(
    name: str = "one", *, guid: str | None = None, link: str | None = None, date: str | None = None, more: str = ""
) -> str:
    at = "Tue, 10 Nov 2026 10:00:00 GMT" if date is None else date
    return (
        f"<item><title>{name}</title>"
        + (f"<guid>{guid}</guid>" if guid is not None else "")
        + f"<link>{f'https://blog.example/{name}' if link is None else link}</link>"
        + (f"<pubDate>{at}</pubDate>" if at else "")
        + f"{more}</item>"
    )


def rss(*items: str, head: str = "") -> bytes:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Asha's &amp; co</title><link>https://blog.example/</link>{head}{''.join(items)}</channel></rss>"
    ).encode()


def only(page: Page) -> Activity:
    [activity] = page.activities
    return activity
